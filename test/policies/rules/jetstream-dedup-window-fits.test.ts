import { dedupWindowFits } from "../../../policies/rules/jetstream-dedup-window-fits";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const jobs = (fields: object, config?: PolicyConfig[string]) =>
  messages(dedupWindowFits, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields), { config });
const FIX = "Set duplicateWindow a little longer than publishers retry.";
const says = (problem: string, remedy = FIX) => [
  `jetstream-dedup-window-fits stream "JOBS_V1": duplicateWindow ${problem}. ${remedy}`,
];

it.each([undefined, "0s", "1m", "10m", "1h"])("accepts duplicateWindow %s", (duplicateWindow) => {
  expect(jobs({ duplicateWindow })).toEqual([]);
});

it("reports a window that is too short", () => {
  expect(jobs({ duplicateWindow: "30s" })).toEqual(
    says('"30s" is shorter than 1m: a publisher that retries later stores twice'),
  );
  expect(jobs({}, { least: "5m" })).toContain(
    says("is not set: 2m is shorter than 5m: a publisher that retries later stores twice")[0],
  );
});

it("reports a window that is too long", () => {
  expect(jobs({ duplicateWindow: "2h" })).toEqual(
    says('"2h" is longer than 1h: every message id is held in memory that long'),
  );
  expect(jobs({ duplicateWindow: "2h" }, { most: "2h" })).toEqual([]);
  expect(jobs({ duplicateWindow: "2h" }, { most: "0s" })).toEqual([]);
  expect(jobs({}, { most: "90s" })).toContain(
    says("is not set: 2m is longer than 90s: every message id is held in memory that long")[0],
  );
});

it("asks for no more than messages live", () => {
  expect(jobs({ maxAge: "30s" })).toEqual([]);
  expect(jobs({ maxAge: "30s", duplicateWindow: "30s" })).toEqual([]);
  expect(jobs({ maxAge: "30s", duplicateWindow: "10s" })).toHaveLength(1);
  expect(jobs({ maxAge: "0s" })).toEqual([]);
  expect(jobs({ maxAge: "5m", duplicateWindow: "10m" })).toEqual(
    says('"10m" is longer than maxAge "5m"', "Shorten it to maxAge or less."),
  );
});

it("leaves out mirrors, and what copies and says nothing", () => {
  expect(jobs({ subjects: undefined, mirror: { name: "ORDERS_V1" }, duplicateWindow: "30s" })).toEqual([]);
  const sources = [{ name: "ORDERS_V1" }];
  expect(jobs({ sources }, { least: "5m" }).filter((text) => text.includes("JOBS_V1"))).toEqual([]);
  expect(jobs({ sources, duplicateWindow: "30s" })).toHaveLength(1);
});

it("is not about buckets", () => {
  expect(
    messages(dedupWindowFits, ({ topology }) => {
      topology.keyValues.sessions.ttl = "10s";
    }),
  ).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(jobs({ duplicateWindow: UNKNOWN })).toEqual([]);
  expect(jobs({ duplicateWindow: undefined, maxAge: UNKNOWN })).toEqual([]);
  expect(jobs({ duplicateWindow: "30s", maxAge: UNKNOWN })).toEqual([]);
  expect(jobs({ duplicateWindow: "30s", subjects: UNKNOWN })).toHaveLength(1);
  expect(jobs({ duplicateWindow: "2h", maxAge: UNKNOWN })).toEqual(
    says('"2h" is longer than 1h: every message id is held in memory that long'),
  );
});
