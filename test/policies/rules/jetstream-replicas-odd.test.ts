import { replicasOdd } from "../../../policies/rules/jetstream-replicas-odd";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const jobs = (fields: object, config?: PolicyConfig[string]) =>
  messages(replicasOdd, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields), { config });
const says = (replicas: number, asset = 'stream "JOBS_V1"') => [
  `jetstream-replicas-odd ${asset}: replicas is ${replicas}: no more servers may be lost than with ${replicas - 1}. Set replicas to 1, 3 or 5.`,
];

it.each([undefined, 1, 3, 5])("accepts replicas %s", (replicas) => expect(jobs({ replicas })).toEqual([]));

it.each([2, 4])("reports replicas %s", (replicas) => expect(jobs({ replicas })).toEqual(says(replicas)));

it("leaves what is for audit to the rule about that", () => {
  expect(jobs({ replicas: 2, dataClass: "audit" })).toEqual([]);
  expect(jobs({ replicas: 2 }, { pattern: "^JOBS_" })).toEqual([]);
});

it("judges buckets, and not consumers", () => {
  expect(
    messages(replicasOdd, ({ topology }) => {
      topology.keyValues.sessions.replicas = 2;
      topology.objectStores.invoices.replicas = 4;
      topology.consumers[0].replicas = 2;
    }),
  ).toEqual([...says(2, 'key-value bucket "sessions"'), ...says(4, 'object store "invoices"')]);
});

it("judges what is known beside what is not known yet", () => {
  expect(jobs({ replicas: UNKNOWN })).toEqual([]);
  expect(jobs({ replicas: 2, dataClass: UNKNOWN })).toEqual(says(2));
});
