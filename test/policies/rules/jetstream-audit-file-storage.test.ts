import { auditFileStorage } from "../../../policies/rules/jetstream-audit-file-storage";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const orders = (fields: object, config?: PolicyConfig[string]) =>
  messages(auditFileStorage, ({ topology }) => Object.assign(topology.streams.ORDERS_V1, fields), { config });
const says = (asset: string) =>
  `jetstream-audit-file-storage ${asset}: storage is "memory", and what is for audit must outlast a restart. Leave storage out, or set it to file. It cannot be changed in place: create a new stream or key-value bucket that has the old one as a source, or copy an object store, and retire the old one.`;

it("accepts files, said or not, and memory for what is not for audit", () => {
  expect(messages(auditFileStorage, () => {})).toEqual([]);
  expect(orders({ storage: "file" })).toEqual([]);
  expect(orders({ dataClass: "standard", storage: "memory" })).toEqual([]);
});

it("reports audit streams and buckets in memory", () => {
  expect(orders({ storage: "memory" })).toEqual([says('stream "ORDERS_V1"')]);
  expect(
    messages(auditFileStorage, ({ topology }) => {
      Object.assign(topology.keyValues.sessions, { dataClass: "audit", storage: "memory" });
      Object.assign(topology.objectStores.invoices, { dataClass: "audit", storage: "memory" });
    }),
  ).toEqual([says('key-value bucket "sessions"'), says('object store "invoices"')]);
});

it("reports what a name says is for audit", () => {
  const inMemory = { dataClass: undefined, storage: "memory" };
  expect(orders(inMemory)).toEqual([]);
  expect(orders(inMemory, { pattern: "^ORDERS_" })).toEqual([says('stream "ORDERS_V1"')]);
});

it("says nothing of what is not known yet", () => {
  expect(orders({ storage: UNKNOWN })).toEqual([]);
  expect(orders({ dataClass: UNKNOWN, storage: "memory" })).toEqual([]);
  expect(orders({ replicas: UNKNOWN, storage: "memory" })).toHaveLength(1);
});
