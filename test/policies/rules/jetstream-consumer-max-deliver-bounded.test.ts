import { consumerMaxDeliverBounded } from "../../../policies/rules/jetstream-consumer-max-deliver-bounded";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const [PULL, PUSH] = [0, 1];
const found = (index: number, fields: object, config?: object) =>
  messages(
    consumerMaxDeliverBounded,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const FIX = "Set maxDeliver to the tries that make sense, and see to what is given up.";

it("accepts consumers that give up", () => expect(found(PULL, {})).toEqual([]));

it.each([
  [PULL, "billing_orders_paid"],
  [PUSH, "mailer_orders_placed"],
])("reports consumer %i %s without a bound", (index, name) => {
  for (const maxDeliver of [undefined, -1, 0])
    expect(found(index, { maxDeliver })).toEqual([
      `jetstream-consumer-max-deliver-bounded consumer "ORDERS_V1/${name}": maxDeliver is not set: a message nobody can process is delivered forever. ${FIX}`,
    ]);
});

it("reports a bound that is none", () => {
  expect(found(PULL, { maxDeliver: 100 })).toEqual([]);
  expect(found(PULL, { maxDeliver: 101 })).toEqual([
    'jetstream-consumer-max-deliver-bounded consumer "ORDERS_V1/billing_orders_paid": maxDeliver 101 is more than 100. Give up after 100 deliveries at most.',
  ]);
  expect(found(PULL, { maxDeliver: 101 }, { most: 200 })).toEqual([]);
  expect(found(PULL, {}, { most: 3 })).toEqual([
    'jetstream-consumer-max-deliver-bounded consumer "ORDERS_V1/billing_orders_paid": maxDeliver 4 is more than 3. Give up after 3 deliveries at most.',
    'jetstream-consumer-max-deliver-bounded consumer "JOBS_V1/resizer_jobs_resize": maxDeliver 4 is more than 3. Give up after 3 deliveries at most.',
  ]);
});

it.each(["none", "flow_control"])("is not about ackPolicy %s, with which nothing comes again", (ackPolicy) => {
  expect(found(PUSH, { ackPolicy, maxDeliver: undefined, backoff: undefined })).toEqual([]);
});

it("is about ackPolicy all", () => expect(found(PUSH, { ackPolicy: "all", maxDeliver: -1 })).toHaveLength(1));

it("judges what is known beside what is not known yet", () => {
  expect(found(PULL, { maxDeliver: UNKNOWN })).toEqual([]);
  expect(found(PULL, { maxDeliver: -1, ackPolicy: UNKNOWN })).toEqual([]);
  expect(found(PULL, { maxDeliver: -1, backoff: UNKNOWN, stream: UNKNOWN })).toHaveLength(1);
});
