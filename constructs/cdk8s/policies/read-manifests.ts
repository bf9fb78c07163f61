import type { Finding } from "../../../model/finding";
import { isObject } from "../../../model/walk";
import { type AccountInput, buildSystem } from "../../../policies/build-system";
import { readReleases } from "../../../policies/readers/release/release-reader";
import type { System } from "../../../policies/system";
import { assetName } from "../../../preflight/check-spec";
import { fromEventBus } from "../../../render/event-bus/from-event-bus";
import type { KubernetesObject } from "../../../render/kubernetes/kubernetes-object";
import type { PlacedObject } from "../../../render/kubernetes/placed-object";
import { accountKey } from "../../../render/nack/connection";
import { itemsOf, type RenderedAsset, renderedAssets } from "../../../render/nack/rendered-assets";

/** A manifest and the objects in it. */
export interface Manifest {
  readonly path: string;
  readonly objects: readonly unknown[];
}

/** The resource that declares something. */
export interface Origin {
  /** Its `metadata.name`. */
  readonly resource: string;
  readonly manifest: string;
}

/** What manifests declare. */
export interface ReadManifests {
  readonly system: System;
  /** What is wrong with the resources themselves. */
  readonly findings: readonly Finding[];
  /** The resources a finding is about. */
  readonly originsOf: (finding: Pick<Finding, "kind" | "name">) => readonly Origin[];
}

/** Reads rendered manifests as what rules judge: the assets of each account are one set. */
export function readManifests(manifests: readonly Manifest[]): ReadManifests {
  const assets = manifests.flatMap(({ path, objects }) =>
    renderedAssets(objects).all.map((asset) => ({ ...asset, manifest: path })),
  );
  const byAccount = Map.groupBy(assets, ({ connection, namespace }) => accountKey(connection, namespace));
  const accounts = [...byAccount.values()].map(
    (group): AccountInput => ({ declared: group.map(({ declared }) => declared) }),
  );
  const buses = manifests.flatMap(({ path, objects }) =>
    objects.flatMap(itemsOf).flatMap((object) => readBus(object, path)),
  );
  const releases = readReleases(
    manifests.flatMap(({ path, objects }) => objects.flatMap(itemsOf).flatMap((value) => placed(value, path))),
  );
  const clusters = releases.clusters.map(({ name, place }) => ({ resource: name, manifest: place.file }));
  const named = [
    ...assets.map((asset) => ({ ...asset, about: `${asset.declared.kind} ${nameOf(asset)}` })),
    ...buses.map((bus) => ({ ...bus, about: `event bus ${bus.resource}` })),
    ...clusters.map((cluster) => ({ ...cluster, findings: [], about: `cluster ${cluster.resource}` })),
  ];
  const origins = Map.groupBy(named, ({ about }) => about);
  return {
    system: buildSystem(accounts, releases.clusters, buses),
    findings: [...named.flatMap(({ findings }) => findings), ...releases.findings],
    originsOf: ({ kind, name }) => origins.get(`${kind} ${name}`) ?? [],
  };
}

const nameOf = ({ declared: { kind, spec } }: RenderedAsset) => assetName(kind, spec);

// The parts of an object are not told apart: cdk8s-cli names the resource.
function placed(value: unknown, file: string): PlacedObject[] {
  const place = () => ({ file });
  return isObject(value) ? [{ value, place, placeInText: place }] : [];
}

function readBus(object: unknown, manifest: string) {
  if (!isObject(object) || object.kind !== "EventBus" || !isObject(object.metadata)) return [];
  const { declared, findings } = fromEventBus(object as unknown as KubernetesObject);
  return declared ? [{ spec: declared, resource: declared.name, manifest, findings }] : [];
}
