import { NEW_CONSUMER } from "../new-consumer";
import { flag } from "../options";
import { defineRule } from "../rule";

/** A message is done when somebody has said so of this message. */
export const consumerAckExplicit = defineRule({
  id: "jetstream-consumer-ack-explicit",
  title: "A consumer acknowledges each message by itself",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "Without acknowledgments a message counts as processed when it is sent: what a crashing reader held is lost. With acknowledgments that cover everything before them, one message that worked also acknowledges the one before that did not.",
  fix: `Set ackPolicy: "explicit". ${NEW_CONSUMER}`,
  topics: ["delivery"],
  options: {
    flowControl: flag(
      true,
      'Whether ackPolicy "flow_control" is accepted too: a stream that copies through a consumer needs it, and stores what it acknowledges.',
    ),
  },
  on: "consumer",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "all" }],
    },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit" }],
    },
  },
  *find({ spec: { ackPolicy } }, { flowControl }) {
    if (ackPolicy === "explicit" || (flowControl && ackPolicy === "flow_control") || ackPolicy === undefined) return;
    yield { field: "ackPolicy", value: ackPolicy, problem: `${JSON.stringify(ackPolicy)} ${MEANS[ackPolicy]}` };
  },
});

const MEANS = {
  none: "takes a message for processed as soon as it is sent",
  all: "acknowledges every message before the one acknowledged",
  flow_control: "acknowledges what has arrived, processed or not",
} as const;
