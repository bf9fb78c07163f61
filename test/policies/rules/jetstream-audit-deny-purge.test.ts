import { auditDenyPurge } from "../../../policies/rules/jetstream-audit-deny-purge";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const orders = (fields: object, config?: PolicyConfig[string]) =>
  messages(auditDenyPurge, ({ topology }) => Object.assign(topology.streams.ORDERS_V1, fields), { config });
const FOUND = [
  'jetstream-audit-deny-purge stream "ORDERS_V1": denyPurge is not set: the stream can be emptied. Set denyPurge: true, and leave out allowRollupHdrs, which excludes it. It is one-way: the server refuses to turn it off again.',
];

it("accepts an audit stream that denies it, or is sealed", () => {
  expect(messages(auditDenyPurge, () => {})).toEqual([]);
  expect(orders({ denyPurge: undefined, sealed: true })).toEqual([]);
});

it.each([undefined, false])("reports denyPurge %s", (denyPurge) => expect(orders({ denyPurge })).toEqual(FOUND));

it.each([
  ["subjectDeleteMarkerTtl", "1h"],
  ["allowMsgSchedules", true],
])("reports %s, for which the server turns it off", (field, value) => {
  expect(orders({ [field]: value })).toEqual([
    `jetstream-audit-deny-purge stream "ORDERS_V1": denyPurge is turned off by the server: ${field} needs roll-ups, which purge. Leave out ${field}.`,
  ]);
});

it("judges only what is for audit", () => {
  const fields = { dataClass: "standard", denyPurge: false };
  expect(orders(fields)).toEqual([]);
  expect(orders(fields, { pattern: "^ORDERS_" })).toEqual(FOUND);
});

it("is not about buckets", () => {
  expect(
    messages(auditDenyPurge, ({ topology }) => {
      topology.keyValues.sessions.dataClass = "audit";
      topology.objectStores.invoices.dataClass = "audit";
    }),
  ).toEqual([]);
});

it("says nothing of what is not known yet", () => {
  expect(orders({ denyPurge: UNKNOWN })).toEqual([]);
  expect(orders({ denyPurge: false, dataClass: UNKNOWN })).toEqual([]);
  expect(orders({ denyPurge: false, subjectDeleteMarkerTtl: UNKNOWN })).toEqual(FOUND);
});
