import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { SpecKind } from "../../model/finding";
import { specShapes } from "../../model/spec-shapes";
import { typeTokens } from "../../model/type-tokens";
import { isObject } from "../../model/walk";
import type { Declared } from "../../preflight/preflight";
import type { ClusterInput } from "../build-system";
import { isUnknown } from "../unknown-value";
import type { EngineResource } from "./engine";
import { nackAccount, nackTypeOf, readNackResource } from "./read-nack-resource";
import { allUnknown, readProps } from "./read-props";

/** What resources can declare that rules are about. */
export type ResourceKind = SpecKind | "cluster" | "event bus";

/** Types of the resources that are judged, by what they declare. A cluster's component has no inputs: its child has. */
export const typeOf: Readonly<Record<ResourceKind, string>> = {
  stream: typeTokens.stream,
  consumer: typeTokens.consumer,
  "key-value bucket": typeTokens.keyValue,
  "object store": typeTokens.objectStore,
  cluster: typeTokens.clusterChange,
  "event bus": "kubernetes:argoproj.io/v1alpha1:EventBus",
};

/** Every type of resource that declares something of a kind. */
export function typesOf(kind: ResourceKind): readonly string[] {
  return kind === "cluster" || kind === "event bus" ? [typeOf[kind]] : [typeOf[kind], nackTypeOf[kind]];
}

const kinds = new Map(
  (Object.keys(typeOf) as ResourceKind[]).flatMap((kind) => typesOf(kind).map((type) => [type, kind] as const)),
);
const fields = new Map<ResourceKind, readonly string[]>(
  Object.entries(specShapes).map(([kind, shape]) => [kind as SpecKind, Object.keys(shape.fields.shape)]),
);

/** What a resource declares; `undefined` where it is nothing rules are about. */
export function kindOf({ type }: Pick<EngineResource, "type">): ResourceKind | undefined {
  return kinds.get(type);
}

const isManifest = ({ type }: Pick<EngineResource, "type">) => type.startsWith("kubernetes:");

/** The property every resource of its type has, once anything is known of it. */
export const identityOf = (resource: Pick<EngineResource, "type">): string =>
  isManifest(resource) || resource.type === typeOf.cluster ? "spec" : "name";

/** The account a resource's asset is in: one provider makes those of one. */
export function accountOf(resource: EngineResource): string {
  const provider = resource.provider?.urn ?? "";
  return isManifest(resource) ? `${provider} ${nackAccount(resource)}` : provider;
}

/**
 * An asset as a resource declares it: what manages the resource is left out. Where the engine shows nothing of it, nothing of
 * it is known.
 */
export function readAsset(kind: SpecKind, resource: EngineResource): Declared {
  const own = fields.get(kind) ?? [];
  const { props, name } = resource;
  const isShown = identityOf(resource) in props;
  const manifest = isShown && isManifest(resource) ? readNackResource(kind, resource) : undefined;
  if (manifest) return manifest;
  if (isManifest(resource)) return { kind, spec: allUnknown(own), isUnknown, by: name };
  const { waive, ...spec } = isShown ? readProps(props, [...own, "waive"]) : allUnknown(own);
  return { kind, spec, isUnknown, by: name, ...(waive !== undefined && { waive }) };
}

/** A cluster; `undefined` where nothing of it is known yet. */
export function readCluster({ props }: EngineResource): ClusterInput | undefined {
  const { spec } = readProps(props, ["spec"]);
  return isObject(spec) ? { spec: spec as unknown as ClusterSpec, isUnknown } : undefined;
}
