import { type Finding, HeadwaterError } from "../../model/finding";
import type { Api } from "../api";
import { semaphore } from "../semaphore";
import { createAsset, mayTake, overwrite, talk, talkToWrite } from "../write-asset";
import type { ApplyRequest, ApplyStep } from "./apply-plan";
import { orderSteps } from "./order-steps";
import { guardDeletion } from "./plan-prune";

/** What became of one asset. */
export interface Applied {
  readonly step: ApplyStep;
  /** `stopped`: it was not begun, because somebody ended the run. */
  readonly outcome: "done" | "unchanged" | "failed" | "skipped" | "stopped";
  /** Why it was not done. */
  readonly findings: readonly Finding[];
}

/** How a run is watched and ended. */
export interface RunOptions extends Pick<ApplyRequest, "allowDelete"> {
  /** Ends the run: what is under way is finished, nothing new is begun. */
  readonly signal?: AbortSignal;
  /** Told what became of each asset there is something to do with, when it is known. */
  readonly onDone?: (applied: Applied) => void;
}

// As many as the connection sends at once.
const UNDER_WAY = 32;

/** Does what is to be done, each step when those before it are done; what fails stops only what depends on it. */
export async function runSteps(api: Api, steps: readonly ApplyStep[], options: RunOptions): Promise<Applied[]> {
  const order = orderSteps(steps);
  const limited = semaphore(UNDER_WAY);
  const runs = new Map<ApplyStep, Promise<Applied>>();
  const run = (step: ApplyStep): Promise<Applied> => {
    const known = runs.get(step);
    if (known) return known;
    const before = (order.get(step) ?? []).map(run);
    const started = runAfter(before, step, () => limited(() => runOne(api, step, options))).then((applied) => {
      if (step.action !== "none") options.onDone?.(applied);
      return applied;
    });
    runs.set(step, started);
    return started;
  };
  return Promise.all(steps.map(run));
}

async function runAfter(
  before: readonly Promise<Applied>[],
  step: ApplyStep,
  run: () => Promise<Applied>,
): Promise<Applied> {
  if (step.action === "none") return { step, outcome: "unchanged", findings: [] };
  const others = await Promise.all(before);
  if (others.some(({ outcome }) => outcome === "stopped")) return { step, outcome: "stopped", findings: [] };
  const failed = others.find(({ outcome }) => outcome === "failed" || outcome === "skipped");
  return failed ? { step, outcome: "skipped", findings: [waitsFor(step, failed.step)] } : run();
}

async function runOne(api: Api, step: ApplyStep, options: RunOptions): Promise<Applied> {
  if (options.signal?.aborted) return { step, outcome: "stopped", findings: [] };
  try {
    await ACTIONS[step.action](api, step, options);
    return { step, outcome: "done", findings: [] };
  } catch (error) {
    const findings = error instanceof HeadwaterError ? error.findings : [unfinished(step, error as Error)];
    return { step, outcome: "failed", findings };
  }
}

type Act = (api: Api, step: ApplyStep, options: RunOptions) => Promise<unknown>;

const create: Act = (api, { driver, spec, writer }) => createAsset(api, driver, spec, writer);

// It is read once more, so that whose it is and what the edit does are judged on what is really there.
const update: Act = (api, { driver, kind, name, spec, writer }) =>
  talkToWrite(api, driver, spec, async (server, base) => {
    const live = await driver.info(server, base);
    if (!live) return createAsset(server, driver, spec, writer);
    if (!mayTake(live.owner, writer)) throw new HeadwaterError([writer.notOurs(kind, name, live.owner)]);
    return overwrite(server, driver, spec, writer, live);
  });

const remove: Act = (api, step, options) =>
  talk(api, step.driver, step.spec, async (server, base) => {
    const live = await step.driver.info(server, base);
    if (!live) return;
    // Somebody else has taken it over since.
    if (live.owner !== step.writer.owner)
      throw new HeadwaterError([step.writer.notOurs(step.kind, step.name, live.owner)]);
    const findings = await guardDeletion(server, step, options);
    if (findings.length > 0) throw new HeadwaterError(findings);
    await step.driver.remove(server, base);
  });

const ACTIONS: Readonly<Record<ApplyStep["action"], Act>> = {
  create,
  update,
  adopt: update,
  delete: remove,
  none: async () => undefined,
};

const about = ({ kind, name }: ApplyStep) => ({ severity: "error", kind, name, field: "" }) as const;

function waitsFor(step: ApplyStep, { kind, name }: ApplyStep): Finding {
  return {
    ...about(step),
    code: "AP101",
    problem: `waits for ${kind} "${name}", which failed`,
    remedy: "Mend that, and run it again: what is done stays.",
  };
}

function unfinished(step: ApplyStep, { message }: Error): Finding {
  return {
    ...about(step),
    code: "AP103",
    problem: `could not be finished ("${message}")`,
    remedy: "Run it again: that is safe.",
  };
}
