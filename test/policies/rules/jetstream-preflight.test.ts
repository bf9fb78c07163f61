import { preflightPasses } from "../../../policies/rules/jetstream-preflight";
import { messages, UNKNOWN } from "../support/judge";

const adding = (name: string, fields: object) =>
  messages(preflightPasses, ({ topology }) => Object.assign(topology.streams, { [name]: fields }));

it("accepts a set a server accepts, and leaves warnings to the rule about those", () => {
  expect(messages(preflightPasses, () => {})).toEqual([]);
  expect(
    messages(preflightPasses, ({ topology }) => {
      topology.consumers[0].filterSubject = "nothing.here";
    }),
  ).toEqual([]);
});

it("reports what a server refuses, under the server's own code", () => {
  expect(adding("COPY_V1", { subjects: ["orders.v1.paid"] })).toEqual([
    'SP201 stream "COPY_V1": subjects[0] "orders.v1.paid" overlaps "orders.v1.paid" of stream "ORDERS_V1". Let one stream own the subject: narrow one of the two, or use a source or a mirror.',
  ]);
});

it("reports what refers to nothing", () => {
  expect(adding("COPY_V1", { mirror: { name: "ORDRS_V1" } })).toEqual([
    'SW101 stream "COPY_V1": mirror.name "ORDRS_V1" is not declared: the mirror copies nothing until it exists. Correct the name, declare it, or list it under external.',
  ]);
  expect(
    messages(preflightPasses, ({ topology }) => {
      topology.consumers[0].stream = "ORDRS_V1";
    }),
  ).toEqual([
    'SW102 consumer "ORDRS_V1/billing_orders_paid": stream "ORDRS_V1" is not declared: the consumer cannot be created before it exists. Correct the name, declare it, or list it under external.',
  ]);
});

it("judges what is known beside what is not known yet", () => {
  expect(adding("COPY_V1", { subjects: UNKNOWN })).toEqual([]);
  expect(adding("COPY_V1", { subjects: ["orders.v1.paid"], maxAge: UNKNOWN })).toHaveLength(1);
});

it("is not about clusters", () => {
  expect(
    messages(preflightPasses, ({ cluster }) => {
      cluster.size = -1;
    }),
  ).toEqual([]);
});
