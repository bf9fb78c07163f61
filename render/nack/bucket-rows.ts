import { bytes, duration, flag, int, labels, list, nanoseconds, text, words } from "./forms";
import { cannotSay, type Row } from "./row";
import { BESIDE, placement, republish, source } from "./source-rows";

// nats.go makes buckets, and sends every field each time: nothing stays because it was left out.
const bucketRows: readonly Row[] = [
  { field: "name", nack: "bucket", form: text },
  { field: "description", nack: "description", form: text },
  { field: "ttl", nack: "ttl", form: duration, unset: "0s" },
  { field: "maxBytes", nack: "maxBytes", form: bytes, unset: -1 },
  { field: "storage", nack: "storage", form: words({ file: "file", memory: "memory" }), unset: "file" },
  { field: "replicas", nack: "replicas", form: int, unset: 1 },
  { field: "placement", nack: "placement", form: placement },
  { field: "compression", nack: "compression", form: flag },
];

/** Fields of a key-value bucket. */
export const keyValueRows: readonly Row[] = [
  ...bucketRows,
  { field: "history", nack: "history", form: int, unset: 1 },
  { field: "maxValueSize", nack: "maxValueSize", form: bytes, unset: -1 },
  { field: "republish", nack: "republish", form: republish },
  { field: "limitMarkerTtl", nack: "limitMarkerTtl", form: nanoseconds },
  { field: "mirror", nack: "mirror", form: source },
  { field: "sources", nack: "sources", form: list(source) },
  cannotSay("metadata", "Leave it out: NACK's KeyValue has no metadata, and its updates clear what others set."),
];

/** Fields of an object store. */
export const objectStoreRows: readonly Row[] = [
  ...bucketRows,
  { field: "metadata", nack: "metadata", form: labels },
  cannotSay("sealed", BESIDE),
  cannotSay("allowBatched", BESIDE),
];
