import { consumerMaxAckPendingSet } from "../../../policies/rules/jetstream-consumer-max-ack-pending-set";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const [PULL, PUSH] = [0, 1];
const found = (index: number, fields: object, config?: object) =>
  messages(
    consumerMaxAckPendingSet,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const FIX = "Set maxAckPending to what all readers together work on at a time.";
const message = (name: string, problem: string, remedy = FIX) =>
  `jetstream-consumer-max-ack-pending-set consumer "ORDERS_V1/${name}": maxAckPending ${problem}. ${remedy}`;

it("accepts consumers that say it", () => expect(found(PULL, {})).toEqual([]));

it.each([
  [PULL, "billing_orders_paid"],
  [PUSH, "mailer_orders_placed"],
])("reports consumer %i %s that does not say it", (index, name) => {
  for (const maxAckPending of [undefined, 0])
    expect(found(index, { maxAckPending })).toEqual([message(name, "is not set: the server decides")]);
  expect(found(index, { maxAckPending: -1 })).toEqual([message(name, "-1 is unlimited")]);
});

it("takes no number that is hardly a bound", () => {
  expect(found(PULL, { maxAckPending: 10_000 })).toEqual([]);
  expect(found(PULL, { maxAckPending: 10_001 })).toEqual([
    message("billing_orders_paid", "10001 is more than 10000", "Set it to 10000 at most."),
  ]);
  expect(found(PULL, { maxAckPending: 10_001 }, { most: 20_000 })).toEqual([]);
  expect(found(PULL, {}, { most: 255 })).toEqual([
    message("billing_orders_paid", "256 is more than 255", "Set it to 255 at most."),
  ]);
});

it("is not about consumers that acknowledge nothing", () => {
  expect(found(PUSH, { ackPolicy: "none", maxAckPending: undefined })).toEqual([]);
  expect(found(PUSH, { ackPolicy: "flow_control", maxAckPending: undefined })).toHaveLength(1);
});

it("waits for what is not known yet, and judges the others", () => {
  expect(found(PULL, { maxAckPending: UNKNOWN })).toEqual([]);
  expect(found(PULL, { maxAckPending: -1, ackPolicy: UNKNOWN })).toEqual([]);
  expect(found(PULL, { maxAckPending: -1, maxDeliver: UNKNOWN, stream: UNKNOWN })).toHaveLength(1);
});

it("is not about streams", () => {
  const change = ({ topology }: Loose) => (topology.streams.ORDERS_V1.consumerLimits = { maxAckPending: 50_000 });
  expect(messages(consumerMaxAckPendingSet, change)).toEqual([]);
});
