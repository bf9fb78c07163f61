import { consumerAckWaitBounded } from "../../../policies/rules/jetstream-consumer-ack-wait-bounded";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const [PULL, PUSH] = [0, 1];
const found = (index: number, fields: object, config?: object) =>
  messages(
    consumerAckWaitBounded,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const message = (field: string, problem: string, name = "billing_orders_paid") =>
  `jetstream-consumer-ack-wait-bounded consumer "ORDERS_V1/${name}": ${field} ${problem}. Set it a little above the longest time the work takes.`;
const wait = (ackWait?: string, more: object = {}) => ({ backoff: undefined, ackWait, ...more });

it("accepts what the baseline waits", () => expect(found(PULL, {})).toEqual([]));

it.each([undefined, "0s", "1s", "30s", "30m"])("accepts ackWait %s", (ackWait) =>
  expect(found(PULL, wait(ackWait))).toEqual([]),
);

it("reports waits that are too short or too long, of pull and push consumers", () => {
  expect(found(PULL, wait("999ms"))).toEqual([message("ackWait", '"999ms" is shorter than 1s')]);
  expect(found(PULL, wait("31m"))).toEqual([message("ackWait", '"31m" is longer than 30m')]);
  expect(found(PUSH, wait("1d"))).toEqual([message("ackWait", '"1d" is longer than 30m', "mailer_orders_placed")]);
});

it("judges the default where nothing is set", () => {
  expect(found(PULL, wait(), { least: "31s" })).toContain(message("ackWait", '"30s" is shorter than 31s'));
  expect(found(PULL, wait(), { most: "29s", least: "0s" })).toContain(message("ackWait", '"30s" is longer than 29s'));
});

it("judges each step of backoff, which replaces ackWait", () => {
  expect(found(PULL, { backoff: ["500ms", "10s", "2h"], ackWait: "24h" })).toEqual([
    message("backoff[0]", '"500ms" is shorter than 1s'),
    message("backoff[2]", '"2h" is longer than 30m'),
  ]);
  expect(found(PULL, { backoff: ["500ms", "2h"] }, { least: "100ms", most: "3h" })).toEqual([]);
});

it.each(["none", "flow_control"])("is not about ackPolicy %s, with which nothing comes again", (ackPolicy) => {
  expect(found(PUSH, wait("24h", { ackPolicy }))).toEqual([]);
});

it("waits for what is not known yet, and judges the others", () => {
  expect(found(PULL, { backoff: UNKNOWN, ackWait: "24h" })).toEqual([]);
  expect(found(PULL, wait(UNKNOWN))).toEqual([]);
  expect(found(PULL, { backoff: ["2h"], ackWait: UNKNOWN, maxDeliver: UNKNOWN })).toEqual([
    message("backoff[0]", '"2h" is longer than 30m'),
  ]);
});
