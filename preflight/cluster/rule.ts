import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { EffectiveCluster } from "../../model/cluster/effective";
import type { AssetKind, Severity } from "../../model/finding";
import type { StreamAsset } from "../asset";

/** A cluster as rules see it. */
export interface ClusterView {
  /** As it is declared; a field whose shape is wrong throws when it is read. */
  readonly spec: ClusterSpec;
  /** With its defaults filled in. */
  readonly effective: EffectiveCluster;
  /** Streams the cluster is to hold, buckets among them; `undefined` where no topology is given. */
  readonly streams?: readonly StreamAsset[];
  readonly isOlderThan: (version: string) => boolean;
}

/** What a rule found. */
export interface ClusterProblem {
  readonly field: string;
  /** Never a secret. */
  readonly value?: string | number | boolean;
  readonly problem: string;
  readonly remedy: string;
  /**
   * What it is about.
   * @default - the cluster
   */
  readonly about?: { readonly kind: AssetKind; readonly name: string };
}

/** Judges one cluster. */
export interface ClusterRule {
  /** Stable code; one rule has one. */
  readonly code: string;
  readonly severity: Severity;
  /** What the rule holds, for the documentation. */
  readonly says: string;
  /** Parts of what a server says that does not start for it; none where only Headwater refuses it. */
  readonly refusals: readonly string[];
  /** First server version that refuses it; for older ones only Headwater does. */
  readonly refusedSince?: string;
  /** Servers refuse only some of it, or only at some starts: they read maps in random order. */
  readonly refusesSome?: true;
  readonly find: (cluster: ClusterView) => Iterable<ClusterProblem>;
}

/** A problem of a stream or bucket the cluster is to hold. */
export function streamProblem(kind: AssetKind, name: string, problem: ClusterProblem): ClusterProblem {
  return { ...problem, about: { kind, name } };
}
