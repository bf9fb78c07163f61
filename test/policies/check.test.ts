import { formatFinding } from "../../model/finding";
import { buildSystem } from "../../policies/build-system";
import { check, checkSystem } from "../../policies/check";
import { defineRule, presets } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { cluster, topology } from "./support/baseline";
import { edited } from "./support/judge";

const unbounded = { streams: { A_V1: { subjects: ["a.v1.b"] } } };
const RULE = "jetstream-retention-bounded";

it.each(presets)("runs every rule at its level of %s", (preset) => {
  const { findings, settings } = check({ topology: unbounded }, { preset });
  expect(settings.map(({ rule, level }) => [rule.id, level])).toEqual(
    rules.map(({ id, levels }) => [id, levels[preset]]),
  );
  const level = preset === "dev" ? "advisory" : "mandatory";
  const severity = preset === "dev" ? "warning" : "error";
  const found = findings.filter(({ rule }) => rule === RULE);
  expect(found).toMatchObject([
    { field: "maxAge", level, severity },
    { field: "maxBytes", level, severity },
  ]);
  expect(found[0]?.code).toBe(RULE);
});

it("judges as for production where nothing is said", () => {
  expect(check({ topology: unbounded })).toEqual(check({ topology: unbounded }, { preset: "prod" }));
});

it("finds nothing where there is nothing", () => {
  expect(check({})).toMatchObject({ findings: [], waived: [] });
  expect(check({ topology: {} })).toMatchObject({ findings: [], waived: [] });
});

it("takes rules of one's own", () => {
  const short = defineRule({
    id: "acme-short-names",
    title: "Names are short",
    severity: "low",
    levels: { dev: "advisory", staging: "advisory", prod: "mandatory" },
    why: "Long names do not fit the dashboards.",
    fix: "Shorten it.",
    topics: ["naming"],
    on: "stream",
    kinds: ["stream"],
    example: { fails: {}, passes: {} },
    *find({ name }) {
      if (name.length > 3) yield { field: "name", value: name, problem: `${JSON.stringify(name)} is too long` };
    },
  });
  const { findings } = check({ topology: unbounded }, { rules: [short] });
  expect(findings.map(formatFinding)).toEqual(['acme-short-names stream "A_V1": name "A_V1" is too long. Shorten it.']);
  expect(check({ topology: unbounded }, { rules: [...rules, short] }).findings).toHaveLength(
    check({ topology: unbounded }).findings.length + 1,
  );
});

it("keeps the server's own code of what a server would refuse", () => {
  const { findings } = check({ topology: { streams: { A_V1: { subjects: ["a.v1..b"] } } } });
  const [refused] = findings.filter(({ rule }) => rule === "jetstream-preflight");
  expect(refused).toMatchObject({ code: "SP101", rule: "jetstream-preflight", level: "mandatory" });
});

it("says of an asset's misshapen waiver what preflight says, and lifts nothing by it", () => {
  const { topology } = edited(({ topology }) =>
    Object.assign(topology.streams.JOBS_V1, { maxAge: undefined, waive: [{ rule: RULE, expires: "2026-07-31" }] }),
  );
  expect(check({ topology }).findings.map(formatFinding)).toEqual([
    'jetstream-retention-bounded stream "JOBS_V1": maxAge is not set: messages never expire. Set it to how long a message is worth something.',
    'SP101 stream "JOBS_V1": waive[0].reason is required. Set it.',
  ]);
});

it("judges assets beside what exists, and never what exists", () => {
  const server = { streams: [{ spec: { name: "OLD", subjects: ["a.v1.>"] } }] };
  const findings = check({ topology: unbounded, server }).findings;
  expect(findings.map(({ code }) => code)).toContain("SP201");
  expect(findings.filter(({ name }) => name === "OLD")).toEqual([]);
});

it("gives the same for a system that is built already", () => {
  const { findings } = check({ topology, clusters: [{ ...cluster, size: 4 }] });
  const declared = [{ declared: [] }];
  expect(findings.map(({ rule }) => rule)).toContain("jetstream-cluster-odd-size");
  const built = checkSystem(buildSystem(declared, [{ spec: { ...cluster, size: 4 } }]));
  expect(built.findings.map(({ rule }) => rule)).toContain("jetstream-cluster-odd-size");
});

it("names everything that is wrong with a configuration, at once", () => {
  const config = [
    { "jetstream-retention-bound": "mandatory" },
    { "jetstream-replicas-odd": "strict" as never },
  ] as const;
  expect(() => check({}, { config })).toThrow(
    [
      'PC103 file "config[0]": jetstream-retention-bound is not a known rule. Did you mean jetstream-retention-bounded?',
      'PC104 file "config[1]": jetstream-replicas-odd must be one of "advisory", "mandatory", "disabled", got "strict". Use one of these.',
    ].join("\n"),
  );
});
