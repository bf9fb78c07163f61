import { formatDuration, parseBytes, parseDuration, parseInt64 } from "../../model/units";
import { isOlder } from "../../model/version";
import type { ChangeCode } from "../change";
import { type Edit, type Effect, none, one } from "../edit";

// What a store does when its limits become stricter. server/filestore.go UpdateConfig, server/memstore.go UpdateConfig.

/** A limit in force; `undefined` is none. */
export function limitOf(value: unknown): bigint | undefined {
  const parsed = value === undefined ? undefined : (parseBytes(value) ?? parseInt64(value) ?? parseDuration(value));
  return parsed !== undefined && parsed > 0n ? parsed : undefined;
}

/** True when a limit is set where none was, or is lower than it was. */
export function isLowered(from: unknown, to: unknown): boolean {
  const [before, after] = [limitOf(from), limitOf(to)];
  return after !== undefined && (before === undefined || after < before);
}

const lowered =
  (code: ChangeCode): Effect =>
  ({ from, to }) =>
    isLowered(from, to) ? one(code) : none;

/** `maxMsgs`, `maxBytes`: deleted or refused, as the discard policy says. */
export const sizeLimit =
  (code: "DL101" | "DL102"): Effect =>
  ({ from, to, after, facts }) => {
    if (!isLowered(from, to)) return none;
    if (after.discard !== "new") return one(code);
    const stored = code === "DL101" ? facts.messages : facts.bytes;
    const fits = stored !== undefined && BigInt(stored) <= (limitOf(to) as bigint);
    return fits ? none : one("BC104");
  };

/** `maxMsgsPerSubject`; a bucket keeps one value of a key where it says nothing. */
export const maxMsgsPerSubject: Effect = ({ before, after, server }) => {
  const { maxMsgsPerSubject: limit } = after;
  if (!isLowered(before.maxMsgsPerSubject, limit)) return none;
  // Older servers enforce a first limit with the next message of a subject.
  const later = limitOf(before.maxMsgsPerSubject) === undefined && isOlder(server, "2.12.0");
  return one("DL104", { limit, later });
};
export const maxMsgSize = lowered("BC102");
export const maxConsumers = lowered("BC105");
export const requestLimit = lowered("BC117");
export const maxDeliver = lowered("GD105");

/** `maxAge`: expires at once, and shortens a window that follows it. */
export const maxAge: Effect = (edit) => {
  const expires = isLowered(edit.from, edit.to) ? one("DL103") : none;
  return [...expires, ...impliedWindow(edit)];
};

/** The default window, where an edit of something else shortens it. Clients of buckets do not rely on one. */
export const impliedWindow: Effect = (edit) => {
  const implied = edit.before.duplicateWindow === undefined && edit.after.duplicateWindow === undefined;
  return implied && edit.kind === "stream" ? duplicateWindow(edit) : none;
};

const TWO_MINUTES = 120_000_000_000n;

// server/stream.go checkStreamCfg: the default depends on what the stream copies, and on the version for sources.
function windowOf(spec: Edit["before"], server: string): bigint {
  const own = limitOf(spec.duplicateWindow);
  if (own !== undefined) return own;
  if (spec.mirror || (spec.sources && !isOlder(server, "2.14.0"))) return 0n;
  const age = limitOf(spec.maxAge);
  return age !== undefined && age < TWO_MINUTES ? age : TWO_MINUTES;
}

/** `duplicateWindow`, its default included. */
export const duplicateWindow: Effect = ({ before, after, server }) => {
  const [from, to] = [windowOf(before, server), windowOf(after, server)];
  return to < from ? one("GD102", { from: formatDuration(from), to: formatDuration(to) }) : none;
};

const hasLimit = (spec: Edit["before"]) => limitOf(spec.maxMsgs) !== undefined || limitOf(spec.maxBytes) !== undefined;
const refusesPerSubject = (spec: Edit["before"]) => spec.discard === "new" && spec.discardNewPerSubject === true;

/** `discard`: who gives way at a limit. */
export const discard: Effect = ({ to, before, after }) => {
  if (to === "new") return hasLimit(after) ? one("BC103") : none;
  const { maxMsgs, maxBytes, maxMsgsPerSubject: most } = after;
  const perSubject = refusesPerSubject(before) && limitOf(after.maxMsgsPerSubject) !== undefined;
  return hasLimit(after) || perSubject
    ? [...one("DL105", { maxMsgs, maxBytes, maxMsgsPerSubject: most, perSubject }), ...one("GD107")]
    : none;
};

/** `discardNewPerSubject`, while the policy stays. */
export const discardPerSubject: Effect = ({ to, before, after }) => {
  if (to === true) return one("BC103");
  return before.discard === after.discard && limitOf(after.maxMsgsPerSubject) !== undefined
    ? [...one("DL105", { maxMsgsPerSubject: after.maxMsgsPerSubject, perSubject: true }), ...one("GD107")]
    : none;
};
