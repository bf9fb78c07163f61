import fc from "fast-check";
import { START_TIMES } from "./source-arbitrary";
import type { FieldTable } from "./sparse";
import { filterSubject } from "./subject-arbitrary";

const flag = fc.constantFrom(true, true, false);

/** Fields of pull and push consumers. */
export const commonConsumerFields: FieldTable = {
  description: fc.constantFrom("", "some text"),
  deliverPolicy: fc.constantFrom("all", "last", "new", "by_start_sequence", "by_start_time", "last_per_subject"),
  optStartSeq: fc.constantFrom(0, 1, 7, "9007199254740993"),
  optStartTime: fc.constantFrom(...START_TIMES),
  ackWait: fc.constantFrom("0s", "1ns", "10s"),
  maxDeliver: fc.constantFrom(-1, 0, 1, 2, 5),
  backoff: fc.array(fc.constantFrom("0s", "100ms", "1s", "1m"), { minLength: 0, maxLength: 3 }),
  filterSubject,
  filterSubjects: fc.array(filterSubject, { minLength: 0, maxLength: 3 }),
  replayPolicy: fc.constantFrom("instant", "original"),
  sampleFreq: fc.constantFrom("0", "30", "30%", "999%"),
  maxAckPending: fc.constantFrom(-1, 0, 1, 2, 50, 51, 5000),
  headersOnly: flag,
  inactiveThreshold: fc.constantFrom("0s", "1m", "5m", "1h", "2h"),
  replicas: fc.constantFrom(0, 1, 2, 3, 5),
  memStorage: flag,
  metadata: fc.constantFrom({}, { team: "ingest" }),
  pauseUntil: fc.constantFrom("2099-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
};

/** Fields of pull consumers. */
export const pullFields: FieldTable = {
  maxWaiting: fc.constantFrom(0, 1, 10),
  maxBatch: fc.constantFrom(0, 1, 10),
  maxExpires: fc.constantFrom("0s", "1ms", "10s"),
  maxBytes: fc.constantFrom(-1, 0, 1, "1MiB"),
  priorityGroups: fc.constantFrom([], ["main"], ["main"], ["main", "spare"], ["main", "main"]),
  priorityPolicy: fc.constantFrom("none", "overflow", "pinned_client", "prioritized"),
  priorityTimeout: fc.constantFrom("0s", "1s", "5m"),
};

/** Fields of push consumers besides the subject they deliver to. */
export const pushFields: FieldTable = {
  deliverGroup: fc.constantFrom("workers", "others"),
  rateLimitBps: fc.constantFrom(0, 1, 1_000_000),
  flowControl: flag,
  idleHeartbeat: fc.constantFrom("0s", "100ms", "1s", "5s"),
};
