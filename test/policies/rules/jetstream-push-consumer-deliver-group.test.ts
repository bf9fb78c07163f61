import { pushConsumerDeliverGroup } from "../../../policies/rules/jetstream-push-consumer-deliver-group";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const [PULL, PUSH] = [0, 1];
const found = (index: number, fields: object, config?: object) =>
  messages(
    pushConsumerDeliverGroup,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

it("accepts push consumers with a group", () => expect(found(PUSH, {})).toEqual([]));

it("reports a push consumer without one", () => {
  expect(found(PUSH, { deliverGroup: undefined })).toEqual([
    'jetstream-push-consumer-deliver-group consumer "ORDERS_V1/mailer_orders_placed": deliverGroup is not set: every subscriber gets every message. Set deliverGroup to the name of the service, and let its instances subscribe in that group. A pull consumer in its place needs a new name.',
  ]);
});

it.each([{ flowControl: true, idleHeartbeat: "5s" }, { idleHeartbeat: "5s" }])(
  "knows what a group excludes: %o",
  (fields) => {
    expect(found(PUSH, { deliverGroup: undefined, ...fields })).toEqual([
      'jetstream-push-consumer-deliver-group consumer "ORDERS_V1/mailer_orders_placed": deliverGroup is not set: every subscriber gets every message. Clients refuse flowControl and idleHeartbeat in a group. Use a pull consumer. It cannot be changed in place: create a consumer under a new name that starts after what this one has acknowledged, move its readers, then remove this one.',
    ]);
  },
);

it("is not about pull consumers", () => expect(found(PULL, { deliverGroup: undefined })).toEqual([]));

it("is not about a consumer that a stream copies through", () => {
  const fields = { ackPolicy: "flow_control", deliverGroup: undefined, maxDeliver: undefined, backoff: undefined };
  expect(found(PUSH, fields)).toEqual([]);
});

it("waits for what is not known yet, and judges the others", () => {
  expect(found(PUSH, { deliverGroup: UNKNOWN })).toEqual([]);
  expect(found(PUSH, { deliverGroup: undefined, ackPolicy: UNKNOWN })).toEqual([]);
  expect(found(PUSH, { deliverGroup: undefined, deliverSubject: UNKNOWN, stream: UNKNOWN })).toHaveLength(1);
});
