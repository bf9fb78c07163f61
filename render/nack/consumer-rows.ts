import { backoff, bytes, duration, flag, int, int64, labels, list, percent, text, timestamp, words } from "./forms";
import type { Row } from "./row";

type Fields = Readonly<Record<string, unknown>>;

const same = (...names: readonly string[]) => words(Object.fromEntries(names.map((name) => [name, name])));
const ofPush =
  (value: unknown) =>
  ({ kind }: Fields) =>
    kind === "push" ? value : undefined;
const ofPull =
  (value: unknown) =>
  ({ kind }: Fields) =>
    kind === "pull" ? value : undefined;

/** Fields of a consumer. `ackPolicy` and `ackWait` are always written: NACK's own are `none` and one nanosecond. */
export const consumerRows: readonly Row[] = [
  { field: "stream", nack: "streamName", form: text },
  { field: "name", nack: "durableName", form: text },
  { field: "description", nack: "description", form: text },
  {
    field: "deliverPolicy",
    nack: "deliverPolicy",
    form: words({
      all: "all",
      last: "last",
      new: "new",
      by_start_sequence: "byStartSequence",
      by_start_time: "byStartTime",
      last_per_subject: "lastPerSubject",
    }),
    unset: "all",
  },
  { field: "optStartSeq", nack: "optStartSeq", form: int64 },
  { field: "optStartTime", nack: "optStartTime", form: timestamp },
  { field: "ackPolicy", nack: "ackPolicy", form: same("none", "all", "explicit"), assumed: "none" },
  { field: "ackWait", nack: "ackWait", form: duration, unset: impliedAckWait, assumed: "1ns" },
  { field: "maxDeliver", nack: "maxDeliver", form: int, unset: -1 },
  { field: "backoff", nack: "backoff", form: backoff },
  { field: "filterSubject", nack: "filterSubject", form: text },
  { field: "filterSubjects", nack: "filterSubjects", form: list(text) },
  { field: "replayPolicy", nack: "replayPolicy", form: same("instant", "original"), unset: "instant" },
  { field: "sampleFreq", nack: "sampleFreq", form: percent, unset: "0" },
  { field: "maxAckPending", nack: "maxAckPending", form: int },
  { field: "headersOnly", nack: "headersOnly", form: flag },
  { field: "inactiveThreshold", nack: "inactiveThreshold", form: duration, unset: "0s" },
  { field: "replicas", nack: "replicas", form: int },
  { field: "memStorage", nack: "memStorage", form: flag },
  { field: "pauseUntil", nack: "pauseUntil", form: timestamp },
  { field: "maxWaiting", nack: "maxWaiting", form: int, unset: ofPull(512) },
  { field: "maxBatch", nack: "maxRequestBatch", form: int },
  { field: "maxExpires", nack: "maxRequestExpires", form: duration, unset: ofPull("0s") },
  { field: "maxBytes", nack: "maxRequestMaxBytes", form: bytes },
  { field: "priorityGroups", nack: "priorityGroups", form: list(text) },
  {
    field: "priorityPolicy",
    nack: "priorityPolicy",
    form: same("none", "overflow", "pinned_client", "prioritized"),
  },
  {
    field: "priorityTimeout",
    nack: "pinnedTtl",
    form: duration,
    // Without one NACK drops the policy.
    unset: ({ priorityPolicy }: Fields) => (priorityPolicy === "pinned_client" ? "2m" : undefined),
  },
  { field: "deliverSubject", nack: "deliverSubject", form: text },
  { field: "deliverGroup", nack: "deliverGroup", form: text },
  { field: "rateLimitBps", nack: "rateLimitBps", form: int64 },
  { field: "flowControl", nack: "flowControl", form: flag },
  { field: "idleHeartbeat", nack: "heartbeatInterval", form: duration, unset: ofPush("0s") },
  { field: "metadata", nack: "metadata", form: labels },
];

// Servers that are asked strictly, as NACK asks, refuse a wait that is not the first of backoff.
function impliedAckWait({ backoff, ackPolicy }: Fields): string {
  if (Array.isArray(backoff)) return duration.write(backoff[0], "backoff[0]", () => {}) as string;
  return ackPolicy === "none" ? "0s" : "30s";
}
