import type { ConsumerSpec, Duration, StreamSpec } from "headwater";

/** The persistence design: streams and consumers as its tables say. What they leave open is decided in `open`. */

/** What the tables leave open, with the reason for each value. */
const open = {
  /** Seven days of raw events: 10 GiB is about 17 KiB/s sustained, room for a first measurement. */
  rawBytes: "10GiB",
  /** Heartbeats of one day, in memory: small enough that a burst cannot take a server's memory. */
  statusBytes: "64MiB",
  /** Thirty days of decisions: fewer and smaller messages than raw events, kept four times as long. */
  consensusBytes: "5GiB",
  /** Largest event: what producers send today, with room. A larger one is refused at once, not found by its readers. */
  eventBytes: "256KiB",
  /** Heartbeats and advisories are small. */
  signBytes: "16KiB",
  /** A year of given-up messages at one a minute, with room. */
  undeliveredBytes: "1GiB",
  /** Nobody takes single messages out of what is kept for audit, nor all of them. */
  keptForAudit: { denyDelete: true, denyPurge: true },
  /** Where the realtime service listens: its own subject outside every stream, versioned like the stream it reads. */
  realtimeSubject: "deliver.realtime.v1.raw",
  /** Instances of the service share the messages; without a group each of them would get all. */
  realtimeGroup: "realtime",
  /** One delivery more than backoff steps, so that the longest wait is used once before a message is given up. */
  deliveriesAfterBackoff: 1,
} as const;

/** Consumers that must not lose messages confirm each one. */
const explicit = "explicit";

type Unnamed<Spec> = Spec extends unknown ? Omit<Spec, "name"> : never;

export const streams: Readonly<Record<string, Unnamed<StreamSpec>>> = {
  INGEST_RAW_V1: {
    description: "Raw ingested events, for reprocessing and feature backfill",
    subjects: ["ingest.v1.raw"],
    retention: "limits",
    maxAge: "7d",
    maxBytes: open.rawBytes,
    maxMsgSize: open.eventBytes,
    storage: "file",
    replicas: 3,
    dataClass: "audit",
    metadata: { owner: "ingestion" },
    ...open.keptForAudit,
  },
  INGEST_STATUS_V1: {
    description: "Status pings and health markers; losing them is acceptable",
    subjects: ["ingest.v1.status"],
    retention: "limits",
    maxAge: "24h",
    maxBytes: open.statusBytes,
    maxMsgSize: open.signBytes,
    storage: "memory",
    replicas: 1,
    dataClass: "ephemeral",
    metadata: { owner: "ingestion" },
  },
  CONSENSUS_EVENTS_V1: {
    description: "Consensus decisions, for replay and the audit trail",
    subjects: ["consensus.v1.*"],
    retention: "limits",
    maxAge: "30d",
    maxBytes: open.consensusBytes,
    maxMsgSize: open.eventBytes,
    storage: "file",
    replicas: 3,
    dataClass: "audit",
    metadata: { owner: "consensus" },
    ...open.keptForAudit,
  },
  // Not in the tables: deliveries are bounded, so somebody has to hear of the messages that were given up.
  UNDELIVERED: {
    description: "The servers' advisories about messages given up after their last delivery",
    subjects: ["$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>"],
    retention: "limits",
    maxAge: "30d",
    maxBytes: open.undeliveredBytes,
    maxMsgSize: open.signBytes,
    storage: "file",
    replicas: 3,
    dataClass: "standard",
    metadata: { owner: "platform" },
  },
};

function backoff(...steps: Duration[]): { backoff: Duration[]; maxDeliver: number } {
  return { backoff: steps, maxDeliver: steps.length + open.deliveriesAfterBackoff };
}

export const consumers: readonly ConsumerSpec[] = [
  {
    name: "ANALYTICS_BATCH",
    stream: "INGEST_RAW_V1",
    kind: "pull",
    description: "Periodic feature extraction",
    ackPolicy: explicit,
    maxAckPending: 512,
    ...backoff("100ms", "250ms", "500ms"),
  },
  {
    name: "REALTIME_PIPE",
    stream: "INGEST_RAW_V1",
    kind: "push",
    description: "Realtime enrichment and detection",
    deliverSubject: open.realtimeSubject,
    deliverGroup: open.realtimeGroup,
    ackPolicy: explicit,
    maxAckPending: 256,
    ...backoff("50ms", "100ms", "250ms"),
  },
  {
    name: "CONSENSUS_AUDIT_TAIL",
    stream: "CONSENSUS_EVENTS_V1",
    kind: "pull",
    description: "Audit and reconciliation",
    ackPolicy: explicit,
    maxAckPending: 128,
    ...backoff("200ms", "400ms"),
  },
];
