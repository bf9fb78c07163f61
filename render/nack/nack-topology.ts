import type { Declared } from "../../model/declared";
import type { Finding, SpecKind } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { askedStrictly } from "./asked-strictly";
import { metadataNames } from "./metadata-name";
import { type NackOptions, toNack } from "./to-nack";

/** What all resources of a set have, and what single ones have besides. */
export interface NackTopologyOptions extends Omit<NackOptions, "name" | "waive"> {
  /**
   * Options of one asset, over those of all.
   * @default - none
   */
  readonly of?: (asset: Declared) => NackOptions | undefined;
}

export interface NackTopology {
  readonly objects: readonly KubernetesObject[];
  readonly findings: readonly Finding[];
}

/** A set of assets as resources of NACK: streams, buckets, then consumers, each in the order of the set. */
export function nackTopology(topology: TopologySpec, options: NackTopologyOptions = {}): NackTopology {
  const { of = () => undefined, ...common } = options;
  const assets = askedStrictly(declaredAssets(topology));
  const names = metadataNames(assets);
  const made = assets.map((asset, i) => {
    const { kind, spec, waive } = asset;
    return toNack(kind, spec, { ...common, name: names[i], waive, ...of(asset) });
  });
  return { objects: made.map(({ object }) => object), findings: made.flatMap(({ findings }) => findings) };
}

type Fields = Readonly<Record<string, unknown>>;

/** Every asset of a set. */
export function declaredAssets(topology: TopologySpec): Declared[] {
  const { streams = {}, keyValues = {}, objectStores = {}, consumers = [] } = topology;
  const named = (kind: SpecKind, map: Readonly<Record<string, object>>) =>
    Object.entries(map).map(([name, spec]) => declared(kind, { ...spec, name }));
  return [
    ...named("stream", streams),
    ...named("key-value bucket", keyValues),
    ...named("object store", objectStores),
    ...consumers.map((spec) => declared("consumer", spec as unknown as Fields)),
  ];
}

function declared(kind: SpecKind, { waive, ...spec }: Fields): Declared {
  return { kind, spec, ...(waive !== undefined && { waive: waive as Declared["waive"] }) };
}
