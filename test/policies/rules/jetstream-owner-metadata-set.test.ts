import { ownerMetadataSet } from "../../../policies/rules/jetstream-owner-metadata-set";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const jobs = (metadata: unknown, config?: PolicyConfig[string]) =>
  messages(ownerMetadataSet, ({ topology }) => Object.assign(topology.streams.JOBS_V1, { metadata }), { config });
const says = (problem: string, asset = 'stream "JOBS_V1"') => [
  `jetstream-owner-metadata-set ${asset}: metadata ${problem}. Name the team that answers for it.`,
];

it("accepts an owner", () => expect(messages(ownerMetadataSet, () => {})).toEqual([]));

it.each([undefined, {}, { team: "images" }])("reports metadata %j", (metadata) => {
  expect(jobs(metadata)).toEqual(says('has no "owner"'));
});

it("reports an owner that says nothing", () => {
  expect(jobs({ owner: " " })).toEqual(says('has "owner" " ", which does not match \\S'));
});

it("looks where the options say", () => {
  const config = { key: "team", pattern: "^team-" };
  const others = jobs({ team: "team-images" }, config);
  expect(others).toHaveLength(5);
  expect(others.join()).not.toContain("JOBS_V1");
  expect(jobs({ owner: "images" }, { ...config, key: "constructor" })).toContain(says('has no "constructor"')[0]);
  expect(jobs({ team: "images" }, config)).toContain(says('has "team" "images", which does not match ^team-')[0]);
});

it("judges buckets, and not consumers", () => {
  expect(
    messages(ownerMetadataSet, ({ topology }) => {
      delete topology.keyValues.sessions.metadata;
      delete topology.objectStores.invoices.metadata;
      topology.consumers[0].metadata = {};
    }),
  ).toEqual([
    ...says('has no "owner"', 'key-value bucket "sessions"'),
    ...says('has no "owner"', 'object store "invoices"'),
  ]);
});

it("judges what is known beside what is not known yet", () => {
  expect(jobs(UNKNOWN)).toEqual([]);
  expect(jobs({ owner: UNKNOWN })).toEqual([]);
  expect(
    messages(ownerMetadataSet, ({ topology }) =>
      Object.assign(topology.streams.JOBS_V1, { metadata: {}, maxAge: UNKNOWN }),
    ),
  ).toEqual(says('has no "owner"'));
});
