import { isOlder, NEWEST } from "../model/version";
import { createWorld } from "../preflight/world";
import { EXIT, Trouble } from "./exit-codes";
import type { Io } from "./io";
import { type LiveFacts, liveFacts } from "./live-facts";
import { judgePolicies } from "./policies/judge-policies";
import { type GateOptions, readPolicies } from "./policies/read-policies";
import { type PrintOptions, printReport } from "./print-report";
import { progress } from "./progress";
import { eachOnce, readSources, UNREADABLE } from "./read-sources";
import { countFindings, type Report } from "./report";
import type { ServerOptions } from "./server-options";
import { accountSubject, declaredFiles, filesSubject, offlineFacts } from "./subject";
import { onlySet } from "./topology-sets";

/** What `headwater check` takes besides files. */
export interface CheckOptions extends ServerOptions, GateOptions, PrintOptions {
  readonly serverVersion?: string;
}

/** Oldest server the rules know. */
const OLDEST = "2.10.0";
/**
 * Checks files of topologies and clusters, or a live account where there are no files, and reports what a server would say,
 * and what policies find where they are asked; answers the exit code.
 */
export async function check(files: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const step = progress(io, options.quiet === true);
  const gate = await readPolicies(options, io);
  const version = await knownVersion(options.serverVersion, io);
  const unique = eachOnce(files, io);
  const read = await step("reading files", () => readSources(unique, io));
  const declared = declaredFiles(read.sources, read.objects);
  const said = [...read.findings, ...declared.findings];
  if (read.findings.some(({ code }) => UNREADABLE.has(code)) || gate?.findings.length) {
    const findings = [...said, ...(gate?.findings ?? [])];
    await printReport({ files: unique, assets: declared.assets, findings }, options, io);
    return EXIT.failed;
  }
  const isLive = unique.length === 0;
  const { facts, server }: LiveFacts = options.server
    ? await liveFacts(options, io, step, isLive ? undefined : onlySet(read.sources))
    : { facts: offlineFacts(declared, version) };
  const subject = isLive ? accountSubject(facts) : filesSubject(declared, facts);
  const { findings, policies } = gate
    ? judgePolicies(subject, gate)
    : { findings: [...subject.toAssets, ...subject.toClusters], policies: undefined };
  const report: Report = {
    files: unique,
    assets: subject.assets,
    findings: [...said, ...findings],
    judged: { version: createWorld(facts).version, ...(server && { server }) },
    ...(policies && { policies }),
  };
  await printReport(report, options, io);
  return countFindings(report).errors > 0 ? EXIT.errors : EXIT.ok;
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
