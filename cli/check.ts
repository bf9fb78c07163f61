import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type ClusterSet, readClusters } from "../model/cluster/cluster-file";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { LocatedFinding } from "../model/place";
import { mergeTopologies, type TopologySet } from "../model/topology-file";
import { isOlder, NEWEST } from "../model/version";
import { checkCluster } from "../preflight/cluster/check-cluster";
import { clusterFacts } from "../preflight/cluster/cluster-facts";
import { preflightCluster } from "../preflight/cluster/preflight-cluster";
import { preflight } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import { createWorld } from "../preflight/world";
import { paintFor } from "./color";
import { EXIT, Trouble } from "./exit-codes";
import { type Format, formats } from "./formats";
import { summary } from "./formats/text";
import type { Io } from "./io";
import { type LiveFacts, liveFacts } from "./live-facts";
import { progress } from "./progress";
import { eachOnce, readSources } from "./read-sources";
import { countFindings, type Report } from "./report";
import type { ServerOptions } from "./server-options";

/** What `headwater check` takes besides files. */
export interface CheckOptions extends ServerOptions {
  readonly format: Format;
  readonly output?: string;
  readonly serverVersion?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** Oldest server the rules know. */
const OLDEST = "2.10.0";
// Without these files the rest would be judged as if their assets did not exist.
const UNREADABLE = new Set(["TF101", "TF107"]);

/** Checks files of topologies and clusters and reports what a server would say; answers the exit code. */
export async function check(files: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const step = progress(io, options.quiet === true);
  const version = await knownVersion(options.serverVersion, io);
  const unique = eachOnce(files, io);
  const read = await step("reading files", () => readSources(unique, io));
  const set = mergeTopologies(read.sources);
  const clusters = readClusters(read.sources);
  const assets = [
    ...set.assets,
    ...clusters.clusters.map(({ name, place }) => ({ kind: "cluster" as const, name, place })),
  ];
  const said = [...set.findings, ...clusters.findings];
  if (read.findings.some(({ code }) => UNREADABLE.has(code))) {
    await print({ files: unique, assets, findings: [...read.findings, ...said] }, options, io);
    return EXIT.failed;
  }
  const { facts, server } = options.server ? await liveFacts(set, options, io, step) : offline(version, clusters);
  const judged = { version: createWorld(facts).version, ...(server && { server }) };
  const findings = [...said, ...judge(set, clusters, facts)];
  const report: Report = { files: unique, assets, findings, judged };
  await print(report, options, io);
  return countFindings(report).errors > 0 ? EXIT.errors : EXIT.ok;
}

// One cluster is what a topology is for; among several nobody says which.
function onlyCluster({ clusters }: ClusterSet): ClusterSpec | undefined {
  return clusters.length === 1 ? clusters[0]?.spec : undefined;
}

function offline(version: string | undefined, clusters: ClusterSet): LiveFacts {
  const cluster = onlyCluster(clusters);
  const facts = cluster && checkCluster(cluster).length === 0 ? clusterFacts(cluster) : {};
  return { facts: { ...facts, ...(version && { version }) } };
}

function judge(set: TopologySet, clusters: ClusterSet, facts: ServerFacts): LocatedFinding[] {
  const topology = onlyCluster(clusters) && set.topology;
  const found = clusters.clusters.flatMap(({ spec, locate }) => {
    const all = preflightCluster(spec, { topology });
    return [
      ...locate(all.filter(({ kind }) => kind === "cluster")),
      ...set.locate(all.filter(({ kind }) => kind !== "cluster")),
    ];
  });
  return [...set.locate(preflight(set.topology, { server: facts })), ...found];
}

async function knownVersion(given: string | undefined, io: Io): Promise<string | undefined> {
  if (given === undefined) return undefined;
  const [, series, patch = ".0"] = /^v?(\d+\.\d+)(\.\d+)?$/.exec(given) ?? [];
  if (!series) throw new Trouble(`--server-version: "${given}" is not a version such as 2.12.3.`);
  const version = series + patch;
  if (isOlder(version, OLDEST))
    throw new Trouble(`--server-version: ${given} is older than ${OLDEST}, the oldest known.`);
  if (!isOlder(NEWEST, version)) return version;
  await io.stderr.write(
    `headwater: --server-version: ${given} is newer than ${NEWEST}, the newest known: judged as ${NEWEST}.\n`,
  );
  return NEWEST;
}

async function print(report: Report, options: CheckOptions, io: Io): Promise<void> {
  const paint = paintFor(io, options.color);
  const { format, output, quiet } = options;
  if (output === undefined) {
    const silent = quiet && format === "text" && report.findings.length === 0;
    if (!silent) await io.stdout.write(formats[format](report, paint));
    return;
  }
  try {
    await writeFile(resolve(io.cwd, output), format === "text" ? formats.text(report) : formats[format](report));
  } catch (error) {
    throw new Trouble(`--output: cannot write ${output} (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (!quiet) await io.stdout.write(`${summary(report, paint)}; written to ${output}\n`);
}
