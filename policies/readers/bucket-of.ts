import {
  keyValueToStream,
  objectStoreToStream,
  streamToKeyValue,
  streamToObjectStore,
} from "../../model/bucket-stream";
import { contextualDefaults, dropDefaults } from "../../model/defaults";
import type { KeyValueSpec } from "../../model/key-value-spec";
import { normalizeSpec } from "../../model/normalize";
import type { ObjectStoreSpec } from "../../model/object-store-spec";
import { sameValue } from "../../model/walk";
import type { Declared } from "../../preflight/preflight";

type Stream = Readonly<Record<string, unknown>> & { readonly name: string };

interface BucketKind {
  readonly kind: "key-value bucket" | "object store";
  readonly prefix: string;
  readonly fromStream: (stream: Stream) => object;
  readonly toStream: (bucket: object) => object;
}

const KINDS: readonly BucketKind[] = [
  {
    kind: "key-value bucket",
    prefix: "KV_",
    fromStream: streamToKeyValue,
    toStream: (bucket) => keyValueToStream(bucket as KeyValueSpec),
  },
  {
    kind: "object store",
    prefix: "OBJ_",
    fromStream: streamToObjectStore,
    toStream: (bucket) => objectStoreToStream(bucket as ObjectStoreSpec),
  },
];

// How clients reach what a bucket holds, which older ones chose otherwise: a bucket does not say it, and is one all the same.
const ACCESS = ["allowDirect", "mirrorDirect", "allowMsgTtl", "allowBatched"];

/** The bucket a stream holds: one that says the same when it is turned into a stream again. */
export function bucketOf(stream: Stream): Declared | undefined {
  const bucket = KINDS.find(({ prefix }) => stream.name.startsWith(prefix) && stream.name.length > prefix.length);
  if (!bucket) return undefined;
  const { kind, fromStream, toStream } = bucket;
  const spec = normalizeSpec(kind, fromStream(stream));
  return sameValue(said(toStream(spec)), said(stream)) ? { kind, spec } : undefined;
}

function said(stream: object): object {
  const normal = dropDefaults(normalizeSpec("stream", stream), contextualDefaults.stream);
  return Object.fromEntries(Object.entries(normal).filter(([key]) => !ACCESS.includes(key)));
}
