import { isSubsetOf } from "../../model/subjects";
import { isOlder } from "../../model/version";
import { isObject } from "../../model/walk";
import type { ChangeCode } from "../change";
import { type Effect, none, one } from "../edit";
import { impliedWindow, limitOf } from "./limits";

type Fields = Readonly<Record<string, unknown>>;

const turnedOff =
  (code: ChangeCode): Effect =>
  ({ to }) =>
    to === undefined || to === false ? one(code) : none;

const turnedOn =
  (code: ChangeCode): Effect =>
  ({ to }) =>
    to === true ? one(code) : none;

export const directGets = turnedOff("BC111");
export const rollUps: Effect = ({ to, after }) => (to === undefined && !allowsRollUps(after) ? one("BC112") : none);

// Delete markers and schedules turn roll-ups on (server/stream.go checkStreamCfg).
const allowsRollUps = (spec: Fields) =>
  Boolean(spec.allowRollupHdrs || spec.subjectDeleteMarkerTtl || spec.allowMsgSchedules);

export const batches = turnedOff("BC113");
export const noAck = turnedOn("BC106");
export const switchedOn: Effect = ({ field, to }) => (to === true ? one("OW102", { does: SWITCHES[field] }) : none);

// What a switch that stays on does.
const SWITCHES: Readonly<Record<string, string>> = {
  sealed: "refuses every publish, deletion and purge",
  denyDelete: "refuses to delete single messages",
  denyPurge: "refuses purges",
  allowMsgTtl: "lets messages have a TTL of their own",
  allowMsgSchedules: "accepts scheduled messages",
};
export const compression: Effect = () => one("IN102");

/** `subjectDeleteMarkerTtl`, a bucket's `limitMarkerTtl`: turns message TTLs on, which stay. */
export const deleteMarkers: Effect = ({ to, before, after }) => {
  if (to !== undefined && before.denyPurge === true) return endsDenyPurge;
  if (to === undefined) return allowsRollUps(after) ? none : one("BC112");
  return to !== undefined && !before.allowMsgTtl && !before.subjectDeleteMarkerTtl
    ? one("OW102", { does: SWITCHES.allowMsgTtl })
    : none;
};

/** `allowMsgSchedules`: on for good. */
export const schedules: Effect = (edit) =>
  edit.to === true && edit.before.denyPurge === true ? endsDenyPurge : switchedOn(edit);

// Both turn roll-ups on, which ends the refusal of purges, which cannot end (server/stream.go configUpdateCheckLocked).
const endsDenyPurge = one("RC101", { why: "stream configuration update can not cancel deny purge" });

/** Subjects that nothing of the new list covers. */
export const subjects: Effect = ({ before, after }) => {
  const now = subjectsOf(after);
  const removed = subjectsOf(before).filter((subject) => !now.some((other) => isSubsetOf(subject, other)));
  const left = now.filter((subject) => removed.some((other) => isSubsetOf(subject, other)));
  return removed.length > 0 ? one("BC101", { removed, now, left }) : none;
};

function subjectsOf(spec: Fields): readonly string[] {
  const list = spec.subjects as readonly string[] | undefined;
  return list ?? (spec.mirror || spec.sources ? [] : [String(spec.name)]);
}

/** `limits` to `interest`: what nobody waits for goes; before 2.15 consumers must have as many replicas, and it goes later. */
export const retention: Effect = ({ to, after, facts, server }) => {
  if (to !== "interest") return none;
  const later = isOlder(server, "2.15.0");
  const wanted = Number(after.replicas ?? 1);
  const others = (facts.consumers ?? []).filter(({ replicas }) => replicas && replicas !== wanted);
  if (later && others.length > 0) return one("RC104", { consumers: others.map(({ name }) => name), replicas: wanted });
  return [...one("DL106", { later }), ...one("GD108")];
};

/** `mirror`: the server lets it go only. */
export const mirror: Effect = ({ to }) => (to === undefined ? one("OW103") : none);

export const subjectTransform: Effect = () => one("BC109");

/** `republish`: one that is new harms nobody. */
export const republish: Effect = ({ from }) => (from === undefined ? none : one("BC110"));

export const replicas: Effect = ({ from, to }) => (Number(to ?? 1) < Number(from ?? 1) ? one("GD101") : none);

const CLASSES: readonly unknown[] = ["ephemeral", "standard", "audit"];

/** `dataClass`: lower than it was, or none any more. */
export const dataClass: Effect = ({ from, to }) =>
  from !== undefined && CLASSES.indexOf(to) < CLASSES.indexOf(from) && from !== "ephemeral" ? one("GD103") : none;

/** `sources`: what is gone, what starts over, and what a server ignores. */
export const sources: Effect = (edit) => {
  const { from, to, before: old, after: next } = edit;
  const [before, after] = [list(from), list(to)];
  const kept = new Set(after.map(identity));
  const names = new Set(after.map(({ name }) => name));
  const changed = before.filter((source) => !kept.has(identity(source)));
  const gone = changed.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  const anew = changed.filter(({ name }) => names.has(name)).map(({ name }) => name);
  const known = new Map(before.map((source) => [identity(source), source]));
  const added = after.filter((source) => !known.has(identity(source))).map(({ name }) => name);
  const moved = after.filter((source) => {
    const old = known.get(identity(source));
    return old && (old.optStartSeq !== source.optStartSeq || old.optStartTime !== source.optStartTime);
  });
  return [
    ...(gone.length > 0 ? one("BC107", { sources: gone }) : none),
    ...(anew.length > 0 ? one("BC108", { sources: anew }) : none),
    ...(added.length > 0 && discardsOld(next) ? one("DL108", { sources: added }) : none),
    ...(moved.length > 0 ? one("IN103", { sources: moved.map(({ name }) => name) }) : none),
    ...(old.maxAge === next.maxAge ? impliedWindow(edit) : none),
  ];
};

const discardsOld = (spec: Fields) =>
  (spec.discard !== "new" && (limitOf(spec.maxMsgs) ?? limitOf(spec.maxBytes)) !== undefined) ||
  (!spec.discardNewPerSubject && limitOf(spec.maxMsgsPerSubject) !== undefined);

const list = (value: unknown) => (value ?? []) as readonly Fields[];

// server/stream.go composeIName: the server knows a source by this.
function identity({ name, external, consumer, filterSubject, subjectTransforms }: Fields): string {
  const api = isObject(external) ? external.api : undefined;
  const durable = isObject(consumer) ? consumer.name : undefined;
  return JSON.stringify([name, api, durable, filterSubject, subjectTransforms]);
}

/** `consumerLimits`: refused while a consumer is above them. */
export const consumerLimits: Effect = ({ to, facts, server }) => {
  const limits = (to ?? {}) as Fields;
  // Before 2.12 a limit that is not set counted as 0.
  const unset = isOlder(server, "2.12.0") ? 0n : undefined;
  const [pending, idle] = [limitOf(limits.maxAckPending) ?? unset, limitOf(limits.inactiveThreshold) ?? unset];
  const above = (facts.consumers ?? []).filter(
    ({ maxAckPending = 0, inactiveThreshold = 0n }) =>
      (pending !== undefined && BigInt(maxAckPending) > pending) || (idle !== undefined && inactiveThreshold > idle),
  );
  return above.length > 0 ? one("RC102", { consumers: above.map(({ name }) => name) }) : none;
};
