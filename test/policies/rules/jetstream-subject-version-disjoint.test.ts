import { buildSystem } from "../../../policies/build-system";
import { subjectVersionDisjoint } from "../../../policies/rules/jetstream-subject-version-disjoint";
import { runRules } from "../../../policies/run-rules";
import { resolveSettings } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

type Streams = Readonly<Record<string, object>>;
const judge = (streams: Streams, config?: Readonly<Record<string, unknown>>) =>
  messages(subjectVersionDisjoint, ({ topology }) => Object.assign(topology.streams, streams), { config });
const REMEDY = "Write the version out, as in ingest.v1.>, and give each version a stream.";
const APART = "Give each version subjects of its own, with the version in the same place.";
const says = (name: string, problem: string, remedy = REMEDY) =>
  `jetstream-subject-version-disjoint stream "${name}": subjects ${problem}. ${remedy}`;

it("accepts streams that share no version's subjects", () => {
  expect(messages(subjectVersionDisjoint, () => {})).toEqual([]);
  expect(judge({ A_V1: { subjects: ["a.v1.>", "*.v1.b"] }, A_V2: { subjects: ["a.v2.>"] } })).toEqual([]);
});

it.each(["ingest.*.raw", "ingest.>", ">", "*", "*.raw"])("reports %s, which takes every version", (subject) => {
  expect(
    messages(subjectVersionDisjoint, ({ topology }) => {
      topology.streams = { INGEST_V1: { subjects: [subject] } };
    }),
  ).toEqual([says("INGEST_V1", `"${subject}" takes every version`)]);
});

it("names a stream whose messages a wildcard takes", () => {
  const streams = { INGEST: { subjects: ["ingest.*.raw"] }, INGEST_V2: { subjects: ["ingest.v2.raw"] } };
  expect(judge(streams)).toEqual([
    says("INGEST", '"ingest.*.raw" takes every version, such as "ingest.v2.raw" of stream "INGEST_V2"'),
  ]);
});

it("reports the later one of two streams of different versions whose subjects overlap", () => {
  expect(judge({ A_V1: { subjects: ["a.v1.*"] }, A_V2: { subjects: ["a.*.v2"] } })).toEqual([
    says("A_V2", '"a.*.v2" of version 2 shares messages with "a.v1.*" of stream "A_V1" of version 1', APART),
  ]);
});

it("reports a stream that takes what carries another stream's version", () => {
  expect(judge({ A_V1: { subjects: ["a.v1.raw"] }, A_V2: { subjects: ["a.v1.>", "a.v2.>"] } })).toEqual([
    says("A_V2", '"a.v1.>" of versions 1 and 2 shares messages with "a.v1.raw" of stream "A_V1" of version 1', APART),
  ]);
  expect(judge({ A_V1: { subjects: ["a.raw"] }, A_V2: { subjects: ["a.raw"] } })).toEqual([
    says("A_V2", '"a.raw" of version 2 shares messages with "a.raw" of stream "A_V1" of version 1', APART),
  ]);
});

it("leaves an overlap within one version to the server", () => {
  expect(judge({ A_V1: { subjects: ["a.v1.raw"] }, B_V1: { subjects: ["a.v1.>"] } })).toEqual([]);
});

it("finds versions where the options say", () => {
  const only = (subject: string, config?: Readonly<Record<string, unknown>>) =>
    messages(
      subjectVersionDisjoint,
      ({ topology }) => {
        topology.streams = { A_V1: { subjects: [subject] } };
      },
      { config },
    );
  expect(only("v1.*.raw")).toEqual([]);
  expect(only("v1.*.raw", { place: 2 })).toEqual([says("A_V1", '"v1.*.raw" takes every version')]);
  expect(only("orders.raw.*")).toHaveLength(1);
  expect(only("orders.raw.*", { place: 2 })).toEqual([]);
  expect(only("orders.r1.*", { token: "^r(\\d+)$" })).toEqual([]);
  expect(only("orders.r1.*")).toHaveLength(1);
});

it("leaves out what copies, the server's own subjects and buckets", () => {
  expect(judge({ COPY: { sources: [{ name: "ORDERS_V1" }] }, MIRROR: { mirror: { name: "ORDERS_V1" } } })).toEqual([]);
  expect(judge({ EVENTS: { subjects: ["$JS.EVENT.>"] } })).toEqual([]);
  expect(
    messages(subjectVersionDisjoint, ({ topology }) => {
      topology.keyValues.other = {};
    }),
  ).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(judge({ A: { subjects: UNKNOWN }, B: { subjects: ["b.*"], maxAge: UNKNOWN } })).toEqual([
    says("B", '"b.*" takes every version'),
  ]);
});

it("compares with what exists, and reports only what is declared", () => {
  const declared = [{ kind: "stream", spec: { name: "A_V2", subjects: ["a.*.v2"] } } as const];
  const streams = [
    { spec: { name: "A_V1", subjects: ["a.v1.*"] } },
    { spec: { name: "WIDE", subjects: ["wide.*"] } },
    { spec: { name: "A_V3", subjects: ["a.*.*.v3"] } },
  ];
  const system = buildSystem([{ declared, facts: { streams } }] as unknown as Parameters<typeof buildSystem>[0]);
  expect(runRules(system, resolveSettings([subjectVersionDisjoint], "prod")).map(({ name }) => name)).toEqual(["A_V2"]);
});

it("grows with the number of streams", () => {
  const names = Array.from({ length: 10_000 }, (_, i) => i);
  const streams = Object.fromEntries([
    ...names.map((i) => [`S${i}_V1`, { subjects: [`s.v1.${i}`, "shared.v1.all"] }]),
    ...names.map((i) => [`W${i}_V1`, { subjects: [`w${i}.*`] }]),
  ]);
  const start = performance.now();
  expect(judge(streams)).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(10_000);
});
