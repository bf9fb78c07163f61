import { JetStreamApiError } from "@nats-io/jetstream";
import { type Change, isRefused } from "../../../changes/change";
import { type Loss, lossOf } from "../../../changes/loss";
import { planChange } from "../../../changes/plan-change";
import { normalizeSpec } from "../../../model/normalize";
import { sameValue } from "../../../model/walk";
import { checkFieldVersions } from "../../../preflight/field-versions";
import { assetFacts } from "../../../provider/asset-facts";
import type { Live } from "../../../provider/driver";
import { settle } from "../../../provider/state";
import type { EditCase, Fields } from "./edit-case";
import type { Lab } from "./lab";
import { OWNER, type SetUp, setUp, tolerated } from "./set-up";
import { type Snapshot, settled } from "./snapshot";

/**
 * What became of one edit.
 * - `inert`: accepted, and what the server has afterwards is not what was asked for.
 * - `unfit`: refused, as the target is when it is made anew: not a matter of the edit.
 * - `skipped`: one of the two specs cannot be made on this server.
 */
export type Answer = "accepted" | "inert" | "refused" | "unfit" | "skipped";

export interface Outcome {
  readonly one: EditCase;
  readonly answer: Answer;
  /** The server's words. */
  readonly error?: string;
  readonly planned: readonly Change[];
  /** What the discarding changes amount to; none planned is none lost. */
  readonly loss: Loss;
  readonly lost: number;
  readonly added: number;
  readonly before?: Snapshot;
  readonly after?: Snapshot;
  /** The duplicate window in force, in nanoseconds, before and after. */
  readonly windows?: readonly [number, number];
}

/** True where a server does not know a field of either spec. */
export function isTooNew({ kind, before, after }: EditCase, { version }: Lab): boolean {
  return [before, after].some((spec) => checkFieldVersions(kind, "", normalizeSpec(kind, spec), version).length > 0);
}

/** Tries an edit on a live asset by asking the server itself. */
export async function tryEdit(
  lab: Lab,
  one: EditCase,
  apart: (milliseconds: number) => Promise<void>,
): Promise<Outcome> {
  const skipped: Outcome = { one, answer: "skipped", planned: [], loss: NOTHING, lost: 0, added: 0 };
  const made = isTooNew(one, lab) ? undefined : await setUp(lab, one, apart);
  if (!made) return skipped;
  try {
    return await edit(lab, one, made);
  } finally {
    made.leave();
    await tolerated(lab.api.request(`STREAM.DELETE.${made.stream}`));
  }
}

async function edit(lab: Lab, one: EditCase, made: SetUp): Promise<Outcome> {
  const { driver, stream } = made;
  const live = (await driver.info(lab.api, driver.toBase(made.before))) as Live;
  const base = driver.toBase(made.after, live.base);
  const before = await settled(lab, stream);
  const { planned, loss } = await plan(lab, made, live, base);
  const error = await rawEdit(lab, made, base, live);
  const isDone = (now: Snapshot) =>
    gone(before, now, made).length >= loss.least && addedTo(before, now) >= (one.adds ?? 0);
  const after = await settled(lab, stream, (now) => error !== undefined || isDone(now));
  const lost = gone(before, after, made).length;
  const added = addedTo(before, after);
  const now = await driver.info(lab.api, driver.toBase(made.after));
  const windows = [windowOf(live), windowOf(now)] as const;
  const answer = error === undefined ? echoed(made, base, now) : await refusedOrUnfit(lab, made, base, planned);
  return { one, answer, error, planned, loss, lost, added, before, after, windows };
}

const NOTHING: Loss = { least: 0, most: 0 };

/** As the handler plans it: first at its worst, then with what the server says about the asset. */
export async function plan(lab: Lab, { driver, after }: SetUp, live: Live, base: Fields) {
  const from = driver.fromBase(settle(driver, live, base, undefined));
  const to = normalizeSpec(driver.kind, after);
  const worst = planChange(driver.kind, "", from, to, { server: lab.version });
  const facts = await assetFacts(lab.api, driver, base, worst);
  const planned = planChange(driver.kind, "", from, to, { server: lab.version, facts });
  const stored = facts.messages ?? Number.MAX_SAFE_INTEGER;
  const losses = planned.flatMap((change) => lossOf(change, facts) ?? []);
  const least = Math.max(0, ...losses.map((loss) => loss.least));
  const most = Math.min(
    stored,
    losses.reduce((sum, loss) => sum + loss.most, 0),
  );
  return { planned, facts, loss: { least, most } };
}

async function rawEdit(lab: Lab, { driver }: SetUp, base: Fields, live: Live): Promise<string | undefined> {
  const config = driver.config(base, OWNER);
  const { stream, name } = base;
  try {
    if (driver.base === "stream") {
      const mirror = base.mirror && sameValue(base.mirror, live.base.mirror) ? { mirror: live.wire.mirror } : {};
      await lab.api.request(`STREAM.UPDATE.${name}`, { ...config, ...mirror });
      return undefined;
    }
    await lab.api.request(`CONSUMER.CREATE.${stream}.${name}`, { stream_name: stream, config, action: "update" });
    // A pause has a request of its own; an empty one resumes.
    if (base.pauseUntil !== live.base.pauseUntil)
      await lab.api.request(`CONSUMER.PAUSE.${stream}.${name}`, { pause_until: base.pauseUntil });
    return undefined;
  } catch (error) {
    if (error instanceof JetStreamApiError) return error.message;
    throw error;
  }
}

// Messages that were there and are not, apart from those that have grown too old meanwhile.
function gone(before: Snapshot, after: Snapshot, { young }: SetUp): string[] {
  const there = new Set(after.sequences);
  const missing = before.sequences.filter((sequence) => !there.has(sequence));
  const ripe = young !== undefined && Date.now() - young.since > RIPE_MS;
  return ripe ? missing.filter((sequence) => BigInt(sequence) <= BigInt(young.above)) : missing;
}

const RIPE_MS = 1_500;

function addedTo(before: Snapshot, after: Snapshot): number {
  return after.sequences.filter((sequence) => BigInt(sequence) > BigInt(before.last)).length;
}

const windowOf = (live: Live | undefined) => Number(live?.wire.duplicate_window ?? 0);

function echoed({ driver }: SetUp, base: Fields, live: Live | undefined): Answer {
  return live && sameValue(settle(driver, live, base, undefined), base) ? "accepted" : "inert";
}

// A target the server does not take as a new asset either is no question of the edit.
async function refusedOrUnfit(
  lab: Lab,
  { driver, after }: SetUp,
  base: Fields,
  planned: readonly Change[],
): Promise<Answer> {
  if (planned.some(isRefused)) return "refused";
  const { sealed, ...fresh } = driver.toBase(after);
  await driver.remove(lab.api, base);
  return (await tolerated(driver.create(lab.api, fresh, driver.config(fresh, OWNER)))) ? "refused" : "unfit";
}
