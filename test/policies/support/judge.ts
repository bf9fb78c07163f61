import type { defineCluster } from "../../../model/cluster/cluster-spec";
import { formatFinding } from "../../../model/finding";
import type { TopologySpec } from "../../../model/topology-spec";
import { buildSystem, type ClusterInput } from "../../../policies/build-system";
import type { PolicyRule, Preset } from "../../../policies/rule";
import { runRules } from "../../../policies/run-rules";
import { type PolicyConfig, resolveSettings } from "../../../policies/settings";
import { declaredIn } from "../../../preflight/preflight";
import * as baseline from "./baseline";

/** A value that is not known yet, as at a first preview. */
export const UNKNOWN = Symbol("not known yet") as unknown as never;
/** True for what is not known yet, or holds it. */
export const holdsUnknown = (value: unknown): boolean =>
  value === UNKNOWN || (typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown));

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;

/** The baseline with one thing changed, as data: `edited((all) => { all.topology.streams.ORDERS_V1.replicas = 1; })`. */
export function edited(change: (all: { topology: Loose; cluster: Loose }) => void): {
  topology: TopologySpec;
  cluster: ReturnType<typeof defineCluster>;
} {
  const all = structuredClone({ topology: baseline.topology, cluster: baseline.cluster }) as Loose;
  change(all);
  return all;
}

interface Judging {
  readonly config?: PolicyConfig[string];
  readonly preset?: Preset;
}

/** Whole messages of one rule about the baseline with one thing changed. */
export function messages(
  rule: PolicyRule,
  change: (all: { topology: Loose; cluster: Loose }) => void,
  { config, preset = "prod" }: Judging = {},
): string[] {
  const { topology, cluster } = edited(change);
  const declared = declaredIn(topology).map((one) => ({ ...one, isUnknown: holdsUnknown }));
  const clusters: ClusterInput[] = cluster ? [{ spec: cluster, isUnknown: holdsUnknown }] : [];
  const system = buildSystem([{ declared, external: topology.external }], clusters);
  const settings = resolveSettings([rule], preset, config === undefined ? [] : [{ [rule.id]: config }]);
  return runRules(system, settings).map(formatFinding);
}
