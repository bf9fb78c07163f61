import { auditDenyDelete } from "../../../policies/rules/jetstream-audit-deny-delete";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const orders = (fields: object, config?: PolicyConfig[string]) =>
  messages(auditDenyDelete, ({ topology }) => Object.assign(topology.streams.ORDERS_V1, fields), { config });
const FOUND = [
  'jetstream-audit-deny-delete stream "ORDERS_V1": denyDelete is not set: single messages can be deleted. Set denyDelete: true. It is one-way: the server refuses to turn it off again.',
];

it("accepts an audit stream that denies it, or is sealed", () => {
  expect(messages(auditDenyDelete, () => {})).toEqual([]);
  expect(orders({ denyDelete: undefined, sealed: true })).toEqual([]);
});

it.each([undefined, false])("reports denyDelete %s", (denyDelete) => expect(orders({ denyDelete })).toEqual(FOUND));

it("judges only what is for audit", () => {
  const fields = { dataClass: "standard", denyDelete: false };
  expect(orders(fields)).toEqual([]);
  expect(orders(fields, { pattern: "^ORDERS_" })).toEqual(FOUND);
});

it("is not about buckets", () => {
  expect(
    messages(auditDenyDelete, ({ topology }) => {
      topology.keyValues.sessions.dataClass = "audit";
      topology.objectStores.invoices.dataClass = "audit";
    }),
  ).toEqual([]);
});

it("says nothing of what is not known yet", () => {
  expect(orders({ denyDelete: UNKNOWN })).toEqual([]);
  expect(orders({ denyDelete: false, dataClass: UNKNOWN })).toEqual([]);
  expect(orders({ denyDelete: false, denyPurge: UNKNOWN })).toEqual(FOUND);
});
