import { streamVersionIsolated } from "../../../policies/rules/jetstream-stream-version-isolated";
import { configProblems, type PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const judge = (name: string, fields: object, config?: PolicyConfig[string]) =>
  messages(streamVersionIsolated, ({ topology }) => Object.assign(topology.streams, { [name]: fields }), { config });
const REMEDY = "Carry one version in the name and in every subject, as INGEST_RAW_V1 and ingest.v1.raw do.";
const RENAME =
  "Name it as in INGEST_RAW_V1. A stream cannot be renamed: create one with the new name that has this one as a source, move its readers, then retire this one.";
const says = (problem: string, name = "INGEST_RAW_V1") => [
  `jetstream-stream-version-isolated stream "${name}": ${problem}. ${REMEDY}`,
];

it("accepts streams whose name and subjects carry one version", () => {
  expect(messages(streamVersionIsolated, () => {})).toEqual([]);
  expect(judge("INGEST_V12_RAW", { subjects: ["ingest.v12.raw", "v12.ingest"] })).toEqual([]);
});

it.each(["ORDERS-V1", "orders_v1", "orders-v1-raw", "V1", "v1_orders"])("reads the version of %s", (name) => {
  expect(judge(name, { subjects: ["things.v1.>"] })).toEqual([]);
  expect(judge(name, { subjects: ["things.v10.>"] })).toEqual(
    says('subjects "things.v10.>" is of version 10, the name of version 1', name),
  );
});

it.each(["ORDERSV1", "ORDERS_V1BETA", "ORDERS_1", "ORDERS_V"])("reads no version in %s", (name) => {
  expect(judge(name, { subjects: ["things.v1.>"] })).toEqual([
    `jetstream-stream-version-isolated stream "${name}": name "${name}" carries no version. ${RENAME}`,
  ]);
});

it("reports a name without a version", () => {
  expect(judge("INGEST_RAW", { subjects: ["ingest.v1.raw"] })).toEqual([
    `jetstream-stream-version-isolated stream "INGEST_RAW": name "INGEST_RAW" carries no version. ${RENAME}`,
  ]);
});

it("reports a subject without a version", () => {
  expect(judge("INGEST_RAW_V1", { subjects: ["ingest.v1.raw", "ingest.status"] })).toEqual(
    says('subjects "ingest.status" carries no version'),
  );
});

it("reports a subject of another version than the name", () => {
  expect(judge("INGEST_RAW_V1", { subjects: ["ingest.v1.raw", "ingest.v2.raw"] })).toEqual(
    says('subjects "ingest.v2.raw" is of version 2, the name of version 1'),
  );
});

it("reports a subject of two versions", () => {
  expect(judge("INGEST_RAW_V1", { subjects: ["ingest.v1.raw.v2"] })).toEqual(
    says('subjects "ingest.v1.raw.v2" is of versions 1 and 2, the name of version 1'),
  );
});

it("reports several versions in a stream whose name has none", () => {
  expect(judge("INGEST_RAW", { subjects: ["ingest.v1.raw", "ingest.v2.raw"] })).toEqual([
    `jetstream-stream-version-isolated stream "INGEST_RAW": name "INGEST_RAW" carries no version. ${RENAME}`,
    'jetstream-stream-version-isolated stream "INGEST_RAW": subjects are of versions 1 and 2. Give each version a stream.',
  ]);
});

it.each(["ingest.*.raw", "ingest.>", ">"])("leaves %s to the rule about wildcards", (subject) => {
  expect(judge("INGEST_RAW_V1", { subjects: [subject] })).toEqual([]);
});

it.each(["ingest.v1.>", "ingest.v1.*", "*.v1.raw"])("takes %s for one version", (subject) => {
  expect(judge("INGEST_RAW_V1", { subjects: [subject] })).toEqual([]);
  expect(judge("INGEST_RAW_V2", { subjects: [subject] })).toEqual(
    says(`subjects "${subject}" is of version 1, the name of version 2`, "INGEST_RAW_V2"),
  );
});

it("needs no version where a stream takes only the server's own subjects", () => {
  expect(judge("ADVISORIES", { subjects: ["$JS.EVENT.ADVISORY.>", "$SYS.ACCOUNT.>"] })).toEqual([]);
  expect(judge("MIXED_V1", { subjects: ["$JS.EVENT.ADVISORY.>", "mixed.v1.all"] })).toEqual([]);
  expect(judge("MIXED", { subjects: ["$JS.EVENT.ADVISORY.>", "mixed.v1.all"] })).toHaveLength(1);
});

it("needs a version only in the name of what copies, or takes its name as subject", () => {
  expect(judge("COPY_V1", { mirror: { name: "ORDERS_V1" } })).toEqual([]);
  expect(judge("COPY_V1", { sources: [{ name: "ORDERS_V1" }] })).toEqual([]);
  expect(judge("COPY_V1", { sources: [{ name: "ORDERS_V1" }], subjects: ["copy.v2"] })).toHaveLength(1);
  expect(judge("COPY_V1", {})).toEqual([]);
  for (const fields of [{ mirror: { name: "ORDERS_V1" } }, { sources: [{ name: "ORDERS_V1" }] }, {}])
    expect(judge("COPY", fields)).toEqual([
      `jetstream-stream-version-isolated stream "COPY": name "COPY" carries no version. ${RENAME}`,
    ]);
});

it("finds versions where the options say", () => {
  const config = { name: "-r(\\d+)$", token: "^r(\\d+)$", place: 2 };
  const only = (name: string, subject: string) =>
    messages(
      streamVersionIsolated,
      ({ topology }) => {
        topology.streams = { [name]: { subjects: [subject] } };
      },
      { config },
    );
  expect(only("ingest-r1", "ingest.r1.raw.r2")).toEqual([]);
  expect(only("ingest-r1", "ingest.r1.>")).toEqual([]);
  expect(only("ingest-r1", "r1.ingest.raw")).toEqual(
    says('subjects "r1.ingest.raw" carries no version as token 2', "ingest-r1"),
  );
  expect(only("ingest-r1", "r1")).toEqual(says('subjects "r1" carries no version as token 2', "ingest-r1"));
  expect(only("ingest-r1", "ingest.raw.*")).toEqual(
    says('subjects "ingest.raw.*" carries no version as token 2', "ingest-r1"),
  );
  expect(only("ingest-r1", "ingest.*")).toEqual([]);
  expect(only("ingest-r1", "ingest.>")).toEqual([]);
  expect(only("INGEST_V1", "ingest.r1.raw")).toHaveLength(1);
});

it("judges what is known beside what is not known yet", () => {
  expect(judge("INGEST_RAW", { subjects: UNKNOWN })).toEqual([]);
  expect(judge("INGEST_RAW", { subjects: ["ingest.v1.raw"], maxAge: UNKNOWN, sources: UNKNOWN })).toHaveLength(1);
});

it("is not about buckets", () => {
  expect(
    messages(streamVersionIsolated, ({ topology }) => {
      topology.keyValues = { plain: {} };
      topology.objectStores = { files: {} };
    }),
  ).toEqual([]);
});

it.each(["V\\d+", "V(\\d)(\\d)", "V(", 1])("refuses %s as a pattern of names", (name) => {
  const problems = configProblems([streamVersionIsolated], { [streamVersionIsolated.id]: { name } });
  expect(problems).toEqual([
    {
      code: "PC105",
      path: ["jetstream-stream-version-isolated", "name"],
      value: name,
      problem: `must be a regular expression with one group, got ${JSON.stringify(name)}`,
      remedy: "Correct the value.",
    },
  ]);
});
