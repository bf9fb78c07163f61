import { isSubsetOf } from "../../model/subjects";
import { type Edit, type Effect, none, one } from "../edit";
import { isLowered, limitOf } from "./limits";

/** `filterSubject` and `filterSubjects`, which mean the same: the edit is judged once. */
export const filter: Effect = (edit) => {
  const [before, after] = [filtersOf(edit.before), filtersOf(edit.after)];
  const left = before.filter((subject) => !after.some((other) => isSubsetOf(subject, other)));
  const narrowed = after.length > 0 && (before.length === 0 || left.length > 0);
  if (!narrowed || !isFirst(edit)) return none;
  const detail = before.length === 0 ? { only: after } : { left };
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

export const priority: Effect = ({ from, field }) =>
  field === "priorityTimeout" || from === undefined ? none : one("BC118");

/** `deliverSubject`, `deliverGroup`: refused while somebody listens. */
export const delivery: Effect = ({ field, facts }) =>
  field === "deliverSubject" && facts.bound ? one("RC103") : one("BC119");

/** `ackWait`, where `backoff` does not overrule it. */
export const ackWait: Effect = ({ from, to, after }) =>
  !after.backoff && (limitOf(to) ?? THIRTY_SECONDS) < (limitOf(from) ?? THIRTY_SECONDS) ? one("GD104") : none;

const THIRTY_SECONDS = 30_000_000_000n;

export const inactivity: Effect = ({ from, to }) => (isLowered(from, to) ? one("GD106") : none);

/** `replicas`: none set follows the stream. */
export const consumerReplicas: Effect = ({ from, to, facts }) => {
  const stream = facts.stream?.replicas;
  const [before, after] = [Number(from ?? 0) || stream, Number(to ?? 0) || stream];
  if (before === undefined) return after === 1 ? one("GD101") : none;
  return after !== undefined && after < before ? one("GD101") : none;
};
