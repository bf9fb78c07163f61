import { auditRetentionAtLeast } from "../../../policies/rules/jetstream-audit-retention-at-least";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const orders = (fields: object, config?: PolicyConfig[string]) =>
  messages(auditRetentionAtLeast, ({ topology }) => Object.assign(topology.streams.ORDERS_V1, fields), { config });
const says = (text: string) => [`jetstream-audit-retention-at-least stream "ORDERS_V1": ${text}`];
const SHORT = says('maxAge "6d" is shorter than 7d. Set it to 7d or more.');
const INTEREST = says(
  'retention is "interest": messages are dropped when every reader has acknowledged them, or where nobody reads. Use "limits".',
);

it.each(["7d", "168h", "30d", "0s", undefined])("accepts maxAge %s", (maxAge) =>
  expect(orders({ maxAge })).toEqual([]),
);

it("reports a shorter one", () => {
  expect(orders({ maxAge: "6d" })).toEqual(SHORT);
  expect(orders({ maxAge: "30d" }, { least: "400d" })).toEqual(
    says('maxAge "30d" is shorter than 400d. Set it to 400d or more.'),
  );
});

it("reports a retention that drops what was acknowledged", () => {
  expect(orders({ retention: "interest" })).toEqual(INTEREST);
  expect(orders({ retention: "workqueue" })).toEqual(
    says(
      'retention is "workqueue": a message is dropped when it is acknowledged. Use "limits". A work queue cannot be changed in place: let a new stream take the subjects, and let the queue have it as a source.',
    ),
  );
});

it("judges only what is for audit", () => {
  const fields = { dataClass: "standard", maxAge: "6d" };
  expect(orders(fields)).toEqual([]);
  expect(orders(fields, { pattern: "^ORDERS_" })).toEqual(SHORT);
});

it("is not about buckets", () => {
  expect(
    messages(auditRetentionAtLeast, ({ topology }) => {
      Object.assign(topology.keyValues.sessions, { dataClass: "audit", ttl: "1h" });
    }),
  ).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(orders({ maxAge: UNKNOWN, retention: "interest" })).toEqual(INTEREST);
  expect(orders({ maxAge: "6d", retention: UNKNOWN })).toEqual(SHORT);
  expect(orders({ maxAge: "6d", dataClass: UNKNOWN })).toEqual([]);
});
