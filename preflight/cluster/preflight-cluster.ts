import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { type EffectiveCluster, effectiveCluster } from "../../model/cluster/effective";
import type { Finding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { isOlder, NEWEST } from "../../model/version";
import { hiding, type StreamAsset, streamAsset, unlessHidden } from "../asset";
import { checkSpec } from "../check-spec";
import { declaredIn } from "../preflight";
import { checkCluster, clusterName, misshapenClusterFields } from "./check-cluster";
import type { ClusterRule, ClusterView } from "./rule";
import { clusterRules } from "./rules";

/** What is known besides the cluster. */
export interface ClusterPreflightOptions {
  /**
   * What the cluster is to hold.
   * @default - not known
   */
  readonly topology?: TopologySpec;
  /**
   * What of the cluster is not known; rules that need it say nothing.
   * @default - everything is known
   */
  readonly isUnknown?: (value: unknown) => boolean;
  /** The rules to judge with: all of them, but for tests that prove each is needed. */
  readonly rules?: readonly ClusterRule[];
}

/**
 * What servers would say to a cluster before any is started: errors are what they refuse to start with, or what cannot be
 * made; warnings are accepted, but cannot work or are a hazard. Pure. Errors come first. Never contains a secret.
 */
export function preflightCluster(
  spec: ClusterSpec,
  { topology, isUnknown = () => false, rules = clusterRules }: ClusterPreflightOptions = {},
): Finding[] {
  const shape = checkCluster(spec, isUnknown);
  const unknown = Object.entries(spec).flatMap(([key, value]) => (isUnknown(value) ? [key] : []));
  const hidden = [...misshapenClusterFields(shape), ...unknown];
  const view = clusterView(spec, hidden, topology && streamsOf(topology));
  const name = clusterName(spec, isUnknown);
  const found = rules.flatMap((rule) => apply(rule, view, name));
  const all = [...shape, ...found];
  return [
    ...all.filter(({ severity }) => severity === "error"),
    ...all.filter(({ severity }) => severity === "warning"),
  ];
}

// What follows from a field.
const DECIDES: Readonly<Record<string, readonly (keyof EffectiveCluster)[]>> = {
  version: ["version"],
  size: ["size", "standalone", "witness"],
  standalone: ["standalone", "witness"],
  ports: ["ports"],
  jetstream: ["maxFileStore", "maxMemoryStore"],
  accounts: ["systemAccount"],
  systemAccount: ["systemAccount"],
  lameDuck: ["lameDuck"],
};

/** The view rules have of a cluster: fields that are hidden, and what follows from them, throw when they are read. */
export function clusterView(
  spec: ClusterSpec,
  hidden: readonly string[],
  streams?: readonly StreamAsset[],
): ClusterView {
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => !hidden.includes(key)));
  const known = hiding(rest, hidden) as ClusterSpec;
  const unsure = hidden.flatMap((field) => DECIDES[field] ?? []);
  return {
    spec: known,
    effective: hiding(effectiveCluster(rest as unknown as ClusterSpec), unsure) as EffectiveCluster,
    streams,
    isOlderThan: (version) => isOlder(known.version ?? NEWEST, version),
  };
}

// A stream whose own shape is wrong is judged where streams are.
function streamsOf(topology: TopologySpec): StreamAsset[] {
  return declaredIn(topology).flatMap(({ kind, spec }) => {
    if (kind === "consumer" || checkSpec(kind, spec).length > 0) return [];
    return [streamAsset(kind, spec, { declared: true })];
  });
}

function apply({ code, severity, find }: ClusterRule, view: ClusterView, cluster: string): Finding[] {
  const problems = unlessHidden(() => [...find(view)]) ?? [];
  return problems.map(({ about, ...found }) => ({
    code,
    severity,
    kind: about?.kind ?? "cluster",
    name: about?.name ?? cluster,
    ...found,
  }));
}
