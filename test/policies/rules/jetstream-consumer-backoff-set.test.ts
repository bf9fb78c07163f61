import { consumerBackoffSet } from "../../../policies/rules/jetstream-consumer-backoff-set";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const [PULL, PUSH] = [0, 1];
const found = (index: number, fields: object, config?: object) =>
  messages(
    consumerBackoffSet,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const FIX = 'Set backoff to waits that grow, such as ["1s", "10s", "1m"]; it replaces ackWait.';
const message = (name: string, problem: string) =>
  `jetstream-consumer-backoff-set consumer "${name}": backoff ${problem}. ${FIX}`;
const NONE = "is not set: every further delivery comes after the same time";

it("accepts consumers that wait longer and longer", () => expect(found(PULL, {})).toEqual([]));

it.each([
  [PULL, "ORDERS_V1/billing_orders_paid"],
  [PUSH, "ORDERS_V1/mailer_orders_placed"],
])("reports consumer %i %s without steps", (index, name) => {
  expect(found(index, { backoff: undefined })).toEqual([message(name, NONE)]);
  expect(found(index, { backoff: [] })).toEqual([message(name, NONE)]);
  expect(found(index, { backoff: undefined, maxDeliver: undefined })).toEqual([message(name, NONE)]);
});

it("counts the steps", () => {
  expect(found(PULL, { backoff: ["1s"] })).toEqual([
    message("ORDERS_V1/billing_orders_paid", "has 1 step, fewer than 2"),
  ]);
  expect(found(PULL, { backoff: ["1s", "10s"] })).toEqual([]);
  expect(found(PULL, {}, { least: 3 })).toEqual([]);
  expect(found(PULL, { maxDeliver: 9 }, { least: 4 })).toEqual([
    message("ORDERS_V1/billing_orders_paid", "has 3 steps, fewer than 4"),
  ]);
  expect(found(PULL, { backoff: ["1s"] }, { least: 1 })).toEqual([]);
});

it("asks for no more steps than there are further deliveries", () => {
  expect(found(PULL, { maxDeliver: 1, backoff: undefined })).toEqual([]);
  expect(found(PULL, { maxDeliver: 2, backoff: ["1s"] })).toEqual([]);
  expect(found(PULL, { maxDeliver: 2, backoff: undefined })).toEqual([message("ORDERS_V1/billing_orders_paid", NONE)]);
  expect(found(PULL, { maxDeliver: 3, backoff: ["1s"] })).toEqual([
    message("ORDERS_V1/billing_orders_paid", "has 1 step, fewer than 2"),
  ]);
});

it.each(["none", "flow_control"])("is not about ackPolicy %s, with which nothing comes again", (ackPolicy) => {
  expect(found(PUSH, { ackPolicy, maxDeliver: undefined, backoff: undefined })).toEqual([]);
});

it("waits for what is not known yet, and judges the others", () => {
  for (const fields of [{ backoff: UNKNOWN }, { backoff: ["1s", UNKNOWN] }, { maxDeliver: UNKNOWN, backoff: [] }])
    expect(found(PULL, fields)).toEqual([]);
  expect(found(PULL, { backoff: [], ackWait: UNKNOWN, filterSubject: UNKNOWN })).toHaveLength(1);
});

it.each([
  [["10m", "1s"], 'has "1s" after "10m": the wait gets shorter'],
  [["1s", "1m", "30s"], 'has "30s" after "1m": the wait gets shorter'],
  [["30s", "30s"], 'has "30s" at every step: the wait does not grow'],
])("reports waits that do not grow: %j", (backoff, problem) => {
  expect(found(PULL, { maxDeliver: 5, backoff })).toEqual([
    `jetstream-consumer-backoff-set consumer "ORDERS_V1/billing_orders_paid": backoff ${problem}. ${FIX}`,
  ]);
});

it("accepts waits that stay at the longest", () => {
  expect(found(PULL, { maxDeliver: 5, backoff: ["1s", "1m", "1m"] })).toEqual([]);
});
