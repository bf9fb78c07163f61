import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readClusters } from "../../model/cluster/cluster-file";
import { readEventBuses } from "../../model/event-bus/event-bus-file";
import { formatFinding } from "../../model/finding";
import { mergeTopologies } from "../../model/topology-file";
import { readTopologyText } from "../../model/topology-text";
import { check, type PolicyInput } from "../../policies/check";
import type { PolicyFinding } from "../../policies/finding";
import type { PolicyRule } from "../../policies/rule";
import { rules } from "../../policies/rules";

interface Tool {
  policyPages(parts: {
    rules: readonly PolicyRule[];
    listing: string;
    check: typeof check;
    formatFinding: typeof formatFinding;
  }): Record<string, string>;
  found(rule: PolicyRule, example: object, judge: (input: PolicyInput, options: object) => unknown): PolicyFinding[];
}
const { policyPages, found } = require("../../tools/lib/policy-pages") as Tool;

const root = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const pages = policyPages({ rules, listing: read("policies/rules.ts"), check, formatFinding });
const pageOf = ({ id }: PolicyRule) => read(`docs/policies/${id}.md`);

it("has committed what `npm run docs:policies` writes", () => {
  for (const [file, text] of Object.entries(pages)) expect([file, read(file)]).toEqual([file, text]);
});

it("has a page for each rule, and no other", () => {
  const ids = readdirSync(join(root, "docs/policies")).map((file) => file.replace(/\.md$/, ""));
  expect(ids.sort()).toEqual(rules.map(({ id }) => id).sort());
});

it("lists exactly the rules, with their levels, and once more with why and what to do", () => {
  const text = read("docs/policies.md");
  const [levels = "", reasons = ""] = text.split("## Why, and what to do");
  const row = /^\| \[([a-z-]+)\]\(policies\/\1\.md\) \| (.*) \|$/gm;
  const own = rules.map(({ id, title, severity, levels: { dev, staging, prod } }) => [
    id,
    [title, severity, dev, staging, prod].join(" | "),
  ]);
  expect([...levels.matchAll(row)].map(([, id, rest]) => [id, rest])).toEqual(own);
  expect([...reasons.matchAll(row)].map(([, id]) => id)).toEqual(rules.map(({ id }) => id));
});

/** The fenced blocks of a language on a page, in order. */
const blocks = (page: string, language: string) =>
  [...page.matchAll(/^```(\w*)\n(.*?)\n```$/gms)].flatMap(([, of, text]) => (of === language ? [text as string] : []));

/** What a file of that text declares. */
function declared(text: string): PolicyInput {
  const { sources, findings } = readTopologyText("example.yaml", text);
  const set = mergeTopologies(sources.filter(({ value }) => (value as { kind: string }).kind === "Topology"));
  const clusters = readClusters(sources);
  const buses = readEventBuses(sources);
  expect([...findings, ...set.findings, ...clusters.findings, ...buses.findings]).toEqual([]);
  return {
    topology: set.topology,
    clusters: clusters.clusters.map(({ spec }) => spec),
    eventBuses: buses.buses.map(({ spec }) => spec),
  };
}

describe.each(rules.map((rule) => [rule.id, rule] as const))("the page of %s", (_, rule) => {
  const judge = (text: string) => found(rule, {}, (__, options) => check(declared(text), options)).map(formatFinding);

  it("shows what the rule says to the example that fails, and one that passes", () => {
    const [fails = "", passes = ""] = blocks(pageOf(rule), "yaml");
    const [shown = ""] = blocks(pageOf(rule), "");
    expect(judge(fails)).toEqual(shown.split("\n"));
    expect(judge(passes)).toEqual([]);
  });

  it("shows a waiver that lifts it, or that nothing does", () => {
    const [fails = "", , waive] = blocks(pageOf(rule), "yaml");
    expect(waive !== undefined).toBe(rule.waivable !== false);
    if (waive === undefined) return;
    const { sources } = readTopologyText("waiver.yaml", waive);
    const [source] = sources as unknown as { value: { waive: [{ rule: string; reason: string; expires: string }] } }[];
    const waiver = source?.value.waive[0];
    if (!waiver) throw new Error("the page has no waiver");
    const names = new Set(found(rule, {}, (__, options) => check(declared(fails), options)).map(({ name }) => name));
    const waivers = [{ file: "headwater.policy.json", waivers: [...names].map((name) => ({ ...waiver, name })) }];
    const left = found(rule, {}, (__, options) => check(declared(fails), { ...options, waivers }));
    expect(left).toEqual([]);
  });
});
