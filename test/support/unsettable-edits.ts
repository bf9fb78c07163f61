import type { SpecKind } from "../../model/finding";

type Fields = Readonly<Record<string, unknown>>;

/** An edit NACK takes and does not make. */
export interface UnsettableEdit {
  readonly kind: SpecKind;
  readonly from: Fields;
  readonly to: Fields;
  /** The field and the values, as the message begins. */
  readonly said: string;
  readonly why: string;
}

/** Of the name of the asset `S`, or the consumer `S/C`. */
export const unsettableConsumer = { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" } as const;

const NEVER_SENT = "NACK never sends it: the server keeps what it has";
const stream = (said: string, from: Fields, to: Fields = {}): UnsettableEdit => ({
  kind: "stream",
  from,
  to,
  said,
  why: NEVER_SENT,
});
const consumer = (said: string, from: Fields, to: Fields = {}, why = NEVER_SENT): UnsettableEdit => ({
  kind: "consumer",
  from,
  to,
  said,
  why,
});
const bounded = { discard: "new", maxMsgsPerSubject: 5 };
const origin = { name: "O" };
const transform = { src: "S", dest: "T" };
const republish = { src: ">", dest: "copies.>" };
const pinned = { priorityPolicy: "pinned_client", priorityGroups: ["a"] };

/** Each of the edits once. */
export const unsettableEdits: readonly UnsettableEdit[] = [
  stream("noAck true -> unset", { noAck: true }),
  stream("discardNewPerSubject true -> unset", { ...bounded, discardNewPerSubject: true }, bounded),
  stream("allowDirect true -> unset", { allowDirect: true }),
  stream("allowRollupHdrs true -> unset", { allowRollupHdrs: true }),
  stream("mirrorDirect true -> unset", { mirror: origin, mirrorDirect: true }, { mirror: origin }),
  stream("allowAtomic true -> unset", { allowAtomic: true }),
  stream(`mirror ${JSON.stringify(origin)} -> unset`, { mirror: origin }),
  stream(`sources ${JSON.stringify([origin])} -> unset`, { sources: [origin] }),
  stream(`subjectTransform ${JSON.stringify(transform)} -> unset`, { subjectTransform: transform }),
  stream(`republish ${JSON.stringify(republish)} -> unset`, { republish }),
  stream("maxMsgsPerSubject 5 -> unset", { maxMsgsPerSubject: 5 }),
  stream('placement.tags ["ssd"] -> unset', { placement: { tags: ["ssd"] } }),
  stream(
    'placement.cluster "a" -> unset',
    { placement: { cluster: "a", tags: ["ssd"] } },
    { placement: { tags: ["ssd"] } },
  ),
  consumer("headersOnly true -> unset", { headersOnly: true }),
  consumer('backoff ["1s"] -> unset', { backoff: ["1s"], maxDeliver: 3 }, { maxDeliver: 3 }),
  consumer('filterSubject "S" -> unset', { filterSubject: "S" }),
  consumer('priorityPolicy "pinned_client" -> unset', pinned),
  consumer(
    'pauseUntil unset -> "2099-01-01T00:00:00Z"',
    {},
    { pauseUntil: "2099-01-01T00:00:00Z" },
    "servers take it when the consumer is made, and later from requests to pause it, which NACK never makes",
  ),
  {
    kind: "key-value bucket",
    from: { limitMarkerTtl: "1m" },
    to: {},
    said: 'limitMarkerTtl "1m" -> unset',
    why: "NACK turns the TTLs of single keys off with it, and servers refuse that (10052)",
  },
];

/** The whole message. */
export function unsettableMessage({ kind, said, why }: UnsettableEdit): string {
  const way =
    'Make this edit on the server, with headwater apply or the nats CLI, and render once with updates "never".';
  return `NK104 ${kind} "${kind === "consumer" ? "S/C" : "S"}": ${said} cannot be made by NACK: ${why}. ${way}`;
}
