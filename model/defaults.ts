import { parseDuration } from "./units";
import { isEmpty, isObject, sameValue } from "./walk";

type Fields = Readonly<Record<string, unknown>>;

/** Values that mean the same as leaving the field out: a list, a condition on the rest of the spec, or a table for an object. */
export type Default =
  | readonly unknown[]
  | ((spec: Fields, value: unknown) => boolean)
  | { readonly [key: string]: Default };
export type Defaults = { readonly [key: string]: Default };

const UNLIMITED = [-1, 0, "0B"] as const;
const OFF = [false] as const;
const source: Defaults = { optStartSeq: [0] };
const republish: Defaults = { src: [">"], headersOnly: OFF };

const isSealed = (spec: Fields) => spec.sealed === true;
const hasMarkers = ({ subjectDeleteMarkerTtl: age }: Fields) => Boolean(age) && age !== "0s";
const forcesRollup = (spec: Fields) => hasMarkers(spec) || spec.allowMsgSchedules === true;

// server/stream.go checkStreamCfg and, for a sealed stream, configUpdateCheck.
export const streamDefaults: Defaults = {
  subjects: (spec, value) => !spec.mirror && !spec.sources && sameValue(value, [spec.name]),
  retention: ["limits"],
  maxConsumers: UNLIMITED,
  maxMsgs: UNLIMITED,
  maxBytes: UNLIMITED,
  maxAge: (spec, value) => value === "0s" || isSealed(spec),
  maxMsgsPerSubject: UNLIMITED,
  maxMsgSize: UNLIMITED,
  discard: (spec, value) => value === "old" || isSealed(spec),
  discardNewPerSubject: OFF,
  storage: ["file"],
  replicas: [1],
  noAck: OFF,
  duplicateWindow: ["0s"],
  mirror: source,
  sources: source,
  compression: ["none"],
  firstSeq: [0],
  republish,
  allowDirect: OFF,
  mirrorDirect: OFF,
  sealed: OFF,
  denyDelete: (spec, value) => value === false || isSealed(spec),
  denyPurge: (spec, value) => value === false || isSealed(spec),
  allowRollupHdrs: (spec, value) => value === false || isSealed(spec) || forcesRollup(spec),
  consumerLimits: { inactiveThreshold: ["0s"], maxAckPending: [0] },
  allowMsgTtl: (spec, value) => value === false || hasMarkers(spec),
  subjectDeleteMarkerTtl: ["0s"],
  allowMsgCounter: OFF,
  allowAtomic: OFF,
  allowMsgSchedules: OFF,
  allowBatched: OFF,
  persistMode: ["default"],
};

// server/consumer.go setConsumerConfigDefaults.
export const consumerDefaults: Defaults = {
  deliverPolicy: ["all"],
  optStartSeq: [0],
  ackWait: (spec, value) =>
    value === "0s" ||
    Boolean(spec.backoff) ||
    (value === "30s" && (spec.ackPolicy === "explicit" || spec.ackPolicy === "all")),
  maxDeliver: UNLIMITED,
  replayPolicy: ["instant"],
  maxAckPending: [0],
  headersOnly: OFF,
  inactiveThreshold: ["0s"],
  replicas: [0],
  memStorage: OFF,
  // Clients write it for none.
  pauseUntil: ["0001-01-01T00:00:00Z"],
  maxWaiting: (spec, value) => spec.kind === "pull" && (value === 512 || value === 0),
  maxBatch: [0],
  maxExpires: ["0s"],
  maxBytes: UNLIMITED,
  priorityPolicy: ["none"],
  priorityTimeout: (spec, value) => value === "0s" || (value === "2m" && spec.priorityPolicy === "pinned_client"),
  rateLimitBps: [0],
  flowControl: (spec, value) => value === false || spec.ackPolicy === "flow_control",
  idleHeartbeat: (spec, value) => value === "0s" || (value === "1s" && spec.ackPolicy === "flow_control"),
};

const bucketDefaults: Defaults = {
  ttl: ["0s"],
  maxBytes: UNLIMITED,
  storage: ["file"],
  replicas: [1],
  compression: OFF,
};

export const keyValueDefaults: Defaults = {
  ...bucketDefaults,
  history: [1],
  maxValueSize: UNLIMITED,
  republish,
  limitMarkerTtl: ["0s"],
  mirror: source,
  sources: source,
};

export const objectStoreDefaults: Defaults = {
  ...bucketDefaults,
  ttl: (spec, value) => value === "0s" || isSealed(spec),
  sealed: OFF,
  allowBatched: OFF,
};

/** Leaves out every value that means the same as none. Conditions see the spec as it was given. */
export function dropDefaults(spec: Fields, table: Defaults): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(spec)) {
    const rest = dropDefault(spec, value, table[key]);
    if (!isEmpty(rest)) kept[key] = rest;
  }
  return kept;
}

function dropDefault(spec: Fields, value: unknown, rule: Default | undefined): unknown {
  if (rule === undefined) return value;
  if (typeof rule === "function") return rule(spec, value) ? undefined : value;
  if (isList(rule)) return rule.some((same) => sameValue(same, value)) ? undefined : value;
  // Elements of a list stay even where nothing of them is left.
  if (Array.isArray(value)) return value.map((item) => dropDefault(spec, item, rule));
  return isObject(value) ? dropDefaults(value, rule) : value;
}

function isList(rule: Default): rule is readonly unknown[] {
  return Array.isArray(rule);
}

/** The `duplicateWindow` of a stream that says none, where `maxAge` is not shorter. */
export const DEFAULT_WINDOW = "2m";

/**
 * Values a server fills in that depend on the rest of the asset: what a live value is compared with when the user set
 * none and nothing was recorded at creation.
 */
export const contextualDefaults: Record<"stream" | "consumer", Defaults> = {
  stream: {
    duplicateWindow: (spec, value) => value === shorter(DEFAULT_WINDOW, spec.maxAge),
    mirrorDirect: (spec) => isObject(spec.mirror),
  },
  consumer: {
    // Without acknowledgments nothing is pending: the limits of the stream are copied all the same.
    maxAckPending: (spec, value) => (spec.ackPolicy === "none" ? value === -1 : value === 1000),
  },
};

function shorter(limit: string, other: unknown): string {
  const [a, b] = [parseDuration(limit), parseDuration(other)];
  return a !== undefined && b !== undefined && b > 0n && b < a ? (other as string) : limit;
}
