import { memoryOnlyForEphemeral } from "../../../policies/rules/jetstream-memory-only-for-ephemeral";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const jobs = (fields: object, config?: PolicyConfig[string]) =>
  messages(memoryOnlyForEphemeral, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields), { config });
const says = (problem: string, asset = 'stream "JOBS_V1"') => [
  `jetstream-memory-only-for-ephemeral ${asset}: storage is "memory", and ${problem}. Set storage to "file", or dataClass to "ephemeral" where a loss does not matter. The storage cannot be changed in place: create a new stream or key-value bucket that has the old one as a source, or copy an object store, and retire the old one.`,
];

it("accepts files, and memory for what is ephemeral", () => {
  expect(messages(memoryOnlyForEphemeral, () => {})).toEqual([]);
  expect(jobs({ storage: "memory", dataClass: "ephemeral" })).toEqual([]);
});

it("reports memory for anything else", () => {
  expect(jobs({ storage: "memory" })).toEqual(says('dataClass "standard" is to be kept'));
  expect(jobs({ storage: "memory", dataClass: undefined })).toEqual(
    says("no dataClass says that a loss does not matter"),
  );
});

it("leaves what is for audit to the rule about that", () => {
  expect(jobs({ storage: "memory", dataClass: "audit" })).toEqual([]);
  expect(jobs({ storage: "memory" }, { pattern: "^JOBS_" })).toEqual([]);
});

it("judges buckets too", () => {
  expect(
    messages(memoryOnlyForEphemeral, ({ topology }) => {
      topology.keyValues.sessions.storage = "memory";
      topology.objectStores.invoices.storage = "memory";
    }),
  ).toEqual([
    ...says('dataClass "standard" is to be kept', 'key-value bucket "sessions"'),
    ...says('dataClass "standard" is to be kept', 'object store "invoices"'),
  ]);
});

it("says nothing of what is not known yet", () => {
  expect(jobs({ storage: UNKNOWN })).toEqual([]);
  expect(jobs({ storage: "memory", dataClass: UNKNOWN })).toEqual([]);
  expect(jobs({ storage: "memory", maxAge: UNKNOWN })).toHaveLength(1);
});

it("is not about consumers", () => {
  expect(
    messages(memoryOnlyForEphemeral, ({ topology }) => {
      topology.consumers[0].memStorage = true;
    }),
  ).toEqual([]);
});
