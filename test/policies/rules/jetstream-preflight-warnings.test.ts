import { preflightWarnings } from "../../../policies/rules/jetstream-preflight-warnings";
import { messages, UNKNOWN } from "../support/judge";

const reading = (fields: object) =>
  messages(preflightWarnings, ({ topology }) => Object.assign(topology.consumers[0], fields));

it("accepts a set in which everything has an effect, and leaves refusals to the rule about those", () => {
  expect(messages(preflightWarnings, () => {})).toEqual([]);
  expect(
    messages(preflightWarnings, ({ topology }) => {
      topology.streams.COPY_V1 = { subjects: ["orders.v1.paid"] };
      topology.streams.MIRROR_V1 = { mirror: { name: "ORDRS_V1" } };
    }),
  ).toEqual([]);
});

it("reports what has no effect, under the warning's own code", () => {
  expect(reading({ filterSubject: "nothing.here" })).toEqual([
    'SW103 consumer "ORDERS_V1/billing_orders_paid": filterSubject "nothing.here" matches no subject of stream "ORDERS_V1" (orders.v1.placed, orders.v1.paid). Correct the filter, or add the subject to the stream.',
  ]);
});

it("judges what is known beside what is not known yet", () => {
  expect(reading({ filterSubject: UNKNOWN })).toEqual([]);
  expect(reading({ filterSubject: "nothing.here", maxDeliver: UNKNOWN })).toHaveLength(1);
});
