import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { formatFinding } from "../../model/finding";
import { mergeTopologies } from "../../model/topology-file";
import type { TopologySpec } from "../../model/topology-spec";
import { readTopologyText } from "../../model/topology-text";
import type { Waiver } from "../../model/waiver";
import { check, type PolicyOptions } from "../../policies/check";
import { readPolicyFile } from "../../policies/policy-file";
import { rules } from "../../policies/rules";

const page = readFileSync(resolve(__dirname, "../../docs/policy-waivers.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(/^```(\w*)\n(.*?)\n```$/gms)].flatMap(([, of, text]) => (of === language ? [text as string] : []));

const [yaml = ""] = blocks("yaml");
const { topology } = mergeTopologies(readTopologyText("orders.yaml", yaml).sources);
const [policy = "", configuration = ""] = blocks("json");
const shown = blocks("").map((text) => text.split("\n"));

const NAMES = ["jetstream-retention-bounded", "jetstream-waiver-valid", "jetstream-waiver-used"];
const levels = Object.fromEntries(NAMES.map((name) => [name, "mandatory" as const]));

/** The topology of the page, with more said of its stream. */
function edited(fields: object): TopologySpec {
  return { streams: { ORDERS_V1: { ...topology.streams?.ORDERS_V1, ...fields } } } as TopologySpec;
}

function judge(spec: TopologySpec, options: PolicyOptions = {}) {
  const today = new Date("2026-06-01");
  return check({ topology: spec }, { today, config: [{ all: "disabled", ...levels }], ...options });
}

const messages = (spec: TopologySpec, options?: PolicyOptions) => judge(spec, options).findings.map(formatFinding);
const waiving = (waiver: Partial<Waiver>) =>
  edited({ waive: [{ ...(topology.streams?.ORDERS_V1?.waive?.[0] as Waiver), ...waiver }] });

it("shows a waiver that lifts what the rule finds, in both places", () => {
  expect(judge(topology)).toMatchObject({
    findings: [],
    waived: [{ waiver: { reason: "sized after the first month", ticket: "OPS-12" }, source: "waive[0]" }],
  });
  const read = readPolicyFile("headwater.policy.json", policy, rules);
  expect(read.findings).toEqual([]);
  const waivers = [{ file: read.file, waivers: read.policy.waivers ?? [] }];
  expect(judge(edited({ waive: [] }), { waivers })).toMatchObject({ findings: [], waived: [{}] });
});

it("shows what is said when it ends, when it is wrong and when it lifts nothing", () => {
  expect(messages(topology, { today: new Date("2027-01-12") })).toEqual(shown[0]);
  const wrong = [waiving({ rule: "jetstream-retention-bound" }), waiving({ expires: "2099-12-31" })];
  const about = (spec: TopologySpec) => messages(spec).filter((text) => text.startsWith("jetstream-waiver-valid"));
  expect(wrong.flatMap(about)).toEqual(shown[1]);
  expect(messages(edited({ maxBytes: "20GiB" }))).toEqual(shown[2]);
  expect(about(waiving({ rule: "jetstream-preflight" }))).toEqual(shown[3]);
  expect(shown).toHaveLength(4);
});

it("lists the rules that cannot be waived, and how to forbid it for another", () => {
  const listed = [...page.matchAll(/^- \[(.*?)\]/gm)].map(([, id]) => id);
  const own = rules.filter(({ waivable }) => waivable === false).map(({ id }) => id);
  expect(listed.sort()).toEqual(own.sort());
  const read = readPolicyFile("headwater.policy.json", configuration, rules);
  expect(read.findings).toEqual([]);
  const config = [{ all: "disabled" as const, ...levels }, read.policy.rules ?? {}];
  expect(messages(topology, { config })).toHaveLength(2);
});
