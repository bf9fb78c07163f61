import { limit } from "../../preflight/values";
import { integer } from "../options";
import { redelivers } from "../redelivers";
import { defineRule } from "../rule";

/** A message that cannot be processed is given up some day. */
export const consumerMaxDeliverBounded = defineRule({
  id: "jetstream-consumer-max-deliver-bounded",
  title: "A consumer gives a message up after some deliveries",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A message that crashes its reader is delivered again and again, takes a place among the pending ones, and crashes the reader each time. A few of them stop a consumer.",
  fix: "Set maxDeliver to the tries that make sense, and see to what is given up.",
  topics: ["delivery", "dead letters"],
  options: { most: integer(1, 1_000_000, 100, "Most deliveries of one message.") },
  on: "consumer",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit" }],
    },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit", maxDeliver: 5 }],
    },
  },
  *find(consumer, { most }) {
    const { maxDeliver } = consumer.spec;
    if (!redelivers(consumer)) return;
    const deliveries = limit(maxDeliver);
    if (deliveries === undefined)
      yield { field: "maxDeliver", problem: "is not set: a message nobody can process is delivered forever" };
    else if (deliveries > BigInt(most))
      yield {
        field: "maxDeliver",
        value: maxDeliver,
        problem: `${deliveries} is more than ${most}`,
        remedy: `Give up after ${most} deliveries at most.`,
      };
  },
});
