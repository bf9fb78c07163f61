import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import type { TopologySpec } from "../../model/topology-spec";
import { check, type PolicyInput } from "../../policies/check";
import { defaultsOf, type Options } from "../../policies/option";
import { rules } from "../../policies/rules";
import { cluster, topology } from "./support/baseline";

const root = resolve(__dirname, "../..");
const slugs = (folder: string, ending: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
/** Waivers of the examples hold on this day. */
const today = new Date("2026-06-01T12:00:00Z");
const ids = rules.map(({ id }) => id);

/** A topology and clusters, alone or in a list. */
function inputOf(example: object): PolicyInput {
  const parts = Array.isArray(example) ? example : [example];
  const isTopology = (part: object) =>
    "streams" in part || "keyValues" in part || "consumers" in part || "objectStores" in part;
  const isBus = (part: object) => "type" in part;
  return {
    topology: parts.find(isTopology) as TopologySpec,
    clusters: parts.filter((part) => !isTopology(part) && !isBus(part)),
    eventBuses: parts.filter(isBus) as EventBusSpec[],
  };
}

it("has a file and a test for every rule, and no other", () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(slugs("policies/rules", ".ts")).toEqual([...ids].sort());
  expect(slugs("test/policies/rules", ".test.ts")).toEqual([...ids].sort());
});

it("finds nothing in the baseline under prod", () => {
  expect(check({ topology, clusters: [cluster] })).toMatchObject({ findings: [], waived: [] });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const config = [{ all: "disabled" as const, [id]: "mandatory" as const }];
  const found = (example: object) => {
    const waived = rule.on === "waivers" ? [{ ...config[0], all: "advisory" as const }] : config;
    return check(inputOf(example), { config: waived, today }).findings.filter((one) => one.rule === id);
  };

  it("finds something in its failing example, and nothing in the passing one", () => {
    expect(found(rule.example.fails).length).toBeGreaterThan(0);
    expect(found(rule.example.passes)).toEqual([]);
  });

  it("describes itself in sentences", () => {
    expect(id).toMatch(/^jetstream(-[a-z]+)+$/);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    for (const sentence of [rule.why, rule.fix]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(rule.topics.length).toBeGreaterThan(0);
  });

  it("has options whose defaults it accepts", () => {
    const options: Options = rule.options ?? {};
    const values = defaultsOf(options);
    for (const [key, option] of Object.entries(options)) expect(option.accepts(values[key])).toBe(true);
  });
});
