import type { TopologySet } from "../model/topology-file";
import { declaredIn, preflight } from "../preflight/preflight";
import { createWorld } from "../preflight/world";
import { jetStreamApi } from "../provider/api";
import type { ApplyAsset } from "../provider/apply/apply-plan";
import { closeConnections } from "../provider/connection";
import { planAssets } from "../provider/plan-assets";
import { checkAllowed } from "./check-allowed";
import { paintFor } from "./color";
import { EXIT } from "./exit-codes";
import { formats } from "./formats";
import { planJson } from "./formats/plan-json";
import { planText } from "./formats/plan-text";
import type { Io } from "./io";
import { factsOf } from "./live-facts";
import { type Plan, standsAgainst } from "./plan-report";
import { progress, type Step } from "./progress";
import { eachOnce, readSources } from "./read-sources";
import type { Report } from "./report";
import { type ServerOptions, serverSettings, serverTrouble } from "./server-options";
import { onlySet } from "./topology-sets";

/** What `headwater plan` takes besides files. */
export interface PlanOptions extends ServerOptions {
  readonly json?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** Says what making an account as declared would do; answers the exit code. */
export async function plan(files: readonly string[], options: PlanOptions, io: Io): Promise<number> {
  const step = progress(io, options.quiet === true);
  const unique = eachOnce(files, io);
  const read = await step("reading files", () => readSources(unique, io));
  const set = onlySet(read.sources);
  const report = { files: unique, assets: set.assets };
  const paint = paintFor(io, options.color);
  const stop = async (found: Report) => {
    await io.stdout.write(options.json ? formats.json(found) : formats.text(found, paint));
    return EXIT.errors;
  };
  if (read.findings.some(isError)) return stop({ ...report, findings: [...read.findings, ...set.findings] });

  const { plan: made, errors } = await planLive(set, options, io, step);
  const judged = { version: made.version, server: made.server };
  if (errors.length > 0) return stop({ ...report, judged, findings: errors });
  const silent = options.quiet && !options.json && exitCode(made) === EXIT.ok;
  if (!silent) await io.stdout.write(options.json ? planJson(made) : planText(made, paint));
  return exitCode(made);
}

// What the server would refuse is said instead of a plan: nothing of it would be made.
async function planLive(set: TopologySet, options: PlanOptions, io: Io, step: Step) {
  const settings = await serverSettings(options, io);
  const server = settings.servers.join(",");
  try {
    const facts = await step(`asking ${server}`, () => factsOf(set, settings));
    const { version } = createWorld(facts);
    const found = [...set.findings, ...set.locate(preflight(set.topology, { server: facts }))];
    const declared = declaredIn(set.topology) as ApplyAsset[];
    const refused = found.filter(isError);
    const errors = refused.length > 0 ? refused : set.locate(checkAllowed(declared));
    const planned = () => planAssets(jetStreamApi(settings), declared);
    const plans = errors.length > 0 ? [] : await step(`comparing with ${server}`, planned);
    const assets = plans.map((one, i) => ({ ...one, allow: declared[i]?.allow ?? [] }));
    return { errors, plan: { server, version, assets } };
  } catch (error) {
    throw serverTrouble(error);
  } finally {
    await closeConnections();
  }
}

const isError = ({ severity }: { severity: string }) => severity === "error";

function exitCode({ assets }: Plan): number {
  if (assets.some((asset) => asset.changes.some((change) => standsAgainst(asset, change)))) return EXIT.dangerous;
  return assets.some(({ action }) => action !== "none") ? EXIT.changes : EXIT.ok;
}
