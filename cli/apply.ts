import { formatFinding } from "../model/finding";
import type { LocatedFinding } from "../model/place";
import type { TopologySet } from "../model/topology-file";
import { looksLikeTopology } from "../model/topology-shape";
import type { TopologySource } from "../model/topology-source";
import { isObject } from "../model/walk";
import { declaredIn, preflight } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import { createWorld } from "../preflight/world";
import { type Api, jetStreamApi } from "../provider/api";
import type { ApplyAsset, ApplyPlan, ApplyRequest } from "../provider/apply/apply-plan";
import { planApply } from "../provider/apply/plan-apply";
import { runSteps } from "../provider/apply/run-steps";
import { closeConnections } from "../provider/connection";
import { applyLog } from "./apply-log";
import type { ApplyReport } from "./apply-report";
import { inApplyWords, withHandover } from "./apply-words";
import { checkAllowed } from "./check-allowed";
import { paintFor } from "./color";
import { EXIT, Trouble } from "./exit-codes";
import { formats } from "./formats";
import { applyJson } from "./formats/apply-json";
import { applyText } from "./formats/apply-text";
import { printable } from "./formats/printable";
import type { Io } from "./io";
import { factsOf } from "./live-facts";
import { onInterrupt } from "./on-interrupt";
import { progress, type Step } from "./progress";
import { eachOnce, readSources, UNREADABLE } from "./read-sources";
import type { Report } from "./report";
import { type ServerOptions, serverSettings, serverTrouble } from "./server-options";
import { onlySet } from "./topology-sets";

/** What `headwater apply` takes besides files. */
export interface ApplyOptions extends ServerOptions {
  readonly owner?: string;
  readonly adopt?: boolean;
  readonly adoptFrom?: string;
  readonly prune?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
}

const DEFAULT_OWNER = "headwater/apply";

/** Makes a live account as files declare it; answers the exit code. */
export function apply(files: readonly string[], options: ApplyOptions, io: Io): Promise<number> {
  // The first process of a container has no other way to end.
  let begun = false;
  const interrupted = () => {
    if (!begun) void io.stderr.write("\nInterrupted: nothing was changed.\n").then(endNow);
  };
  return onInterrupt(interrupted, () =>
    applyFiles(files, options, io, () => {
      begun = true;
    }),
  );
}

const endNow = () => process.exit(EXIT.interrupted);

async function applyFiles(
  files: readonly string[],
  options: ApplyOptions,
  io: Io,
  onBegin: () => void,
): Promise<number> {
  if (options.prune && options.owner === undefined)
    throw new Trouble(
      "--prune needs --owner PROJECT/STACK: it deletes what carries that stamp and is declared no more.",
    );
  const step = progress(io, options.quiet === true);
  const unique = eachOnce(files, io);
  const read = await step("reading files", () => readSources(unique, io));
  const merged = onlySet(read.sources);
  const set = { ...merged, findings: [...read.findings, ...merged.findings] };
  const report = { files: unique, assets: set.assets };
  const refuse = async (found: Report) => {
    const paint = paintFor(io, options.color);
    await io.stdout.write(options.json ? formats.json(found) : `${formats.text(found, paint)}Nothing was changed.\n`);
  };
  if (read.findings.some(isError)) {
    await refuse({ ...report, findings: set.findings });
    return read.findings.some(({ code }) => UNREADABLE.has(code)) ? EXIT.failed : EXIT.errors;
  }
  needTopology(read.sources, unique);
  const settings = await serverSettings(options, io);
  const server = settings.servers.join(",");
  try {
    const facts = await step(`asking ${server}`, () => factsOf(set, settings));
    const { version } = createWorld(facts);
    const judged = { version, server };
    const api = jetStreamApi(settings);
    const request = requestOf(set, options, io);
    const found = judge(set, request, facts);
    const plan = found.some(isError)
      ? undefined
      : await step(`comparing with ${server}`, () => planApply(api, request));
    const refused = set.locate((plan?.refusals ?? []).map(inApplyWords));
    const errors = [...found, ...refused].filter(isError);
    if (!plan || errors.length > 0) {
      await refuse({ ...report, judged, findings: errors });
      return EXIT.errors;
    }
    if (!options.quiet)
      for (const warning of found) await io.stderr.write(`warning: ${printable(formatFinding(warning))}\n`);
    onBegin();
    return await run(api, plan, request, { server, version }, options, io, step);
  } catch (error) {
    throw serverTrouble(error);
  } finally {
    await closeConnections();
  }
}

const isError = ({ severity }: { severity: string }) => severity === "error";

// Clusters and event buses are passed over. Without any topology, --prune would take a wrong file for an empty one.
function needTopology(sources: readonly TopologySource[], files: readonly string[]): void {
  const isTopology = ({ value, isProgram }: TopologySource) =>
    isProgram ? looksLikeTopology(value) : isObject(value) && (value.kind ?? "Topology") === "Topology";
  if (!sources.some(isTopology))
    throw new Trouble(`${files.join(", ")}: no topology is declared. Add a document with kind: Topology.`);
}

// What is known before any asset is compared.
function judge(set: TopologySet, { declared, prune }: ApplyRequest, server: ServerFacts): LocatedFinding[] {
  const said = preflight(set.topology, { server });
  const found = [...set.findings, ...set.locate(prune ? said.map(withHandover) : said)];
  return found.some(isError) ? found : [...found, ...set.locate(checkAllowed(declared))];
}

function requestOf(set: TopologySet, options: ApplyOptions, io: Io): ApplyRequest {
  return {
    declared: declaredIn(set.topology) as ApplyAsset[],
    owner: options.owner ?? DEFAULT_OWNER,
    adopt: options.adopt === true,
    prune: options.prune === true,
    ...(options.adoptFrom !== undefined && { adoptFrom: options.adoptFrom }),
    ...(io.env.HEADWATER_ALLOW_DELETE && { allowDelete: io.env.HEADWATER_ALLOW_DELETE }),
  };
}

async function run(
  api: Api,
  { steps }: ApplyPlan,
  request: ApplyRequest,
  on: Pick<ApplyReport, "server" | "version">,
  options: ApplyOptions,
  io: Io,
  step: Step,
): Promise<number> {
  const count = steps.filter(({ action }) => action !== "none").length;
  const log = applyLog(count, on.server, io, options.quiet === true);
  const stop = new AbortController();
  // The first Ctrl-C lets what is under way finish; the second one ends everything.
  const interrupted = () => {
    if (stop.signal.aborted) endNow();
    stop.abort();
    void io.stderr.write("\nInterrupted: what is under way is finished, nothing more is begun.\n");
  };
  const applied = await onInterrupt(interrupted, () =>
    step(
      log.now,
      () => runSteps(api, steps, { allowDelete: request.allowDelete, signal: stop.signal, onDone: log.onDone }),
      { ends: false },
    ),
  );
  const assets = applied.map((one) => ({ ...one, findings: one.findings.map(inApplyWords) }));
  const report: ApplyReport = { ...on, owner: request.owner, assets };
  const code = exitCode(report, stop.signal.aborted);
  const silent = options.quiet && !options.json && code === EXIT.ok && count === 0;
  const paint = paintFor(io, options.color);
  if (!silent) await io.stdout.write(options.json ? applyJson(report) : applyText(report, paint));
  return code;
}

// What keeps the command from its work, in place of refusing what it is asked for.
const CANNOT_WORK = /^CN|^AP103/;

function exitCode({ assets }: ApplyReport, interrupted: boolean): number {
  if (interrupted && assets.some(({ outcome }) => outcome === "stopped")) return EXIT.interrupted;
  const failed = assets.filter(({ outcome }) => outcome === "failed").flatMap(({ findings }) => findings);
  if (failed.some(({ code }) => !CANNOT_WORK.test(code))) return EXIT.errors;
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}
