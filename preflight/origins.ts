import type { SourceSpec } from "../model/stream-spec";
import type { StreamAsset } from "./asset";

/** A mirror's origin or one of the sources, and where it stands in the spec. */
export interface Origin {
  readonly field: string;
  readonly role: "mirror" | "source";
  readonly source: SourceSpec;
}

/** Everything a stream copies from. */
export function originsOf({ spec }: StreamAsset): Origin[] {
  const mirror: Origin[] = spec.mirror ? [{ field: "mirror", role: "mirror", source: spec.mirror }] : [];
  const sources = (spec.sources ?? []).map((source, i): Origin => ({ field: `sources[${i}]`, role: "source", source }));
  return [...mirror, ...sources];
}
