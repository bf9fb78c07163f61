import { type Declared, declaredName } from "../../model/declared";
import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { parseDuration } from "../../model/units";
import { isObject } from "../../model/walk";

type Fields = Readonly<Record<string, unknown>>;

const PREFIXES: Partial<Record<SpecKind, string>> = { "key-value bucket": "KV_", "object store": "OBJ_" };

/**
 * Assets of one set with what servers fill in from another asset of it. NACK asks servers strictly: they refuse what they
 * would have to fill in.
 */
export function askedStrictly(assets: readonly Declared[]): Declared[] {
  const streams = new Map(
    assets
      .filter(({ kind }) => kind !== "consumer")
      .map((asset) => [`${PREFIXES[asset.kind] ?? ""}${declaredName(asset)}`, asset]),
  );
  return assets.map((asset) => {
    const { kind, spec } = asset;
    if (kind === "consumer") return { ...asset, spec: { ...limitsOf(streams.get(String(spec.stream))), ...spec } };
    return kind === "stream" ? { ...asset, spec: { ...spec, ...directOf(streams, spec) } } : asset;
  });
}

// Limits of the stream that are defaults of its consumers.
function limitsOf(stream: Declared | undefined): Fields {
  if (stream?.kind !== "stream") return {};
  const { consumerLimits } = normalizeSpec("stream", stream.spec);
  if (!isObject(consumerLimits)) return {};
  const { inactiveThreshold, maxAckPending } = consumerLimits;
  return {
    ...((parseDuration(inactiveThreshold) ?? 0n) > 0n && { inactiveThreshold }),
    ...(Number(maxAckPending ?? 0) > 0 && { maxAckPending }),
  };
}

// A mirror answers direct gets exactly where its origin does; one that says something else is refused.
function directOf(streams: ReadonlyMap<string, Declared>, { mirror, mirrorDirect }: Fields): Fields {
  if (mirrorDirect !== undefined) return {};
  const origin = isObject(mirror) && !mirror.external ? streams.get(String(mirror.name)) : undefined;
  if (!origin) return {};
  return { mirrorDirect: origin.kind !== "stream" || normalizeSpec("stream", origin.spec).allowDirect === true };
}
