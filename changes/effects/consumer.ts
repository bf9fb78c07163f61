import { isSubsetOf } from "../../model/subjects";
import { sameValue } from "../../model/walk";
import { type Edit, type Effect, none, one } from "../edit";
import { isLowered, limitOf } from "./limits";

/** `filterSubject` and `filterSubjects`, which mean the same: the edit is judged once. */
export const filter: Effect = (edit) => {
  const [before, after] = [filtersOf(edit.before), filtersOf(edit.after)];
  const left = before.filter((subject) => !after.some((other) => isSubsetOf(subject, other)));
  const narrowed = after.length > 0 && (before.length === 0 || left.length > 0);
  if (!narrowed || !isFirst(edit)) return none;
  const detail = { only: after };
  const retention = edit.facts.stream?.retention;
  const drops = retention === undefined || retention === "interest";
  return [...one("BC114", detail), ...(drops ? one("DL107", detail) : none)];
};

function filtersOf(spec: Edit["before"]): readonly string[] {
  if (spec.filterSubject) return [String(spec.filterSubject)];
  return (spec.filterSubjects ?? []) as readonly string[];
}

// One way to write the filter may replace the other: both fields change then, and the new one is named.
function isFirst({ field, after }: Edit): boolean {
  return field === (after.filterSubject === undefined ? "filterSubjects" : "filterSubject");
}

export const headersOnly: Effect = ({ to }) => (to === true ? one("BC115") : none);

/** `pauseUntil`: one that is over pauses nothing. */
export const pause: Effect = ({ to }) => (typeof to === "string" && Date.parse(to) > Date.now() ? one("BC116") : none);

/** `priorityGroups`, `priorityPolicy`: clients must ask for the group from then on. */
export const priority: Effect = ({ after }) => (after.priorityPolicy === undefined ? none : one("BC118"));

/** `deliverSubject`, `deliverGroup`: refused while somebody listens. */
export const delivery: Effect = ({ field, facts }) =>
  field === "deliverSubject" && facts.bound ? one("RC103") : one("BC119");

/** `ackWait` and `backoff`: how long the first delivery may take. */
export const firstWait: Effect = ({ field, before, after }) => {
  const decides = field === "backoff" || sameValue(before.backoff, after.backoff);
  return decides && waitOf(after) < waitOf(before) ? one("GD104") : none;
};

const THIRTY_SECONDS = 30_000_000_000n;

function waitOf({ ackWait, backoff }: Edit["before"]): bigint {
  const first = (backoff as readonly unknown[] | undefined)?.[0];
  return limitOf(first ?? ackWait) ?? THIRTY_SECONDS;
}

const THOUSAND = 1000n;

/** `maxAckPending`: a thousand where nothing is said, -1 is unlimited. */
export const maxAckPending: Effect = ({ from, to }) => {
  const most = (value: unknown) => (value === -1 ? undefined : (limitOf(value) ?? THOUSAND));
  const [before, after] = [most(from), most(to)];
  return after !== undefined && (before === undefined || after < before) ? one("GD109") : none;
};

export const inactivity: Effect = ({ from, to }) => (isLowered(from, to) ? one("GD106") : none);

/** `replicas`: none set follows the stream. */
export const consumerReplicas: Effect = ({ from, to, facts }) => {
  const stream = facts.stream?.replicas;
  const [before, after] = [Number(from ?? 0) || stream, Number(to ?? 0) || stream];
  if (before === undefined) return after === 1 ? one("GD101") : none;
  return after !== undefined && after < before ? one("GD101") : none;
};
