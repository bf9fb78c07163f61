import { consumerAckExplicit } from "../../../policies/rules/jetstream-consumer-ack-explicit";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const [PULL, PUSH] = [0, 1];
const found = (index: number, fields: object, config?: object) =>
  messages(
    consumerAckExplicit,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const FIX =
  'Set ackPolicy: "explicit". It cannot be changed in place: create a consumer under a new name that starts after what this one has acknowledged, move its readers, then remove this one.';
const flowControl = { ackPolicy: "flow_control", deliverGroup: undefined, maxDeliver: undefined, backoff: undefined };

it("accepts consumers that acknowledge each message", () => expect(found(PULL, {})).toEqual([]));

it.each([
  [PULL, "billing_orders_paid", "none", "takes a message for processed as soon as it is sent"],
  [PULL, "billing_orders_paid", "all", "acknowledges every message before the one acknowledged"],
  [PUSH, "mailer_orders_placed", "none", "takes a message for processed as soon as it is sent"],
  [PUSH, "mailer_orders_placed", "all", "acknowledges every message before the one acknowledged"],
])("reports consumer %i %s with %s", (index, name, ackPolicy, means) => {
  expect(found(index, { ackPolicy })).toEqual([
    `jetstream-consumer-ack-explicit consumer "ORDERS_V1/${name}": ackPolicy "${ackPolicy}" ${means}. ${FIX}`,
  ]);
});

it("takes acknowledgments by flow control as configured", () => {
  expect(found(PUSH, flowControl)).toEqual([]);
  expect(found(PUSH, flowControl, { flowControl: false })).toEqual([
    `jetstream-consumer-ack-explicit consumer "ORDERS_V1/mailer_orders_placed": ackPolicy "flow_control" acknowledges what has arrived, processed or not. ${FIX}`,
  ]);
});

it("judges what is known beside what is not known yet", () => {
  expect(found(PULL, { ackPolicy: UNKNOWN })).toEqual([]);
  expect(found(PULL, { ackPolicy: "none", maxDeliver: UNKNOWN, backoff: [UNKNOWN] })).toHaveLength(1);
});

it("says nothing of a policy that is missing or none", () => {
  expect(found(PULL, { ackPolicy: undefined })).toEqual([]);
  expect(found(PULL, { ackPolicy: "often" })).toEqual([]);
});

it("is not about streams and buckets", () => {
  expect(messages(consumerAckExplicit, ({ topology }: Loose) => (topology.streams.STATUS_V1.noAck = true))).toEqual([]);
});
