import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type LocatedCluster, readClusters } from "../model/cluster/cluster-file";
import { HeadwaterError } from "../model/finding";
import type { LocatedFinding } from "../model/place";
import { mergeTopologies } from "../model/topology-file";
import { yamlText } from "../model/yaml-text";
import { preflightCluster } from "../preflight/cluster/preflight-cluster";
import { type RenderedFile, renderCluster, type Target } from "../render/render-cluster";
import { paintFor } from "./color";
import { EXIT, Trouble } from "./exit-codes";
import { textFindings } from "./formats/text";
import type { Io } from "./io";
import { readSources } from "./read-sources";

/** What `headwater render` takes besides the file. */
export interface RenderOptions {
  readonly to: Target;
  readonly output?: string;
  readonly cluster?: string;
  readonly hosts?: readonly string[];
  readonly storeDir?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** Writes a cluster as values of the chart, manifests, `nats.conf` or a compose file; answers the exit code. */
export async function render(file: string, options: RenderOptions, io: Io): Promise<number> {
  const read = await readSources([file], io);
  const { clusters, findings: misread } = readClusters(read.sources);
  const { topology, assets, findings: loose } = mergeTopologies(read.sources);
  const report = async (findings: readonly LocatedFinding[]) => {
    if (findings.length === 0) return;
    await io.stderr.write(textFindings({ files: [file], assets, findings }, paintFor(io, options.color)));
  };
  const broken = [...read.findings, ...misread, ...loose];
  if (isRefused(broken)) {
    await report(broken);
    return read.findings.length > 0 ? EXIT.failed : EXIT.errors;
  }
  const cluster = chosen(file, clusters, options.cluster);
  const judged = cluster.locate(preflightCluster(cluster.spec, { topology }));
  const rendered = isRefused(judged) ? [] : tryToRender(cluster, options);
  const found = [...judged, ...(isFindings(rendered) ? rendered : [])];
  await report(options.quiet ? found.filter(({ severity }) => severity === "error") : found);
  if (isRefused(found) || isFindings(rendered)) return EXIT.errors;
  await write(rendered, options, io);
  return EXIT.ok;
}

const isRefused = (findings: readonly LocatedFinding[]) => findings.some(({ severity }) => severity === "error");

function chosen(file: string, clusters: readonly LocatedCluster[], name: string | undefined): LocatedCluster {
  const names = clusters.map((cluster) => cluster.name).join(", ");
  if (clusters.length === 0) throw new Trouble(`${file} declares no cluster. Add a document with kind: Cluster.`);
  if (name === undefined && clusters.length > 1)
    throw new Trouble(`${file} declares several clusters: ${names}. Name one with --cluster.`);
  const found = name === undefined ? clusters[0] : clusters.find((cluster) => cluster.name === name);
  if (!found) throw new Trouble(`--cluster: ${file} declares no cluster "${name}", only ${names}.`);
  return found;
}

function tryToRender(cluster: LocatedCluster, { to, hosts, storeDir }: RenderOptions) {
  try {
    return renderCluster(cluster.spec, to, { hosts, storeDir });
  } catch (error) {
    if (error instanceof HeadwaterError) return cluster.locate(error.findings);
    throw error;
  }
}

function isFindings(made: readonly RenderedFile[] | readonly LocatedFinding[]): made is LocatedFinding[] {
  return made.length > 0 && made.some((item) => "code" in item);
}

const textOf = (file: RenderedFile) => ("text" in file ? file.text : yamlText(...file.documents));

// One file may go anywhere, several belong into a folder.
async function write(files: readonly RenderedFile[], { output, to, quiet }: RenderOptions, io: Io): Promise<void> {
  const [only, ...more] = files;
  if (only && more.length === 0 && output === undefined) return io.stdout.write(textOf(only));
  if (output === undefined) {
    const names = files.map(({ path }) => path).join(", ");
    throw new Trouble(`--to ${to} makes several files: ${names}. Name a folder with --output.`);
  }
  for (const file of files) {
    const path = more.length > 0 || output.endsWith("/") ? join(output, file.path) : output;
    await save(resolve(io.cwd, path), textOf(file), path);
    if (!quiet) await io.stderr.write(`wrote ${path}\n`);
  }
}

async function save(path: string, text: string, shown: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new Trouble(`--output: cannot write ${shown} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
