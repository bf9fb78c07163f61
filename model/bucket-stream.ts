import type { KeyValueSpec } from "./key-value-spec";
import type { ObjectStoreSpec } from "./object-store-spec";
import type { SourceSpec, StreamSpec } from "./stream-spec";

/** A stream spec seen as plain fields: it is built here, not typed in. */
type StreamFields = Readonly<Record<string, unknown>> & { readonly name: string };
type Fields = Readonly<Record<string, unknown>>;

const KV = "KV_";
const OBJ = "OBJ_";
const compressed = (on: boolean | undefined) => (on ? "s2" : undefined);

/** The stream behind a key-value bucket, as nats.go makes it: `KV_<name>` with the flags every client relies on. */
export function keyValueToStream(bucket: KeyValueSpec): StreamSpec {
  const { name, ttl, history = 1, maxValueSize, compression, limitMarkerTtl, mirror, sources, ...same } = bucket;
  return {
    ...same,
    name: `${KV}${name}`,
    ...(mirror
      ? { mirror: { ...mirror, name: `${KV}${mirror.name}` }, mirrorDirect: true }
      : { subjects: [`$KV.${name}.>`] }),
    ...(sources && { sources: sources.map((source) => toKeySource(name, source)) }),
    maxMsgsPerSubject: history,
    maxAge: ttl,
    maxMsgSize: maxValueSize,
    compression: compressed(compression),
    discard: "new",
    allowRollupHdrs: true,
    denyDelete: true,
    allowDirect: true,
    ...(limitMarkerTtl && { allowMsgTtl: true, subjectDeleteMarkerTtl: limitMarkerTtl }),
  } as StreamSpec;
}

/** The bucket a stream holds: the inverse of `keyValueToStream`, as far as a bucket can say it. */
export function streamToKeyValue(stream: StreamFields): KeyValueSpec {
  const name = stream.name.slice(KV.length);
  const mirror = stream.mirror as SourceSpec | undefined;
  const sources = stream.sources as SourceSpec[] | undefined;
  return {
    ...pick(stream, [
      "description",
      "maxBytes",
      "storage",
      "replicas",
      "placement",
      "republish",
      "metadata",
      "dataClass",
    ]),
    name,
    ttl: stream.maxAge,
    history: stream.maxMsgsPerSubject,
    maxValueSize: stream.maxMsgSize,
    compression: stream.compression === "s2" ? true : undefined,
    limitMarkerTtl: stream.subjectDeleteMarkerTtl,
    mirror: mirror && { ...mirror, name: withoutPrefix(mirror.name) },
    sources: sources?.map((source) => fromKeySource(name, source)),
  } as KeyValueSpec;
}

/** The stream behind an object store: `OBJ_<name>`. */
export function objectStoreToStream(store: ObjectStoreSpec): StreamSpec {
  const { name, ttl, compression, ...same } = store;
  return {
    ...same,
    name: `${OBJ}${name}`,
    subjects: [`$O.${name}.C.>`, `$O.${name}.M.>`],
    maxAge: ttl,
    compression: compressed(compression),
    discard: "new",
    allowRollupHdrs: true,
    allowDirect: true,
  } as StreamSpec;
}

/** The object store a stream holds. */
export function streamToObjectStore(stream: StreamFields): ObjectStoreSpec {
  const same = [
    "description",
    "maxBytes",
    "storage",
    "replicas",
    "placement",
    "metadata",
    "dataClass",
    "sealed",
    "allowBatched",
  ];
  return {
    ...pick(stream, same),
    name: stream.name.slice(OBJ.length),
    ttl: stream.maxAge,
    compression: stream.compression === "s2" ? true : undefined,
  } as ObjectStoreSpec;
}

// Keys keep their names in the new bucket (nats.go jetstream/kv.go prepareKeyValueConfig).
function keyTransform(origin: string, bucket: string) {
  return [{ src: `$KV.${origin}.>`, dest: `$KV.${bucket}.>` }];
}

function toKeySource(bucket: string, source: SourceSpec): SourceSpec {
  const transforms = source.subjectTransforms?.length || source.filterSubject;
  return {
    ...source,
    name: `${KV}${source.name}`,
    ...(!transforms && { subjectTransforms: keyTransform(source.name, bucket) }),
  };
}

function fromKeySource(bucket: string, source: SourceSpec): SourceSpec {
  const name = withoutPrefix(source.name);
  const { subjectTransforms, ...rest } = source;
  const own = JSON.stringify(subjectTransforms) === JSON.stringify(keyTransform(name, bucket));
  return { ...rest, name, ...(!own && subjectTransforms && { subjectTransforms }) };
}

function withoutPrefix(stream: string): string {
  return stream.startsWith(KV) ? stream.slice(KV.length) : stream;
}

function pick(from: Fields, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}

/** What differs between kinds of bucket: what the stream behind one is called, and how each is made from the other. */
export interface BucketKind {
  readonly prefix: string;
  readonly toStream: (bucket: Fields) => StreamSpec;
  readonly fromStream: (stream: StreamFields) => KeyValueSpec | ObjectStoreSpec;
}

/** Both kinds of bucket, by the word messages use. */
export const bucketKinds: Readonly<Record<"key-value bucket" | "object store", BucketKind>> = {
  "key-value bucket": {
    prefix: KV,
    toStream: (bucket) => keyValueToStream(bucket as unknown as KeyValueSpec),
    fromStream: streamToKeyValue,
  },
  "object store": {
    prefix: OBJ,
    toStream: (bucket) => objectStoreToStream(bucket as unknown as ObjectStoreSpec),
    fromStream: streamToObjectStore,
  },
};
