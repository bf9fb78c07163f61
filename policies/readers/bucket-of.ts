import { bucketKinds } from "../../model/bucket-stream";
import { contextualDefaults, dropDefaults } from "../../model/defaults";
import { normalizeSpec } from "../../model/normalize";
import { sameValue } from "../../model/walk";
import type { Declared } from "../../preflight/preflight";

type Stream = Readonly<Record<string, unknown>> & { readonly name: string };

const KINDS = Object.entries(bucketKinds) as [keyof typeof bucketKinds, (typeof bucketKinds)["object store"]][];

// How clients reach what a bucket holds, which older ones chose otherwise: a bucket does not say it, and is one all the same.
const ACCESS = ["allowDirect", "mirrorDirect", "allowMsgTtl", "allowBatched"];

/** The bucket a stream holds: one that says the same when it is turned into a stream again. */
export function bucketOf(stream: Stream): Declared | undefined {
  const found = KINDS.find(([, { prefix }]) => stream.name.startsWith(prefix) && stream.name.length > prefix.length);
  if (!found) return undefined;
  const [kind, { fromStream, toStream }] = found;
  const spec = normalizeSpec(kind, fromStream(stream));
  return sameValue(said(toStream(spec)), said(stream)) ? { kind, spec } : undefined;
}

function said(stream: object): object {
  const normal = dropDefaults(normalizeSpec("stream", stream), contextualDefaults.stream);
  return Object.fromEntries(Object.entries(normal).filter(([key]) => !ACCESS.includes(key)));
}
