import { buildSystem } from "../../../policies/build-system";
import { auditNoAckNone } from "../../../policies/rules/jetstream-audit-no-ack-none";
import { runRules } from "../../../policies/run-rules";
import { type PolicyConfig, resolveSettings } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const orders = (fields: object, config?: PolicyConfig[string]) =>
  messages(auditNoAckNone, ({ topology }) => Object.assign(topology.streams.ORDERS_V1, fields), { config });
const reading = (fields: object, config?: PolicyConfig[string]) =>
  messages(
    auditNoAckNone,
    ({ topology }) => {
      Object.assign(topology.consumers[0], fields);
    },
    { config },
  );
const STREAM = [
  'jetstream-audit-no-ack-none stream "ORDERS_V1": noAck is true: nobody knows whether a message was stored. Leave it out.',
];
const consumer = (stream: string) => [
  `jetstream-audit-no-ack-none consumer "${stream}/billing_orders_paid": ackPolicy is "none", and stream "${stream}" is for audit: what a reader loses is not delivered again. Use "explicit". It cannot be changed in place: create a consumer under a new name that starts after what this one has acknowledged, move its readers, then remove this one.`,
];

it("accepts what acknowledges", () => {
  expect(messages(auditNoAckNone, () => {})).toEqual([]);
  expect(reading({ ackPolicy: "all" })).toEqual([]);
});

it("reports an audit stream that acknowledges nothing", () => {
  expect(orders({ noAck: true })).toEqual(STREAM);
  expect(orders({ noAck: true, dataClass: "standard" })).toEqual([]);
});

it("reports a consumer of an audit stream that acknowledges nothing", () => {
  expect(reading({ ackPolicy: "none" })).toEqual(consumer("ORDERS_V1"));
  expect(reading({ ackPolicy: "none", stream: "STATUS_V1" })).toEqual([]);
  expect(reading({ ackPolicy: "none", stream: "KV_sessions" })).toEqual([]);
});

it("judges what a name says is for audit, here or elsewhere", () => {
  const config = { pattern: "^(ELSE|STATUS)" };
  expect(reading({ ackPolicy: "none", stream: "STATUS_V1" }, config)).toEqual(consumer("STATUS_V1"));
  expect(reading({ ackPolicy: "none", stream: "ELSEWHERE" }, config)).toEqual(consumer("ELSEWHERE"));
  expect(reading({ ackPolicy: "none", stream: "ELSEWHERE" })).toEqual([]);
});

it("is not about buckets", () => {
  expect(
    messages(auditNoAckNone, ({ topology }) => {
      topology.keyValues.sessions.dataClass = "audit";
      Object.assign(topology.consumers[0], { stream: "KV_sessions", ackPolicy: "none" });
    }),
  ).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(orders({ noAck: UNKNOWN })).toEqual([]);
  expect(orders({ noAck: true, dataClass: UNKNOWN })).toEqual([]);
  expect(orders({ noAck: true, maxAge: UNKNOWN })).toEqual(STREAM);
  expect(reading({ ackPolicy: UNKNOWN })).toEqual([]);
  expect(reading({ ackPolicy: "none", stream: UNKNOWN })).toEqual([]);
  expect(reading({ ackPolicy: "none", maxDeliver: UNKNOWN })).toEqual(consumer("ORDERS_V1"));
});

it("reports only what is declared, also on a stream that exists", () => {
  const existing = {
    spec: { name: "LEDGER_V1", subjects: ["ledger.v1.>"], dataClass: "audit", noAck: true },
    consumers: [{ name: "old", kind: "pull", ackPolicy: "none" }],
  };
  const declared = [
    { kind: "consumer", spec: { stream: "LEDGER_V1", name: "new", kind: "pull", ackPolicy: "none" } } as const,
  ];
  const system = buildSystem([{ declared, facts: { streams: [existing] } }] as unknown as Parameters<
    typeof buildSystem
  >[0]);
  const found = runRules(system, resolveSettings([auditNoAckNone], "prod"));
  expect(found.map(({ name }) => name)).toEqual(["LEDGER_V1/new"]);
});
