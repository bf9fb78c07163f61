import type { Fields } from "./asset";

type Mend = readonly [when: (spec: Fields) => boolean, drop: readonly string[]];

const SMALL_AGES = ["100ms", "1s", "1m", "1h"];
const positive = (value: unknown) => value !== undefined && value !== -1 && value !== 0;

// What a server is known to refuse, and what to leave out then. Most streams go through this, so that most are sound.
const MENDS: readonly Mend[] = [
  [({ sealed }) => sealed === true, ["sealed"]],
  [({ discard, maxMsgsPerSubject }) => discard !== "new" || !positive(maxMsgsPerSubject), ["discardNewPerSubject"]],
  [
    ({ allowMsgCounter }) => allowMsgCounter === true,
    ["discard", "discardNewPerSubject", "allowMsgTtl", "allowMsgSchedules", "retention"],
  ],
  [({ allowMsgSchedules }) => allowMsgSchedules === true, ["discard", "discardNewPerSubject", "sources"]],
  [({ persistMode }) => persistMode === "async", ["storage", "replicas", "allowAtomic"]],
  [({ allowRollupHdrs }) => allowRollupHdrs === true, ["denyPurge"]],
  [({ maxAge }) => SMALL_AGES.includes(String(maxAge)), ["duplicateWindow"]],
  [({ subjects }) => (subjects as string[] | undefined)?.includes(">") === true, ["replicas"]],
];

/** Leaves out of a stream what makes most servers refuse it. */
export function mendStream(spec: Fields): Fields {
  return MENDS.reduce((mended, [when, drop]) => (when(mended) ? without(mended, drop) : mended), spec);
}

function without(spec: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !keys.includes(key)));
}
