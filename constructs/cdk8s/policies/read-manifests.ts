import type { Finding } from "../../../model/finding";
import { type AccountInput, buildSystem } from "../../../policies/build-system";
import type { System } from "../../../policies/system";
import { assetName } from "../../../preflight/check-spec";
import { renderedAssets } from "../rendered-assets";

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
    renderedAssets(objects).map((asset) => ({ ...asset, manifest: path })),
  );
  const accounts = [...Map.groupBy(assets, ({ account }) => account).values()].map(
    (group): AccountInput => ({ declared: group.map(({ declared }) => declared) }),
  );
  const origins = Map.groupBy(assets, ({ declared: { kind, spec } }) => `${kind} ${assetName(kind, spec)}`);
  return {
    system: buildSystem(accounts),
    findings: assets.flatMap(({ findings }) => findings),
    originsOf: ({ kind, name }) => origins.get(`${kind} ${name}`) ?? [],
  };
}
