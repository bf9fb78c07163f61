import { type Change, isDangerous, isRefused } from "../../../changes/change";
import { planChange } from "../../../changes/plan-change";
import { normalizeSpec } from "../../../model/normalize";
import { bigintAsText, sameValue } from "../../../model/walk";
import type { Live } from "../../../provider/driver";
import { apiRequests, writes } from "../../support/api-log";
import { handlerOf, type Managed, manage } from "../../support/handlers";
import type { EditCase, Fields } from "./edit-case";
import type { Lab } from "./lab";
import { type SetUp, setUp, tolerated } from "./set-up";
import { settled } from "./snapshot";
import { isTooNew, plan } from "./try-edit";

/** What the handler did with one edit. */
export interface Handled {
  /** Codes that stand against it: as `check` sees them, or else what only the server tells. */
  readonly against: readonly string[];
  /** What it answered without acknowledgments, and whether the server was left alone then. */
  readonly refusal?: string;
  readonly untouched: boolean;
  /** What it answered with them, where the edit can be made at all. */
  readonly refusedAgain?: string;
  /** Fields that were removed, and that the server has as before all the same. */
  readonly kept: readonly string[];
  /** Requests that changed something when the same program ran once more. */
  readonly secondWrites: readonly string[];
}

/** One case for every way a kind's field is dangerous or refused. */
export function handledCases(cases: readonly EditCase[]): EditCase[] {
  const seen = new Set<string>();
  return cases.filter(({ kind, field, before, after, cluster }) => {
    const changes = planChange(kind, "", normalizeSpec(kind, before), normalizeSpec(kind, after));
    const signature = [kind, field, ...changes.map(({ code }) => code).sort()].join(" ");
    const matters = changes.some(stops);
    if (cluster || !matters || seen.has(signature)) return false;
    seen.add(signature);
    return true;
  });
}

/** Makes an edit the way the engine does: without leave, with leave, and once more; `undefined` where it cannot start. */
export async function throughHandler(
  lab: Lab,
  one: EditCase,
  apart: (milliseconds: number) => Promise<void>,
): Promise<Handled | undefined> {
  const owner = `project/stack/${lab.name()}`;
  const made = isTooNew(one, lab) ? undefined : await setUp(lab, one, apart, owner);
  if (!made) return undefined;
  const asset = manage(await handlerOf(one.kind, { "nats:servers": lab.urls }), owner);
  try {
    await asset.apply(made.before);
    return await handle(lab, made, asset);
  } finally {
    made.leave();
    await tolerated(lab.api.request(`STREAM.DELETE.${made.stream}`));
  }
}

async function handle(lab: Lab, made: SetUp, asset: Managed): Promise<Handled> {
  const { driver, before, after, stream } = made;
  const live = (await driver.info(lab.api, driver.toBase(before))) as Live;
  const { planned, facts } = await plan(lab, made, live, driver.toBase(after, live.base));
  const stated = planChange(driver.kind, "", asset.inputs, normalizeSpec(driver.kind, after), {
    facts,
    server: lab.version,
  });
  const seen = stated.filter(stops);
  const against = (seen.length > 0 ? seen : planned.filter(stops)).map(({ code }) => code);
  const harmless = against.length === 0;
  const was = await standing(lab, made, before);
  const refusal = harmless ? undefined : await refusalOf(asset.apply(after));
  const untouched = harmless || was === (await standing(lab, made, before));
  if (planned.some(isRefused)) return { against, refusal, untouched, kept: [], secondWrites: [] };
  const allow = [...planned, ...stated]
    .filter(isDangerous)
    .map(({ code, field, to }) => ({ code, field, to, reason: "it is meant" }));
  const refusedAgain = await refusalOf(asset.apply({ ...after, allow }));
  const again = refusedAgain ? [] : await apiRequests(lab.urls, () => asset.apply({ ...after, allow }));
  const secondWrites = writes(again).filter((subject) => subject.split(".").includes(stream));
  const kept = refusedAgain ? [] : await keptOf(lab, made, live.base);
  return { against, refusal, untouched, refusedAgain, kept, secondWrites };
}

async function keptOf(lab: Lab, { driver, before, after }: SetUp, was: Fields): Promise<string[]> {
  const [from, to] = [driver.toBase(before), driver.toBase(after, was)];
  const live = await driver.info(lab.api, to);
  return Object.keys(from).filter((key) => !(key in to) && sameValue(from[key], live?.base[key]));
}

const stops = (change: Change) => isDangerous(change) || isRefused(change);

async function standing(lab: Lab, { driver, stream }: SetUp, before: Fields): Promise<string> {
  const now = await settled(lab, stream);
  const live = await driver.info(lab.api, driver.toBase(before));
  return JSON.stringify([now.sequences, now.consumers, live?.wire], bigintAsText);
}

async function refusalOf(applied: Promise<void>): Promise<string | undefined> {
  return applied.then(
    () => undefined,
    (error: Error) => error.message,
  );
}
