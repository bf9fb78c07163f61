import { auditReplicated } from "../../../policies/rules/jetstream-audit-replicated";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const orders = (fields: object, config?: PolicyConfig[string]) =>
  messages(auditReplicated, ({ topology }) => Object.assign(topology.streams.ORDERS_V1, fields), { config });
const says = (problem: string, asset = 'stream "ORDERS_V1"') => [
  `jetstream-audit-replicated ${asset}: replicas ${problem}. Set replicas to 3 or 5, on a cluster of as many servers.`,
];

it("accepts an audit stream with an odd number of copies", () => {
  expect(messages(auditReplicated, () => {})).toEqual([]);
  expect(orders({ replicas: 5 })).toEqual([]);
});

it.each([undefined, 1, 2])("reports replicas %s", (replicas) => {
  expect(orders({ replicas })).toEqual(says(`is ${replicas ?? 1}, and what is for audit has at least 3`));
});

it("reports an even number", () => {
  expect(orders({ replicas: 4 })).toEqual(says("is 4: no more servers may be lost than with 3"));
});

it("asks for as many as the option says", () => {
  expect(orders({ replicas: 3 }, { least: 5 })).toEqual([
    'jetstream-audit-replicated stream "ORDERS_V1": replicas is 3, and what is for audit has at least 5. Set it to 5, on a cluster of as many servers.',
  ]);
  expect(orders({ replicas: 1 }, { least: 1 })).toEqual([]);
});

it("judges buckets too", () => {
  expect(
    messages(auditReplicated, ({ topology }) => {
      Object.assign(topology.keyValues.sessions, { dataClass: "audit", replicas: 1 });
      Object.assign(topology.objectStores.invoices, { dataClass: "audit", replicas: 2 });
    }),
  ).toEqual([
    ...says("is 1, and what is for audit has at least 3", 'key-value bucket "sessions"'),
    ...says("is 2, and what is for audit has at least 3", 'object store "invoices"'),
  ]);
});

it("judges what a name says is for audit", () => {
  const unclassed = { dataClass: "standard", replicas: 1 };
  expect(orders(unclassed)).toEqual([]);
  expect(orders(unclassed, { pattern: "^ORDERS_" })).toHaveLength(1);
  expect(orders({ dataClass: UNKNOWN, replicas: 1 }, { pattern: "^ORDERS_" })).toHaveLength(1);
});

it("says nothing of what is not known yet", () => {
  expect(orders({ replicas: UNKNOWN })).toEqual([]);
  expect(orders({ dataClass: UNKNOWN, replicas: 1 })).toEqual([]);
  expect(orders({ maxAge: UNKNOWN, replicas: 1 })).toHaveLength(1);
});
