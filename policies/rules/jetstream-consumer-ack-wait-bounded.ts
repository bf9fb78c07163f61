import { parseDuration } from "../../model/units";
import { duration } from "../options";
import { redelivers } from "../redelivers";
import { defineRule } from "../rule";

// server/consumer.go setConsumerConfigDefaults.
const DEFAULT_WAIT = "30s";

/** A message comes again after a time that fits the work. */
export const consumerAckWaitBounded = defineRule({
  id: "jetstream-consumer-ack-wait-bounded",
  title: "A message is delivered again neither too soon nor too late",
  severity: "medium",
  levels: { dev: "advisory", staging: "advisory", prod: "mandatory" },
  why: "A wait that is shorter than the work delivers a message again while it is being processed: the work is done twice. One that is much longer leaves what a dead reader held untouched for as long.",
  fix: "Set it a little above the longest time the work takes.",
  topics: ["delivery"],
  options: {
    least: duration("1s", "Shortest wait for an acknowledgment, the steps of backoff among them."),
    most: duration("30m", "Longest wait."),
  },
  on: "consumer",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit", ackWait: "24h" }],
    },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit", ackWait: "5m" }],
    },
  },
  *find(consumer, { least, most }) {
    if (!redelivers(consumer)) return;
    const { backoff = [] } = consumer.spec;
    // Each step is the wait for one delivery; ackWait has no effect beside them.
    const waits =
      backoff.length > 0
        ? backoff.map((wait, i) => ({ field: `backoff[${i}]`, wait }))
        : [{ field: "ackWait", wait: consumer.spec.ackWait ?? DEFAULT_WAIT }];
    const [shortest = 0n, longest = 0n] = [parseDuration(least), parseDuration(most)];
    for (const { field, wait } of waits) {
      const span = parseDuration(wait) ?? 0n;
      const shown = JSON.stringify(wait);
      if (span < shortest) yield { field, value: wait, problem: `${shown} is shorter than ${least}` };
      else if (span > longest) yield { field, value: wait, problem: `${shown} is longer than ${most}` };
    }
  },
});
