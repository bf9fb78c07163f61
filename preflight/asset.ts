import { bucketKinds } from "../model/bucket-stream";
import type { ConsumerFields } from "../model/consumer-spec";
import type { SpecKind } from "../model/finding";
import type { StreamFields } from "../model/stream-spec";

export type { ConsumerFields, StreamFields };
export type StreamKind = Exclude<SpecKind, "consumer">;

/** A stream as rules see it: its own, or the one behind a bucket. */
export interface StreamAsset {
  readonly kind: StreamKind;
  /** The name in messages: a bucket's own. */
  readonly name: string;
  /** The stream's configuration; a field that is not known yet throws `notKnown` when it is read. */
  readonly spec: StreamFields;
  /** Declared in the set judged; else it exists on the server, or elsewhere. */
  readonly declared: boolean;
  /** The resource that declares it, where a program does. */
  readonly by?: string;
  /** The asset's word for a field of the stream: a bucket's `maxAge` is its `ttl`. */
  readonly word: (field: string) => string;
}

export interface ConsumerAsset {
  readonly kind: "consumer";
  /** `STREAM/NAME` */
  readonly name: string;
  readonly spec: ConsumerFields;
  readonly declared: boolean;
  readonly by?: string;
}

/** Thrown by a field that is not known yet: the rule that reads it has nothing to say so far. */
export const notKnown = Symbol("not known");

type Fields = Readonly<Record<string, unknown>>;
type IsUnknown = (value: unknown) => boolean;

const BUCKET_WORDS: Readonly<Record<string, string>> = {
  maxAge: "ttl",
  maxMsgsPerSubject: "history",
  maxMsgSize: "maxValueSize",
  subjectDeleteMarkerTtl: "limitMarkerTtl",
};

// Fields of the stream that a bucket's field decides.
const DECIDES: Readonly<Record<string, readonly string[]>> = {
  name: ["name", "subjects"],
  ttl: ["maxAge"],
  history: ["maxMsgsPerSubject"],
  maxValueSize: ["maxMsgSize"],
  limitMarkerTtl: ["subjectDeleteMarkerTtl", "allowMsgTtl"],
  mirror: ["mirror", "mirrorDirect", "subjects"],
};

/** How an asset came into the world. */
export interface Entry {
  readonly declared: boolean;
  readonly by?: string;
  readonly isUnknown?: IsUnknown;
  /** Fields that are not judged: what was written for them has no shape. */
  readonly hidden?: readonly string[];
}

/** Makes the view rules have of a stream or bucket whose shape was checked. */
export function streamAsset(kind: StreamKind, spec: Fields, entry: Entry): StreamAsset {
  const pending = pendingFields(spec, entry);
  const known = pending.length > 0 ? without(spec, pending) : spec;
  const hidden =
    kind === "stream"
      ? pending
      : pending.flatMap((key) => (Object.hasOwn(DECIDES, key) ? (DECIDES[key] ?? []) : [key]));
  return {
    kind,
    name: String(spec.name),
    spec: hiding(kind === "stream" ? known : bucketKinds[kind].toStream(known), hidden) as StreamFields,
    declared: entry.declared,
    by: entry.by,
    word: kind === "stream" ? (field) => field : bucketWord,
  };
}

/** Makes the view rules have of a consumer whose shape was checked. */
export function consumerAsset(spec: Fields, entry: Entry): ConsumerAsset {
  const { declared, by } = entry;
  const pending = pendingFields(spec, entry);
  const view = hiding(without(spec, pending), pending) as unknown as ConsumerFields;
  return { kind: "consumer", name: `${spec.stream}/${spec.name}`, spec: view, declared, by };
}

function pendingFields(spec: Fields, { isUnknown, hidden = [] }: Entry): readonly string[] {
  return isUnknown ? [...Object.keys(spec).filter((key) => isUnknown(spec[key])), ...hidden] : hidden;
}

function bucketWord(field: string): string {
  const [first = "", rest = ""] = field.split(/(?=[.[])(.*)/s);
  // A bucket's subjects come with its name.
  return first === "subjects" ? "" : (BUCKET_WORDS[first] ?? first) + rest;
}

function without(spec: Fields, keys: readonly string[]): Fields {
  return keys.length === 0 ? spec : Object.fromEntries(Object.entries(spec).filter(([key]) => !keys.includes(key)));
}

/** A view of a spec in which some fields throw `notKnown` when they are read. */
export function hiding(spec: object, hidden: readonly string[]): object {
  if (hidden.length === 0) return spec;
  return new Proxy(spec, {
    get(target, key) {
      if (typeof key === "string" && hidden.includes(key)) throw notKnown;
      return Reflect.get(target, key);
    },
  });
}

/** The subjects a consumer asks for; none means all, `undefined` that it is not known yet. */
export function filtersOf({ spec }: ConsumerAsset): readonly string[] | undefined {
  return unlessHidden(() => (spec.filterSubject ? [spec.filterSubject] : (spec.filterSubjects ?? [])));
}

/** The subjects a stream stores: its name where it says none and copies from nowhere; `undefined` when not known yet. */
export function subjectsOf({ spec }: StreamAsset): readonly string[] | undefined {
  return unlessHidden(() => {
    if (spec.subjects && spec.subjects.length > 0) return spec.subjects;
    return spec.mirror || (spec.sources && spec.sources.length > 0) ? [] : [spec.name];
  });
}

/** Reads fields; `undefined` when one of them is not known yet. */
export function unlessHidden<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (reason) {
    if (reason === notKnown) return undefined;
    throw reason;
  }
}
