import type { SpecKind } from "../../../model/finding";
import type { KubernetesObject } from "../../../render/kubernetes/kubernetes-object";
import { nackTopology } from "../../../render/nack/nack-topology";
import type { NackOptions } from "../../../render/nack/to-nack";
import { type Asset, assetsOf, nameOf, topologyOf } from "../../oracle/asset";
import { topologies } from "../../oracle/topologies";
import { samples } from "../samples";

/** Assets that live in one account. */
export type AssetSet = readonly Asset[];

const basic: Readonly<Record<SpecKind, object>> = {
  stream: { name: "S", subjects: ["in.>"] },
  consumer: { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" },
  "key-value bucket": { name: "B" },
  "object store": { name: "B" },
};

/** A set for each sampled value of each field, as small as it can be. */
export function sampleSets(): AssetSet[] {
  return (Object.keys(samples) as SpecKind[]).flatMap((kind) =>
    samples[kind].map(({ field, value, beside }) => {
      const spec = compact({ ...basic[kind], ...beside, [field]: value });
      const stream: Asset = { kind: "stream", spec: { name: "S", subjects: ["in.>"] } };
      return kind === "consumer" ? [stream, { kind, spec }] : [{ kind, spec }];
    }),
  );
}

const compact = (spec: object) =>
  Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)) as Asset["spec"];

/** Random sets for one server of the version the tests run, the same ones for one seed. */
export function randomSets(count: number, seed: number): AssetSet[] {
  return [...topologies({ version: "2.15.1", servers: 1 }, seed, count)];
}

/** The resources of a set. What NACK cannot have at all is left out: its finding is an error. */
export function resourcesOf(set: AssetSet, prefix: string, options: NackOptions): [Asset, KubernetesObject][] {
  const topology = topologyOf(set);
  const { objects, findings } = nackTopology(topology, options);
  const refused = new Set(
    findings.flatMap(({ severity, kind, name }) => (severity === "error" ? [`${kind} ${name}`] : [])),
  );
  const named = assetsOf(topology).map((asset, i) => [asset, objects[i] as KubernetesObject] as const);
  return named.flatMap(([asset, object], i) =>
    refused.has(`${asset.kind} ${nameOf(asset)}`)
      ? []
      : [[asset, { ...object, metadata: { ...object.metadata, name: `${prefix}-${i}` } }]],
  );
}
