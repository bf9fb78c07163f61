import type { ClusterChangeCode, ClusterEdit } from "./cluster-change";

/** What an edit of a field is. */
export interface ClusterRow {
  readonly edit: ClusterEdit;
  readonly code: ClusterChangeCode;
  readonly remedy?: string;
}

const reload: ClusterRow = { edit: "reload", code: "CG101" };
const rolling: ClusterRow = { edit: "rolling", code: "CG102" };
const objects: ClusterRow = { edit: "objects", code: "CG103" };
const identity = (remedy: string): ClusterRow => ({ edit: "refused", code: "CG201", remedy });
const volume = (remedy: string): ClusterRow => ({ edit: "refused", code: "CG205", remedy });

/** Judged by what the values are, in `planClusterChange`. */
export const byValue = Symbol("by value");

const OTHER_CLUSTER = "Make another cluster, and copy the streams with sources or by backup and restore.";

/**
 * Every field, or what it is in, and what an edit of it is; the longest that fits decides, `*` is any name. Which options
 * servers reload is at server/reload.go diffOptions: one that it does not know makes the whole reload fail.
 */
export const clusterMutability: Readonly<Record<string, ClusterRow | typeof byValue>> = {
  name: identity(OTHER_CLUSTER),
  version: rolling,
  image: rolling,
  size: byValue,
  standalone: byValue,
  jetstream: rolling,
  "jetstream.volume": byValue,
  "jetstream.maxFileStore": byValue,
  "jetstream.maxMemoryStore": byValue,
  "jetstream.domain": identity(`Clients and mirrors address streams by the domain. ${OTHER_CLUSTER}`),
  "jetstream.encryption": byValue,
  accounts: reload,
  systemAccount: byValue,
  noAuthUser: rolling,
  authorization: reload,
  operator: rolling,
  "operator.resolver.volumeSize": volume("Keep it, or make another cluster."),
  tls: reload,
  "tls.gateway": rolling,
  "tls.leafNodes": rolling,
  "tls.websocket": rolling,
  gateway: rolling,
  leafNodes: rolling,
  websocket: rolling,
  ports: rolling,
  serverTags: reload,
  maxPayload: reload,
  maxConnections: reload,
  maxPending: rolling,
  writeDeadline: reload,
  lameDuck: rolling,
  monitoring: rolling,
  "monitoring.podMonitor": objects,
  "monitoring.podMonitorLabels": objects,
  kubernetes: rolling,
  "kubernetes.namespace": identity(OTHER_CLUSTER),
  "kubernetes.chart": objects,
  "kubernetes.maxUnavailable": objects,
  "kubernetes.minReady": objects,
  "kubernetes.natsBox": objects,
  extraConfig: rolling,
};
