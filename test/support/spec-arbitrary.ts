import fc from "fast-check";
import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { samples } from "./samples";

type Fields = Readonly<Record<string, unknown>>;

const required: Readonly<Record<SpecKind, Fields>> = {
  stream: { name: "S" },
  consumer: { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" },
  "key-value bucket": { name: "B" },
  "object store": { name: "B" },
};

/** Specs of any combination of sampled values: well formed, not always acceptable to a server. */
export function specOf(kind: SpecKind): fc.Arbitrary<Fields> {
  const parts = samples[kind].map(({ field, value, beside }) => ({ ...beside, [field]: value }));
  return fc.subarray(parts).map((chosen) => Object.assign({}, required[kind], ...chosen) as Fields);
}

/** A spec and another way to write the same: sets in another order, defaults spelled out. */
export function twinsOf(kind: SpecKind): fc.Arbitrary<[Fields, Fields]> {
  return specOf(kind).map((spec) => {
    const normal = normalizeSpec(kind, spec);
    const reversed = Object.fromEntries(Object.entries(spec).reverse());
    return [spec, { ...spelledOut[kind], ...normal, ...reversed, ...reorderedSets(spec) }];
  });
}

const spelledOut: Readonly<Record<SpecKind, Fields>> = {
  stream: {
    retention: "limits",
    storage: "file",
    maxMsgs: -1,
    maxBytes: 0,
    maxAge: "0ms",
    replicas: 1,
    noAck: false,
    description: "",
  },
  consumer: {
    deliverPolicy: "all",
    replayPolicy: "instant",
    maxDeliver: 0,
    headersOnly: false,
    memStorage: false,
    backoff: [],
  },
  "key-value bucket": { history: 1, ttl: "0h", maxValueSize: -1, compression: false, storage: "file", metadata: {} },
  "object store": { ttl: "0h", maxBytes: -1, compression: false, sealed: false, storage: "file", placement: {} },
};

const SETS = ["subjects", "filterSubjects", "sources"];

function reorderedSets(spec: Fields): Fields {
  const sets = SETS.filter((key) => Array.isArray(spec[key]));
  return Object.fromEntries(sets.map((key) => [key, [...(spec[key] as unknown[])].reverse()]));
}
