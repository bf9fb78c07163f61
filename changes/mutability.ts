import type { ConsumerSpec } from "../model/consumer-spec";
import type { SpecKind } from "../model/finding";
import type { KeyValueSpec } from "../model/key-value-spec";
import type { ObjectStoreSpec } from "../model/object-store-spec";
import type { StreamSpec } from "../model/stream-spec";
import type { Effect } from "./edit";
import * as consumer from "./effects/consumer";
import * as limits from "./effects/limits";
import * as stream from "./effects/stream";

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
  /** What an edit the server makes does besides; none is harmless. */
  readonly effects: readonly Effect[];
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

const inPlace = (...effects: Effect[]): Row => ({ edit: "update", effects, source: APPLIED });
const consumerInPlace = (...effects: Effect[]): Row => ({ edit: "update", effects, source: CONSUMER_APPLIED });
const never = (says: string): Row => ({ edit: "never", says, effects: [], source: CHECKED });
const oneWay = (says: string): Row => ({ edit: "one-way", says, effects: [stream.switchedOn], source: CHECKED });
const consumerNever = (says: string): Row => ({ edit: "never", says, effects: [], source: CONSUMER_CHECKED });
const identity = never("the name is the asset's identity");

const mirror: Row = {
  edit: "removable",
  says: "stream mirror configuration can not be updated",
  effects: [stream.mirror],
  source: CHECKED,
  since: "2.12.0",
};
const storage = never("stream configuration update can not change storage type");
const sealed = oneWay("stream configuration update can not unseal a sealed stream");

export const streamMutability: Table<StreamSpec> = {
  name: identity,
  description: inPlace(),
  subjects: inPlace(stream.subjects),
  retention: {
    edit: "retention",
    says: "stream configuration update can not change retention policy to/from workqueue",
    effects: [stream.retention],
    source: CHECKED,
  },
  maxConsumers: { ...inPlace(limits.maxConsumers), since: "2.12.5" },
  maxMsgs: inPlace(limits.sizeLimit("DL101")),
  maxBytes: inPlace(limits.sizeLimit("DL102")),
  maxAge: inPlace(limits.maxAge),
  maxMsgsPerSubject: inPlace(limits.maxMsgsPerSubject),
  maxMsgSize: inPlace(limits.maxMsgSize),
  discard: inPlace(limits.discard),
  discardNewPerSubject: inPlace(limits.discardPerSubject),
  storage,
  replicas: inPlace(stream.replicas),
  noAck: inPlace(stream.noAck),
  duplicateWindow: inPlace(limits.duplicateWindow),
  placement: inPlace(),
  mirror,
  sources: inPlace(stream.sources),
  compression: inPlace(stream.compression),
  firstSeq: {
    edit: "unsafe",
    says: "the server stores a new first sequence without effect, and may purge the stream when it opens it again",
    effects: [],
    source: "server/filestore.go newFileStoreWithCreated",
  },
  subjectTransform: inPlace(stream.subjectTransform),
  republish: inPlace(stream.republish),
  allowDirect: inPlace(stream.directGets),
  mirrorDirect: inPlace(stream.directGets),
  sealed,
  denyDelete: oneWay("stream configuration update can not cancel deny message deletes"),
  denyPurge: oneWay("stream configuration update can not cancel deny purge"),
  allowRollupHdrs: inPlace(stream.rollUps),
  consumerLimits: inPlace(stream.consumerLimits),
  allowMsgTtl: oneWay("message TTL status can not be disabled"),
  subjectDeleteMarkerTtl: inPlace(stream.deleteMarkers),
  allowMsgCounter: never("stream configuration update can not change message counter setting"),
  allowAtomic: inPlace(stream.batches),
  allowMsgSchedules: { ...oneWay("message schedules can not be disabled"), effects: [stream.schedules] },
  persistMode: never("stream configuration update can not change persist mode"),
  allowBatched: inPlace(stream.batches),
  metadata: inPlace(),
  dataClass: inPlace(stream.dataClass),
};

export const consumerMutability: Table<ConsumerSpec> = {
  stream: { ...identity, source: CONSUMER_CHECKED },
  name: { ...identity, source: CONSUMER_CHECKED },
  kind: consumerNever("can not update pull consumer to push based, nor push to pull"),
  description: consumerInPlace(),
  deliverPolicy: consumerNever("deliver policy can not be updated"),
  optStartSeq: consumerNever("start sequence can not be updated"),
  optStartTime: consumerNever("start time can not be updated"),
  ackPolicy: consumerNever("ack policy can not be updated"),
  ackWait: consumerInPlace(consumer.firstWait),
  maxDeliver: consumerInPlace(limits.maxDeliver),
  backoff: consumerInPlace(consumer.firstWait),
  filterSubject: consumerInPlace(consumer.filter),
  filterSubjects: consumerInPlace(consumer.filter),
  replayPolicy: consumerNever("replay policy can not be updated"),
  sampleFreq: consumerInPlace(),
  maxAckPending: consumerInPlace(consumer.maxAckPending),
  headersOnly: consumerInPlace(consumer.headersOnly),
  inactiveThreshold: consumerInPlace(consumer.inactivity),
  replicas: consumerInPlace(consumer.consumerReplicas),
  memStorage: { ...consumerNever("storage type can not be updated"), refusedSince: "2.14.4" },
  metadata: consumerInPlace(),
  pauseUntil: { edit: "update", effects: [consumer.pause], source: "server/jetstream_api.go jsConsumerPauseRequest" },
  maxWaiting: consumerNever("max waiting can not be updated"),
  maxBatch: consumerInPlace(limits.requestLimit),
  maxExpires: consumerInPlace(limits.requestLimit),
  maxBytes: consumerInPlace(limits.requestLimit),
  priorityGroups: consumerInPlace(consumer.priority),
  priorityPolicy: consumerInPlace(consumer.priority),
  priorityTimeout: consumerInPlace(),
  deliverSubject: consumerInPlace(consumer.delivery),
  deliverGroup: consumerInPlace(consumer.delivery),
  rateLimitBps: consumerInPlace(),
  flowControl: consumerNever("flow control can not be updated"),
  idleHeartbeat: consumerNever("heart beats can not be updated"),
};

const bucket = {
  name: identity,
  description: inPlace(),
  ttl: inPlace(limits.maxAge),
  maxBytes: inPlace(limits.sizeLimit("DL102")),
  storage,
  replicas: inPlace(stream.replicas),
  placement: inPlace(),
  compression: inPlace(stream.compression),
  metadata: inPlace(),
  dataClass: inPlace(stream.dataClass),
} as const;

export const keyValueMutability: Table<KeyValueSpec> = {
  ...bucket,
  history: inPlace(limits.maxMsgsPerSubject),
  maxValueSize: inPlace(limits.maxMsgSize),
  republish: inPlace(stream.republish),
  limitMarkerTtl: inPlace(stream.deleteMarkers),
  mirror,
  sources: inPlace(stream.sources),
};

export const objectStoreMutability: Table<ObjectStoreSpec> = {
  ...bucket,
  sealed,
  allowBatched: inPlace(stream.batches),
};

/** What an edit of each field of each kind is. */
export const mutability: Readonly<Record<SpecKind, Readonly<Record<string, Row>>>> = {
  stream: streamMutability,
  consumer: consumerMutability,
  "key-value bucket": keyValueMutability,
  "object store": objectStoreMutability,
};
