import { duration, int, int64, list, object, text, timestamp } from "./forms";
import { cannotSay, type Row } from "./row";

/** What to do about a field NACK does not have. */
export const BESIDE = "Leave it out, or make this asset with Pulumi or headwater apply.";

const transformRows: readonly Row[] = [
  { field: "src", nack: "source", form: text },
  { field: "dest", nack: "dest", form: text },
];

/** One subject rewritten to another. */
export const transform = object(transformRows);

const sourceRows: readonly Row[] = [
  { field: "name", nack: "name", form: text },
  { field: "optStartSeq", nack: "optStartSeq", form: int64 },
  { field: "optStartTime", nack: "optStartTime", form: timestamp },
  { field: "filterSubject", nack: "filterSubject", form: text },
  { field: "external.api", nack: "externalApiPrefix", form: text },
  { field: "external.deliver", nack: "externalDeliverPrefix", form: text },
  { field: "subjectTransforms", nack: "subjectTransforms", form: list(transform) },
  cannotSay("consumer", BESIDE),
];

/** A stream that is copied from. */
export const source = object(sourceRows);

/** Copies of stored messages. `headersOnly` is in NACK's Go type and not in its resource: Kubernetes drops it. */
export const republish = object([
  // Servers that are asked strictly, as NACK asks, refuse an empty one.
  { field: "src", nack: "source", form: text, unset: ">" },
  { field: "dest", nack: "destination", form: text },
  cannotSay("headersOnly", BESIDE),
]);

/** Which servers hold the replicas. Tags that are left out would stay on the server. */
export const placement = object([
  { field: "cluster", nack: "cluster", form: text },
  { field: "tags", nack: "tags", form: list(text), unset: [] },
]);

/** Defaults and limits of a stream's consumers. */
export const consumerLimits = object([
  { field: "inactiveThreshold", nack: "inactiveThreshold", form: duration, unset: "0s" },
  { field: "maxAckPending", nack: "maxAckPending", form: int },
]);
