import { type Declared, declaredName } from "../../model/declared";
import type { Finding, SpecKind } from "../../model/finding";
import { isObject, sameValue, showValue } from "../../model/walk";
import { toNack } from "./to-nack";

type Fields = Readonly<Record<string, unknown>>;

/** An edit NACK takes and does not make, or that servers refuse because of how NACK makes it. */
interface Unsettable {
  /** Field of the model. */
  readonly field: string;
  /** Sees both specs in NACK's words. */
  readonly hits: (from: Fields, to: Fields) => boolean;
  readonly why: string;
}

const NEVER_SENT = "NACK never sends it: the server keeps what it has";
const turnedOff = (field: string, nack = field): Unsettable => ({
  field,
  hits: (from, to) => from[nack] === true && to[nack] !== true,
  why: NEVER_SENT,
});
const removed = (field: string, nack: readonly string[] = [field]): Unsettable => ({
  field,
  hits: (from, to) => nack.some((key) => isSet(from[key])) && !nack.some((key) => isSet(to[key])),
  why: NEVER_SENT,
});

const isSet = (value: unknown) => value !== undefined && value !== "none";
const placementOf = ({ placement }: Fields): Fields => (isObject(placement) ? placement : {});
const tagsOf = (spec: Fields) => (placementOf(spec).tags ?? []) as readonly string[];

// The switches a server would turn off; others it refuses itself.
const unsettable: Readonly<Record<SpecKind, readonly Unsettable[]>> = {
  stream: [
    turnedOff("noAck"),
    turnedOff("discardNewPerSubject", "discardPerSubject"),
    turnedOff("allowDirect"),
    turnedOff("allowRollupHdrs", "allowRollup"),
    turnedOff("mirrorDirect"),
    turnedOff("allowAtomic", "allowAtomicPublish"),
    removed("mirror"),
    removed("sources"),
    removed("subjectTransform"),
    removed("republish"),
    {
      field: "maxMsgsPerSubject",
      hits: ({ maxMsgsPerSubject: from }, { maxMsgsPerSubject: to }) => from !== -1 && to === -1,
      why: NEVER_SENT,
    },
    {
      field: "placement.cluster",
      hits: (from, to) => isSet(placementOf(from).cluster) && isObject(to.placement) && !placementOf(to).cluster,
      why: NEVER_SENT,
    },
    {
      field: "placement.tags",
      hits: (from, to) => tagsOf(from).length > 0 && !isObject(to.placement),
      why: NEVER_SENT,
    },
  ],
  consumer: [
    turnedOff("headersOnly"),
    removed("backoff"),
    removed("filterSubject", ["filterSubject", "filterSubjects"]),
    removed("priorityPolicy"),
    {
      field: "pauseUntil",
      hits: (from, to) => !sameValue(from.pauseUntil, to.pauseUntil),
      why: "servers take it when the consumer is made, and later from requests to pause it, which NACK never makes",
    },
  ],
  "key-value bucket": [
    {
      field: "limitMarkerTtl",
      hits: (from, to) => isSet(from.limitMarkerTtl) && !isSet(to.limitMarkerTtl),
      why: "NACK turns the TTLs of single keys off with it, and servers refuse that (10052)",
    },
  ],
  "object store": [],
};

/** What NACK would not make of an edit: it reports success, and the server keeps what it has. */
export function unsettableEdits(previous: Declared, next: Declared): Finding[] {
  const { kind } = next;
  const specOf = (asset: Declared) => toNack(kind, asset.spec).object.spec as Fields;
  const [from, to] = [specOf(previous), specOf(next)];
  return unsettable[kind]
    .filter(({ hits }) => hits(from, to))
    .map(({ field, why }) => {
      const [old, value] = [previous, next].map(({ spec }) => valueAt(spec, field));
      const problem = `${show(old)} -> ${show(value)} cannot be made by NACK: ${why}`;
      const remedy =
        'Make this edit on the server, with headwater apply or the nats CLI, and render once with updates "never".';
      return { code: "NK104", severity: "error", kind, name: declaredName(next), field, value, problem, remedy };
    });
}

function valueAt(spec: Fields, field: string): unknown {
  return field.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), spec);
}

const show = (value: unknown) => (value === undefined ? "unset" : showValue(value));
