import type { SpecKind } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";

export type Fields = Readonly<Record<string, unknown>>;

/** One declared asset: its kind, and its spec with the name in it. */
export interface Asset {
  readonly kind: SpecKind;
  readonly spec: Fields;
}

const MAPS = { stream: "streams", "key-value bucket": "keyValues", "object store": "objectStores" } as const;
const PREFIXES = { stream: "", "key-value bucket": "KV_", "object store": "OBJ_" } as const;

/** The assets of a topology in the order they are created. */
export function assetsOf(topology: TopologySpec): Asset[] {
  const named = Object.entries(MAPS).flatMap(([kind, map]) =>
    Object.entries(topology[map] ?? {}).map(([name, spec]) => ({ kind: kind as SpecKind, spec: { ...spec, name } })),
  );
  return [...named, ...(topology.consumers ?? []).map((spec): Asset => ({ kind: "consumer", spec: { ...spec } }))];
}

/** The topology of assets: the inverse of `assetsOf`. */
export function topologyOf(assets: readonly Asset[]): TopologySpec {
  const maps = Object.entries(MAPS).map(([kind, map]) => {
    const own = assets.filter((asset) => asset.kind === kind);
    return [map, Object.fromEntries(own.map(({ spec: { name, ...spec } }) => [name, spec]))] as const;
  });
  const consumers = assets.filter(({ kind }) => kind === "consumer").map(({ spec }) => spec);
  const filled = maps.filter(([, map]) => Object.keys(map).length > 0);
  return { ...Object.fromEntries(filled), ...(consumers.length > 0 && { consumers }) } as TopologySpec;
}

/** The stream an asset is, or belongs to, on the server. */
export function streamOf({ kind, spec }: Asset): string {
  return kind === "consumer" ? String(spec.stream) : `${PREFIXES[kind]}${spec.name}`;
}

/** The name findings use. */
export function nameOf({ kind, spec }: Asset): string {
  return kind === "consumer" ? `${spec.stream}/${spec.name}` : String(spec.name);
}
