import { replicatedUnlessEphemeral } from "../../../policies/rules/jetstream-replicated-unless-ephemeral";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const jobs = (fields: object, config?: PolicyConfig[string]) =>
  messages(replicatedUnlessEphemeral, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields), { config });
const says = (problem: string, asset = 'stream "JOBS_V1"') => [
  `jetstream-replicated-unless-ephemeral ${asset}: replicas ${problem}. Set replicas to 3 on a cluster of 3 servers or more, or dataClass to "ephemeral" where a loss does not matter.`,
];

it("accepts three copies, and one of what is ephemeral", () => {
  expect(messages(replicatedUnlessEphemeral, () => {})).toEqual([]);
  expect(jobs({ dataClass: "ephemeral", replicas: 1 })).toEqual([]);
});

it.each([undefined, 1, 2])("reports replicas %s", (replicas) => {
  expect(jobs({ replicas })).toEqual(says(`is ${replicas ?? 1}, below 3: dataClass is "standard"`));
});

it("takes what is not classified for what may not be lost", () => {
  expect(jobs({ replicas: 1, dataClass: undefined })).toEqual(
    says("is 1, below 3: no dataClass says that a loss does not matter"),
  );
});

it("asks for as many as the option says", () => {
  expect(jobs({ replicas: 3 }, { least: 5 })).toContain(says('is 3, below 5: dataClass is "standard"')[0]);
  expect(jobs({ replicas: 1 }, { least: 1 })).toEqual([]);
});

it("leaves what is for audit to the rule about that", () => {
  expect(jobs({ replicas: 1, dataClass: "audit" })).toEqual([]);
  expect(jobs({ replicas: 1 }, { pattern: "^JOBS_" })).toEqual([]);
});

it("judges buckets too", () => {
  expect(
    messages(replicatedUnlessEphemeral, ({ topology }) => {
      topology.keyValues.sessions.replicas = 1;
      topology.objectStores.invoices.replicas = 1;
    }),
  ).toEqual([
    ...says('is 1, below 3: dataClass is "standard"', 'key-value bucket "sessions"'),
    ...says('is 1, below 3: dataClass is "standard"', 'object store "invoices"'),
  ]);
});

it("says nothing of what is not known yet", () => {
  expect(jobs({ replicas: UNKNOWN })).toEqual([]);
  expect(jobs({ replicas: 1, dataClass: UNKNOWN })).toEqual([]);
  expect(jobs({ replicas: 1, maxAge: UNKNOWN })).toHaveLength(1);
});
