import type { ConsumerSpec } from "../model/consumer-spec";
import type { KeyValueSpec } from "../model/key-value-spec";
import type { ObjectStoreSpec } from "../model/object-store-spec";
import type { StreamSpec } from "../model/stream-spec";

/**
 * What an edit of one field is.
 * - `update`: made in place.
 * - `never`: the server refuses it in every direction.
 * - `one-way`: may be turned on, never off.
 * - `removable`: may be removed, never added or changed.
 * - `retention`: only between `limits` and `interest`.
 * - `unsafe`: the server accepts it and does harm later, so it is refused here.
 */
export type Mutability = "update" | "never" | "one-way" | "removable" | "retention" | "unsafe";

/** One field: what an edit of it is, in the server's words where it refuses, and the source line that decides it. */
export interface Row {
  readonly edit: Mutability;
  /** The server's answer to a refused edit, or why it is unsafe. */
  readonly says?: string;
  /** Where the server decides it, at v2.15.1. */
  readonly source: string;
  /** First server version that allows the edit, where that is newer than 2.10.0. */
  readonly since?: string;
  /** First server version that refuses the edit; older ones accept it without effect, and it is refused here all the same. */
  readonly refusedSince?: string;
}

type KeysOf<Spec> = Spec extends unknown ? keyof Spec : never;
/** A row for every field: a new field without one does not compile. */
export type Table<Spec> = Readonly<Record<KeysOf<Spec>, Row>>;

const APPLIED = "server/stream.go updateWithAdvisory";
const CHECKED = "server/stream.go configUpdateCheckLocked";
const CONSUMER_APPLIED = "server/consumer.go updateConfig";
const CONSUMER_CHECKED = "server/consumer.go checkNewConsumerConfig";

const update: Row = { edit: "update", source: APPLIED };
const consumerUpdate: Row = { edit: "update", source: CONSUMER_APPLIED };
const identity: Row = { edit: "never", says: "the name is the asset's identity", source: CHECKED };
const never = (says: string): Row => ({ edit: "never", says, source: CHECKED });
const oneWay = (says: string): Row => ({ edit: "one-way", says, source: CHECKED });
const consumerNever = (says: string): Row => ({ edit: "never", says, source: CONSUMER_CHECKED });

const mirror: Row = {
  edit: "removable",
  says: "stream mirror configuration can not be updated",
  source: CHECKED,
  since: "2.12.0",
};
const storage = never("stream configuration update can not change storage type");
const sealed = oneWay("stream configuration update can not unseal a sealed stream");

export const streamMutability: Table<StreamSpec> = {
  name: identity,
  description: update,
  subjects: update,
  retention: {
    edit: "retention",
    says: "stream configuration update can not change retention policy to/from workqueue",
    source: CHECKED,
  },
  maxConsumers: { ...update, since: "2.12.5" },
  maxMsgs: update,
  maxBytes: update,
  maxAge: update,
  maxMsgsPerSubject: update,
  maxMsgSize: update,
  discard: update,
  discardNewPerSubject: update,
  storage,
  replicas: update,
  noAck: update,
  duplicateWindow: update,
  placement: update,
  mirror,
  sources: update,
  compression: update,
  firstSeq: {
    edit: "unsafe",
    says: "the server stores a new first sequence without effect, and may purge the stream when it opens it again",
    source: "server/filestore.go newFileStoreWithCreated",
  },
  subjectTransform: update,
  republish: update,
  allowDirect: update,
  mirrorDirect: update,
  sealed,
  denyDelete: oneWay("stream configuration update can not cancel deny message deletes"),
  denyPurge: oneWay("stream configuration update can not cancel deny purge"),
  allowRollupHdrs: update,
  consumerLimits: update,
  allowMsgTtl: oneWay("message TTL status can not be disabled"),
  subjectDeleteMarkerTtl: update,
  allowMsgCounter: never("stream configuration update can not change message counter setting"),
  allowAtomic: update,
  allowMsgSchedules: oneWay("message schedules can not be disabled"),
  persistMode: never("stream configuration update can not change persist mode"),
  allowBatched: update,
  metadata: update,
  dataClass: update,
};

export const consumerMutability: Table<ConsumerSpec> = {
  stream: { ...identity, source: CONSUMER_CHECKED },
  name: { ...identity, source: CONSUMER_CHECKED },
  kind: consumerNever("can not update pull consumer to push based, nor push to pull"),
  description: consumerUpdate,
  deliverPolicy: consumerNever("deliver policy can not be updated"),
  optStartSeq: consumerNever("start sequence can not be updated"),
  optStartTime: consumerNever("start time can not be updated"),
  ackPolicy: consumerNever("ack policy can not be updated"),
  ackWait: consumerUpdate,
  maxDeliver: consumerUpdate,
  backoff: consumerUpdate,
  filterSubject: consumerUpdate,
  filterSubjects: consumerUpdate,
  replayPolicy: consumerNever("replay policy can not be updated"),
  sampleFreq: consumerUpdate,
  maxAckPending: consumerUpdate,
  headersOnly: consumerUpdate,
  inactiveThreshold: consumerUpdate,
  replicas: consumerUpdate,
  memStorage: { ...consumerNever("storage type can not be updated"), refusedSince: "2.14.4" },
  metadata: consumerUpdate,
  pauseUntil: { edit: "update", source: "server/jetstream_api.go jsConsumerPauseRequest" },
  maxWaiting: consumerNever("max waiting can not be updated"),
  maxBatch: consumerUpdate,
  maxExpires: consumerUpdate,
  maxBytes: consumerUpdate,
  priorityGroups: consumerUpdate,
  priorityPolicy: consumerUpdate,
  priorityTimeout: consumerUpdate,
  deliverSubject: consumerUpdate,
  deliverGroup: consumerUpdate,
  rateLimitBps: consumerUpdate,
  flowControl: consumerNever("flow control can not be updated"),
  idleHeartbeat: consumerNever("heart beats can not be updated"),
};

const bucket = {
  name: identity,
  description: update,
  ttl: update,
  maxBytes: update,
  storage,
  replicas: update,
  placement: update,
  compression: update,
  metadata: update,
  dataClass: update,
} as const;

export const keyValueMutability: Table<KeyValueSpec> = {
  ...bucket,
  history: update,
  maxValueSize: update,
  republish: update,
  limitMarkerTtl: update,
  mirror,
  sources: update,
};

export const objectStoreMutability: Table<ObjectStoreSpec> = { ...bucket, sealed, allowBatched: update };
