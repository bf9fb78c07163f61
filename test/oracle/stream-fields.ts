import fc from "fast-check";
import type { Setting } from "./setting";
import type { FieldTable } from "./sparse";
import { republishArbitrary, transformArbitrary } from "./transform-arbitrary";

const flag = fc.constantFrom(true, true, false);

/** Where replicas may go: only what every server of the test fits, for preflight does not know the servers' tags. */
function placement({ servers }: Setting) {
  return servers === 1
    ? fc.constantFrom({}, { cluster: "test" }, { tags: ["ssd"] })
    : fc.constantFrom({}, { cluster: "test" });
}

/** Fields of streams and of mirrors. */
export function commonStreamFields(setting: Setting, wild: boolean): FieldTable {
  return {
    description: fc.constantFrom("", "some text"),
    retention: fc.constantFrom("limits", "interest", "workqueue", "workqueue"),
    maxConsumers: fc.constantFrom(-1, 0, 1, 2),
    maxMsgs: fc.constantFrom(-1, 0, 1, 100, "9007199254740993"),
    maxBytes: fc.constantFrom(-1, 0, 1, "64KiB", "1MiB"),
    maxAge: fc.constantFrom("0s", "100ms", "1s", "1m", "1h", "105d"),
    maxMsgsPerSubject: fc.constantFrom(-1, 0, 1, 5),
    maxMsgSize: fc.constantFrom(-1, 0, 1, 100, "1KiB", "64KiB", 2_147_483_647),
    discard: fc.constantFrom("old", "new", "new"),
    discardNewPerSubject: flag,
    storage: fc.constantFrom("file", "memory"),
    replicas: fc.constantFrom(1, 1, 2, 3, 3, 4, 5),
    noAck: flag,
    duplicateWindow: fc.constantFrom("0s", "100ms", "500ms", "30s", "2m", "1h"),
    placement: placement(setting),
    compression: fc.constantFrom("none", "s2"),
    subjectTransform: transformArbitrary(wild),
    republish: wild
      ? republishArbitrary
      : fc.constantFrom({ dest: "copy.>" }, { src: "a.*", dest: "copy.$1", headersOnly: true }),
    allowDirect: flag,
    sealed: flag,
    denyDelete: flag,
    denyPurge: flag,
    allowRollupHdrs: flag,
    consumerLimits: fc.constantFrom(
      {},
      { inactiveThreshold: "1h" },
      { inactiveThreshold: "5m", maxAckPending: 50 },
      { maxAckPending: 1 },
      { maxAckPending: -1, inactiveThreshold: "0s" },
    ),
    allowMsgTtl: flag,
    persistMode: fc.constantFrom("default", "async", "async"),
    metadata: fc.constantFrom({}, { team: "ingest" }),
    dataClass: fc.constantFrom("audit", "standard", "ephemeral"),
  };
}

/** Fields only a stream with subjects or sources has. */
export const ownStreamFields: FieldTable = {
  firstSeq: fc.constantFrom(0, 1, 10, "9007199254740993"),
  subjectDeleteMarkerTtl: fc.constantFrom("0s", "1s", "1m"),
  allowMsgCounter: flag,
  allowAtomic: flag,
  allowMsgSchedules: flag,
  allowBatched: flag,
};
