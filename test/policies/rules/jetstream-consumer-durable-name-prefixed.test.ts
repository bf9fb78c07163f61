import { consumerDurableNamePrefixed } from "../../../policies/rules/jetstream-consumer-durable-name-prefixed";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const [PULL, PUSH] = [0, 1];
const found = (index: number, fields: object, config?: object) =>
  messages(
    consumerDurableNamePrefixed,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const DOES_NOT_MATCH =
  "does not match ^[a-z][a-z0-9]*(-[a-z0-9]+)*_[a-z0-9]+(_[a-z0-9]+)*$. Begin the name with the service, as in sensor-gateway_raw_ingest_cursor.";

it("accepts names that begin with a service", () => expect(found(PULL, {})).toEqual([]));

it.each(["cursor", "Billing_orders", "_orders", "billing_", "billing__orders", "billing-orders", "-billing_orders"])(
  "reports %s",
  (name) => {
    const whole = `jetstream-consumer-durable-name-prefixed consumer "ORDERS_V1/${name}": name "${name}" ${DOES_NOT_MATCH}`;
    expect(found(PULL, { name })).toEqual([whole]);
    expect(found(PUSH, { name })).toEqual([whole]);
  },
);

it.each(["sensor-gateway_raw_ingest_cursor", "a_b", "billing2_orders_2"])("accepts %s", (name) =>
  expect(found(PULL, { name })).toEqual([]),
);

it("takes another pattern", () => {
  expect(found(PULL, { name: "cursor" }, { pattern: "^c" })).toEqual([
    'jetstream-consumer-durable-name-prefixed consumer "ORDERS_V1/mailer_orders_placed": name "mailer_orders_placed" does not match ^c. Begin the name with the service, as in sensor-gateway_raw_ingest_cursor.',
    'jetstream-consumer-durable-name-prefixed consumer "JOBS_V1/resizer_jobs_resize": name "resizer_jobs_resize" does not match ^c. Begin the name with the service, as in sensor-gateway_raw_ingest_cursor.',
  ]);
});

it("knows the services where they are listed", () => {
  const services = ["billing", "mailer", "resizer"];
  expect(found(PULL, {}, { services })).toEqual([]);
  expect(found(PULL, { name: "bill_orders" }, { services })).toEqual([
    'jetstream-consumer-durable-name-prefixed consumer "ORDERS_V1/bill_orders": name "bill_orders" begins with "bill", which is no known service (billing, mailer, resizer). Begin it with one of them, or add the service to the list.',
  ]);
  expect(found(PULL, { name: "cursor" }, { services })).toEqual([
    `jetstream-consumer-durable-name-prefixed consumer "ORDERS_V1/cursor": name "cursor" ${DOES_NOT_MATCH}`,
  ]);
});

it("waits for a name that is not known yet, and judges the others", () => {
  const change = (all: Loose) => {
    all.topology.consumers[PULL].name = UNKNOWN;
    all.topology.consumers[PUSH].name = "cursor";
  };
  expect(messages(consumerDurableNamePrefixed, change)).toEqual([
    `jetstream-consumer-durable-name-prefixed consumer "ORDERS_V1/cursor": name "cursor" ${DOES_NOT_MATCH}`,
  ]);
  expect(found(PULL, { stream: UNKNOWN, name: "cursor" })).toHaveLength(1);
});

it("is not about streams and buckets", () => {
  const rename = ({ topology }: Loose) => {
    topology.streams.cursor = topology.streams.STATUS_V1;
    topology.keyValues.Cursor = topology.keyValues.sessions;
  };
  expect(messages(consumerDurableNamePrefixed, rename)).toEqual([]);
});
