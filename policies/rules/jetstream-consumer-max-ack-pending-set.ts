import { integer } from "../options";
import { defineRule } from "../rule";

/** How much one consumer may have in flight is decided. */
export const consumerMaxAckPendingSet = defineRule({
  id: "jetstream-consumer-max-ack-pending-set",
  title: "How many messages may wait for an acknowledgment is written down",
  severity: "medium",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "Where it is not set, the server decides: the consumerLimits of the stream, else 1000, or the limit of the account or the server where that is lower. Too few starve readers; too many are held by one reader while others have nothing to do, and come again all at once when it dies.",
  fix: "Set maxAckPending to what all readers together work on at a time.",
  topics: ["delivery", "capacity"],
  options: { most: integer(1, 1_000_000_000, 10_000, "Most messages that may wait.") },
  on: "consumer",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit" }],
    },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [
        { stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit", maxAckPending: 256 },
      ],
    },
  },
  *find({ spec: { ackPolicy, maxAckPending } }, { most }) {
    if (ackPolicy === "none") return;
    const at = { field: "maxAckPending", ...(maxAckPending !== undefined && { value: maxAckPending }) };
    if (maxAckPending === undefined) yield { ...at, problem: "is not set: the server decides" };
    else if (maxAckPending < 0) yield { ...at, problem: `${maxAckPending} is unlimited` };
    else if (maxAckPending > most)
      yield { ...at, problem: `${maxAckPending} is more than ${most}`, remedy: `Set it to ${most} at most.` };
  },
});
