import { keyValueToStream, objectStoreToStream } from "../../model/bucket-stream";
import type { Declared } from "../../model/declared";
import type { Finding, SpecKind } from "../../model/finding";
import type { KeyValueSpec } from "../../model/key-value-spec";
import { normalizeSpec } from "../../model/normalize";
import type { ObjectStoreSpec } from "../../model/object-store-spec";
import type { TopologySpec } from "../../model/topology-spec";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { fromNack } from "./from-nack";
import { impliedByOthers } from "./implied-by-others";
import { metadataNames } from "./metadata-name";
import { type NackOptions, type NackResource, toNack } from "./to-nack";

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
  const assets = declaredAssets(topology);
  const names = metadataNames(assets);
  const made = nackResources(
    assets.map((asset, i) => ({
      asset,
      options: { ...common, name: names[i], waive: asset.waive, ...of(asset) },
    })),
  );
  return { objects: made.map(({ object }) => object), findings: made.flatMap(({ findings }) => findings) };
}

/** An asset of a set, and what its resource says besides. */
export interface AssetToRender {
  readonly asset: Pick<Declared, "kind" | "spec">;
  readonly options: NackOptions;
}

/**
 * Assets of one account as resources of NACK, in their order, each with what others imply written out.
 *
 * @param beside Other assets of the account, which something else makes.
 */
export function nackResources(
  assets: readonly AssetToRender[],
  beside: readonly Pick<Declared, "kind" | "spec">[] = [],
): NackResource[] {
  const streams = new Map([...beside, ...assets.map(({ asset }) => asset)].flatMap(streamOf));
  return assets.map(({ asset: { kind, spec }, options }) => {
    const { implied, findings } = impliedByOthers({ kind, spec }, streams);
    const resource = toNack(kind, { ...spec, ...implied }, options);
    return { ...resource, findings: [...findings, ...resource.findings] };
  });
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The assets of a set as their resources will be read back, what other assets imply written out: to be compared with what
 * was rendered before.
 */
export function assetsAsRendered(topology: TopologySpec, options: NackTopologyOptions = {}): Declared[] {
  return nackTopology(topology, options).objects.flatMap((object) => {
    const { declared } = fromNack(object);
    return declared ? [declared] : [];
  });
}

function streamOf({ kind, spec }: Pick<Declared, "kind" | "spec">): [name: string, stream: Fields][] {
  if (kind === "stream") return [[String(spec.name), normalizeSpec(kind, spec)]];
  if (kind === "consumer") return [];
  const stream: object =
    kind === "object store"
      ? objectStoreToStream(spec as unknown as ObjectStoreSpec)
      : keyValueToStream(spec as unknown as KeyValueSpec);
  return [[String((stream as Fields).name), stream as Fields]];
}

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

function declared(kind: SpecKind, { waive, allow: _, ...spec }: Fields): Declared {
  return { kind, spec, ...(waive !== undefined && { waive: waive as Declared["waive"] }) };
}
