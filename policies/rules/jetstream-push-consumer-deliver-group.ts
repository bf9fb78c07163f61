import { unlessHidden } from "../../preflight/asset";
import { NEW_CONSUMER } from "../new-consumer";
import { defineRule } from "../rule";

const PULL = `Use a pull consumer. ${NEW_CONSUMER}`;

/** Instances of a service share the messages of a push consumer. */
export const pushConsumerDeliverGroup = defineRule({
  id: "jetstream-push-consumer-deliver-group",
  title: "Subscribers of a push consumer share its messages",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "Without a group every subscriber of the subject gets every message: with the second instance of a service everything is done twice, and the first one that acknowledges does so for all.",
  fix: "Set deliverGroup to the name of the service, and let its instances subscribe in that group. A pull consumer in its place needs a new name.",
  topics: ["delivery"],
  on: "consumer",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [
        {
          stream: "ORDERS_V1",
          name: "mailer_orders",
          kind: "push",
          deliverSubject: "deliver.mailer",
          ackPolicy: "explicit",
        },
      ],
    },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [
        {
          stream: "ORDERS_V1",
          name: "mailer_orders",
          kind: "push",
          deliverSubject: "deliver.mailer",
          deliverGroup: "mailer",
          ackPolicy: "explicit",
        },
      ],
    },
  },
  *find({ spec }) {
    const { kind, ackPolicy, deliverGroup } = spec;
    // One stream copies through a consumer that acknowledges by flow control.
    if (kind !== "push" || deliverGroup !== undefined || ackPolicy === "flow_control") return;
    const isForOne = unlessHidden(() => spec.flowControl || spec.idleHeartbeat !== undefined);
    yield {
      field: "deliverGroup",
      problem: "is not set: every subscriber gets every message",
      ...(isForOne && { remedy: `Clients refuse flowControl and idleHeartbeat in a group. ${PULL}` }),
    };
  },
});
