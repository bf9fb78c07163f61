import type { Bytes, NatsClusterArgs } from "headwater";
import { consumers, streams } from "./persistence-design";

/** What differs between the clusters of the environments. */
export interface ClusterSettings {
  readonly namespace: string;
  /** Volume of each server. Streams get 80 % of it. */
  readonly volume: Bytes;
  /** Storage class of the volumes. Without one, the default of the Kubernetes cluster. */
  readonly storageClass?: string;
  /** Processor time each server asks for. */
  readonly cpu: string;
  /** Memory of each server. */
  readonly memory: string;
  /** The `ClusterIssuer` of cert-manager that signs certificates. */
  readonly issuer: string;
  readonly priorityClass: string;
  /** How many encryption keys there have been: one more brings every server to a new one. */
  readonly encryptionKeys?: number;
  /** Folder or archive of the chart, where its repository cannot be reached. */
  readonly chart?: string;
}

const subjectsOf = (...names: string[]) => names.flatMap((name) => streams[name]?.subjects ?? []);
const reader = (user: string, name: string) => ({
  user,
  role: "consumer" as const,
  consumers: consumers.filter((each) => each.name === name).map((each) => `${each.stream}/${name}`),
  subjects: consumers.flatMap((each) => (each.name === name && each.kind === "push" ? [each.deliverSubject] : [])),
});

/** Everybody who logs in, and what for. Passwords are made with the cluster. */
const users = [
  { user: "deploy", role: "applier" },
  { user: "plan", role: "planner" },
  { user: "watch", role: "monitor" },
  { user: "ingest", role: "publisher", subjects: subjectsOf("INGEST_RAW_V1", "INGEST_STATUS_V1") },
  { user: "consensus", role: "publisher", subjects: subjectsOf("CONSENSUS_EVENTS_V1") },
  reader("analytics", "ANALYTICS_BATCH"),
  reader("realtime", "REALTIME_PIPE"),
  reader("audit", "CONSENSUS_AUDIT_TAIL"),
] as const;

/** Three servers that keep everything three times: encrypted, apart from each other, and replaced one at a time. */
export function persistenceCluster(settings: ClusterSettings): NatsClusterArgs {
  const { namespace, volume, storageClass, cpu, memory, issuer, priorityClass, encryptionKeys, chart } = settings;
  const certificate = { issuer: { name: issuer, kind: "ClusterIssuer" } } as const;
  return {
    version: "2.15.1",
    size: 3,
    jetstream: {
      volume: { size: volume, storageClass },
      maxMemoryStore: "256MiB",
      encryption: { rotate: encryptionKeys },
    },
    tls: { client: certificate, cluster: certificate },
    accounts: { PERSISTENCE: { users } },
    monitoring: { exporter: true, podMonitor: true, podMonitorLabels: { release: "prometheus" } },
    kubernetes: {
      namespace,
      spread: "hard",
      maxUnavailable: 1,
      priorityClassName: priorityClass,
      resources: { requests: { cpu }, limits: { memory } },
      chart: chart === undefined ? undefined : { path: chart },
    },
  };
}
