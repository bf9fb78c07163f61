import type { SpecKind } from "../../model/finding";

type Fields = Readonly<Record<string, unknown>>;

/** One field with a value that is not its default, and one to change it to where that is allowed. */
export interface Sample {
  readonly field: string;
  readonly value: unknown;
  readonly changed?: unknown;
  /** What the value needs beside it. */
  readonly beside?: Fields;
  /** What goes together with the value when it is changed or removed. */
  readonly goes?: readonly string[];
  /** Refused on creation: set by an update. */
  readonly onlyLater?: boolean;
}

const source = { name: "ORIGIN" };
const external = { api: "$JS.hub.API", deliver: "deliver.hub" };
const transform = { src: "in.*", dest: "out.{{wildcard(1)}}" };
const transforms = [transform];
const startTime = "2026-01-31T08:00:00.123456789Z";
const durable = { name: "REMOTE", consumer: { name: "feed", deliverSubject: "feed.deliver" }, external };
const noSubjects = { subjects: undefined };
const pushOnly = { kind: "push", deliverSubject: "deliver.here" };
const mainGroup = { priorityGroups: ["main"] };
const group = { priorityGroups: ["main"], priorityPolicy: "pinned_client" };
const republish = { src: "in.>", dest: "copy.>", headersOnly: true };

const stream: readonly Sample[] = [
  { field: "description", value: "first", changed: "second" },
  { field: "subjects", value: ["other.a", "other.b.*"], changed: ["other.c.>"] },
  { field: "retention", value: "interest" },
  { field: "retention", value: "workqueue", changed: "interest" },
  { field: "maxConsumers", value: 5, changed: 7 },
  { field: "maxMsgs", value: 100, changed: 50 },
  { field: "maxMsgs", value: "9007199254740993", changed: "9007199254740995" },
  { field: "maxBytes", value: "1MiB", changed: "3MiB" },
  { field: "maxAge", value: "1h", changed: "90m" },
  { field: "maxAge", value: "105d", changed: "9071999999999999ns" },
  { field: "maxMsgsPerSubject", value: 5, changed: 7 },
  { field: "maxMsgSize", value: "64KiB", changed: "32KiB" },
  { field: "discard", value: "new", beside: { maxMsgs: 10 } },
  { field: "discardNewPerSubject", value: true, beside: { discard: "new", maxMsgsPerSubject: 2 } },
  { field: "storage", value: "memory", changed: "file" },
  { field: "replicas", value: 3 },
  { field: "noAck", value: true },
  { field: "duplicateWindow", value: "30s", changed: "1m" },
  { field: "placement", value: { cluster: "test", tags: ["ssd"] } },
  { field: "mirror", value: { ...source, optStartSeq: 5 }, changed: { name: "OTHER" }, beside: noSubjects },
  { field: "mirror", value: { ...source, optStartTime: startTime, filterSubject: "in.>" }, beside: noSubjects },
  { field: "mirror", value: { ...source, subjectTransforms: transforms, external }, beside: noSubjects },
  { field: "mirror", value: durable, beside: noSubjects },
  { field: "mirrorDirect", value: true, beside: { ...noSubjects, mirror: { name: "ABSENT" } } },
  { field: "sources", value: [{ ...source, optStartSeq: 5 }], changed: [{ ...source, filterSubject: "in.>" }] },
  {
    field: "sources",
    value: [{ ...source, optStartTime: startTime, filterSubject: "in.a" }],
    changed: [{ name: "OTHER" }],
  },
  {
    field: "sources",
    value: [
      { ...source, subjectTransforms: transforms },
      { name: "FAR", external },
    ],
  },
  { field: "sources", value: [durable] },
  { field: "compression", value: "s2" },
  { field: "firstSeq", value: 10, changed: 20 },
  { field: "firstSeq", value: "9007199254740993", changed: 1 },
  { field: "subjectTransform", value: transform, changed: { src: "in.>", dest: "all.>" } },
  { field: "republish", value: republish, changed: { dest: "copy2.>" } },
  { field: "allowDirect", value: true },
  { field: "sealed", value: true, onlyLater: true, changed: false },
  { field: "denyDelete", value: true, changed: false },
  { field: "denyPurge", value: true, changed: false },
  { field: "allowRollupHdrs", value: true },
  { field: "consumerLimits", value: { inactiveThreshold: "1h", maxAckPending: 50 }, changed: { maxAckPending: 60 } },
  { field: "allowMsgTtl", value: true, changed: false },
  { field: "subjectDeleteMarkerTtl", value: "1m", changed: "2m", beside: { allowMsgTtl: true } },
  { field: "subjectDeleteMarkerTtl", value: "1m", changed: "0s" },
  { field: "allowMsgCounter", value: true, changed: false },
  { field: "allowAtomic", value: true },
  { field: "allowMsgSchedules", value: true, changed: false },
  { field: "persistMode", value: "async", changed: "default" },
  { field: "allowBatched", value: true },
  { field: "metadata", value: { team: "ingest", tier: "1" }, changed: { team: "billing" } },
  { field: "dataClass", value: "audit", changed: "standard" },
];

const consumer: readonly Sample[] = [
  { field: "kind", value: "push", changed: "pull", beside: pushOnly, goes: ["deliverSubject"] },
  { field: "description", value: "first", changed: "second" },
  { field: "deliverPolicy", value: "last", changed: "new" },
  { field: "deliverPolicy", value: "last_per_subject", beside: { filterSubject: "in.>" }, changed: "all" },
  { field: "optStartSeq", value: 7, changed: 8, beside: { deliverPolicy: "by_start_sequence" } },
  {
    field: "optStartTime",
    value: startTime,
    changed: "2026-02-01T00:00:00Z",
    beside: { deliverPolicy: "by_start_time" },
  },
  { field: "ackPolicy", value: "none", changed: "explicit" },
  { field: "ackPolicy", value: "all", changed: "explicit" },
  { field: "ackPolicy", value: "flow_control", changed: "explicit", beside: { ...pushOnly, maxAckPending: 10 } },
  { field: "ackWait", value: "10s", changed: "20s" },
  { field: "maxDeliver", value: 5, changed: 6 },
  { field: "backoff", value: ["100ms", "1s"], changed: ["200ms"] },
  { field: "filterSubject", value: "in.a", changed: "in.b" },
  { field: "filterSubjects", value: ["in.a", "in.b.>"], changed: ["in.c", "in.d"] },
  { field: "replayPolicy", value: "original", changed: "instant" },
  { field: "sampleFreq", value: "30%", changed: "50" },
  { field: "maxAckPending", value: 10, changed: -1 },
  { field: "headersOnly", value: true },
  { field: "inactiveThreshold", value: "1h", changed: "2h" },
  { field: "replicas", value: 1 },
  { field: "memStorage", value: true, changed: false },
  { field: "metadata", value: { team: "ingest" }, changed: { team: "billing" } },
  { field: "pauseUntil", value: "2099-01-01T00:00:00Z", changed: "2100-01-01T00:00:00.5Z" },
  { field: "maxWaiting", value: 10, changed: 20 },
  { field: "maxBatch", value: 10, changed: 20 },
  { field: "maxExpires", value: "10s", changed: "20s" },
  { field: "maxBytes", value: "1MiB", changed: "2MiB" },
  {
    field: "priorityGroups",
    value: ["main", "spare"],
    changed: ["other"],
    beside: { priorityPolicy: "overflow" },
    goes: ["priorityPolicy"],
  },
  { field: "priorityPolicy", value: "overflow", changed: "pinned_client", beside: mainGroup, goes: ["priorityGroups"] },
  { field: "priorityPolicy", value: "prioritized", changed: "overflow", beside: mainGroup, goes: ["priorityGroups"] },
  { field: "priorityTimeout", value: "5m", changed: "6m", beside: group },
  { field: "deliverSubject", value: "deliver.there", changed: "deliver.elsewhere", beside: { kind: "push" } },
  { field: "deliverGroup", value: "workers", changed: "others", beside: pushOnly },
  { field: "rateLimitBps", value: 1_000_000, changed: 2_000_000, beside: pushOnly },
  { field: "flowControl", value: true, changed: false, beside: { ...pushOnly, idleHeartbeat: "5s" } },
  { field: "idleHeartbeat", value: "5s", changed: "10s", beside: pushOnly },
];

const bucket: readonly Sample[] = [
  { field: "description", value: "first", changed: "second" },
  { field: "ttl", value: "1h", changed: "2h" },
  { field: "ttl", value: "1m", changed: "30s" },
  { field: "maxBytes", value: "1MiB", changed: "3MiB" },
  { field: "storage", value: "memory", changed: "file" },
  { field: "replicas", value: 3 },
  { field: "placement", value: { cluster: "test", tags: ["ssd"] } },
  { field: "compression", value: true },
  { field: "metadata", value: { team: "ingest" }, changed: { team: "billing" } },
  { field: "dataClass", value: "audit", changed: "ephemeral" },
];

const keyValue: readonly Sample[] = [
  ...bucket,
  { field: "history", value: 5, changed: 64 },
  { field: "maxValueSize", value: "64KiB", changed: "32KiB" },
  { field: "republish", value: { src: "$KV.>", dest: "kv.>", headersOnly: true }, changed: { dest: "kv2.>" } },
  { field: "limitMarkerTtl", value: "1m", changed: "2m" },
  { field: "mirror", value: { ...source, optStartSeq: 5, filterSubject: "$KV.ORIGIN.a" }, changed: { name: "OTHER" } },
  { field: "mirror", value: { ...source, optStartTime: startTime, subjectTransforms: transforms, external } },
  { field: "mirror", value: durable },
  { field: "sources", value: [{ ...source, optStartSeq: 5 }], changed: [source, { name: "OTHER" }] },
  { field: "sources", value: [{ ...source, optStartTime: startTime, filterSubject: "$KV.ORIGIN.a", external }] },
  { field: "sources", value: [{ ...source, subjectTransforms: transforms }] },
  { field: "sources", value: [durable] },
];

const objectStore: readonly Sample[] = [
  ...bucket,
  { field: "sealed", value: true, onlyLater: true, changed: false },
  { field: "allowBatched", value: true },
];

export const samples: Readonly<Record<SpecKind, readonly Sample[]>> = {
  stream,
  consumer,
  "key-value bucket": keyValue,
  "object store": objectStore,
};

/** Fields that are the asset's identity: covered by creating it. */
export const identities: Readonly<Record<SpecKind, readonly string[]>> = {
  stream: ["name"],
  consumer: ["stream", "name"],
  "key-value bucket": ["name"],
  "object store": ["name"],
};
