import { dataClassSet } from "../../../policies/rules/jetstream-data-class-set";
import { messages, UNKNOWN } from "../support/judge";

const says = (asset: string) =>
  `jetstream-data-class-set ${asset}: dataClass is not set. Set dataClass: "audit" where a loss must never happen, "ephemeral" where it does not matter, else "standard".`;

it("accepts what has a class, and is not about consumers", () => expect(messages(dataClassSet, () => {})).toEqual([]));

it("reports streams and buckets without one", () => {
  expect(
    messages(dataClassSet, ({ topology }) => {
      delete topology.streams.JOBS_V1.dataClass;
      delete topology.keyValues.sessions.dataClass;
      delete topology.objectStores.invoices.dataClass;
    }),
  ).toEqual([says('stream "JOBS_V1"'), says('key-value bucket "sessions"'), says('object store "invoices"')]);
});

it("judges what is known beside what is not known yet", () => {
  const jobs = (fields: object) =>
    messages(dataClassSet, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields));
  expect(jobs({ dataClass: UNKNOWN })).toEqual([]);
  expect(jobs({ dataClass: undefined, maxAge: UNKNOWN })).toEqual([says('stream "JOBS_V1"')]);
});
