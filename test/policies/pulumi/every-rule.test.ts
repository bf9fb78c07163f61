import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import type { EventBusSpec } from "../../../model/event-bus/event-bus-spec";
import { typeTokens } from "../../../model/type-tokens";
import { type HeardQuestions, hearQuestions } from "../../../policies/pulumi/hear-questions";
import { pulumiPolicies } from "../../../policies/pulumi/pulumi-policies";
import { typesOf as ownTypes, typeOf } from "../../../policies/pulumi/read-resource";
import { levels, type PolicyRule } from "../../../policies/rule";
import { rules } from "../../../policies/rules";
import { presetSetting } from "../../../policies/settings";
import { declaredIn } from "../../../preflight/preflight";
import { toEventBus } from "../../../render/event-bus/to-event-bus";
import { type Resource, run, secret, type Violation } from "./support/ask";
import { configure } from "./support/configure";

const root = resolve(__dirname, "../../..");
/** Waivers of the examples hold on this day. */
const today = () => new Date("2026-06-01T12:00:00Z");

/** What a failing example declares, as resources. */
function resourcesOf({ example }: PolicyRule): Resource[] {
  return [example.fails].flat().flatMap((part: object): Resource[] => {
    if ("type" in part)
      return [{ type: typeOf["event bus"], name: "bus", props: toEventBus(part as EventBusSpec) as never }];
    if (!isTopology(part)) return [{ type: typeOf.cluster, name: "cluster", props: { spec: part } }];
    return declaredIn(part).map(({ kind, spec, waive }) => {
      const props = { ...spec, ...(waive !== undefined && { waive }) } as Resource["props"];
      return { type: typeOf[kind], name: `${spec.stream ?? ""}-${spec.name}`, props };
    });
  });
}

const isTopology = (part: object) =>
  ["streams", "keyValues", "objectStores", "consumers"].some((section) => section in part);

/** What a pack with this rule alone finds; a rule about waivers needs the others. */
async function violationsOf(
  rule: PolicyRule,
  resources: readonly Resource[],
  questions?: HeardQuestions,
): Promise<Violation[]> {
  const others = rule.on === "waivers" ? "advisory" : "disabled";
  const policies = pulumiPolicies(rules, { today, questions, config: [{ all: others, [rule.id]: "mandatory" }] });
  return (await run(policies, resources, questions)).filter(({ policy }) => policy === rule.id);
}

function secretLeaves(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(secretLeaves);
  if (typeof value !== "object" || value === null) return secret(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, secretLeaves(inner)]));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Types a rule judges. */
function typesOf({ on, ...rule }: PolicyRule): readonly string[] {
  if (on === "stream" && "kinds" in rule) return rule.kinds.flatMap((kind) => ownTypes(kind));
  if (on === "event-bus") return [typeOf["event bus"]];
  return on === "consumer" || on === "cluster" ? ownTypes(on) : Object.values(typeOf);
}

const TYPES = [...Object.values(typeTokens), "kubernetes:core/v1:ConfigMap", "aws:s3/bucket:Bucket"];

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const resources = resourcesOf(rule);
  afterEach(() => configure({}));

  it("finds the same in values that are secret", async () => {
    const found = await violationsOf(rule, resources);
    expect(found.length).toBeGreaterThan(0);
    const hidden = resources.map((one) => ({ ...one, props: secretLeaves(one.props) as Resource["props"] }));
    expect(await violationsOf(rule, hidden)).toEqual(found);
  });

  it("finds the same in what is heard before the SDK reads it, and shows none of it that is secret", async () => {
    const shown = await violationsOf(rule, resources);
    expect(await violationsOf(rule, resources, hearQuestions())).toEqual(shown);
    const hidden = resources.map((one) => ({ ...one, props: secretLeaves(one.props) as Resource["props"] }));
    const masked = await violationsOf(rule, hidden, hearQuestions());
    const about = ({ policy, level, urn }: Violation) => ({ policy, level, urn });
    expect(masked.map(about)).toEqual(shown.map(about));
    const secrets = resources.flatMap(({ props }) => textsIn(props)).filter((text) => text.length >= 4);
    const told = masked.map(({ message }) => message.split("\n").slice(1).join("\n"));
    expect(secrets.filter((text) => told.some((message) => message.includes(text)))).toEqual([]);
  });

  it("finds nothing in resources it is not about", async () => {
    const own = typesOf(rule);
    for (const type of TYPES.filter((one) => !own.includes(one))) {
      const others = resources.map((one) => (own.includes(one.type) ? { ...one, type } : one));
      expect(await violationsOf(rule, others)).toEqual([]);
    }
  });

  it.each(levels)("is %s where the engine is told so", async (level) => {
    await configure({ [id]: level });
    const found = await violationsOf(rule, resources);
    expect([...new Set(found.map((one) => one.level))]).toEqual(level === "disabled" ? [] : [level]);
  });
});

describe("the pack", () => {
  const policies = pulumiPolicies(rules);

  it("has one policy for each rule, in their order, and one that lists what is waived", () => {
    expect(policies.map(({ name }) => name)).toEqual([...rules.map(({ id }) => id), "jetstream-waived"]);
  });

  it("tells the engine about each of them", () => {
    const { makeAnalyzerInfo } = require("@pulumi/policy/protoutil");
    const info: messages.AnalyzerInfo = makeAnalyzerInfo("headwater", "0.0.0", "advisory", { policies });
    const known = info.getPoliciesList();
    expect(known).toHaveLength(policies.length);
    for (const [i, rule] of rules.entries()) {
      const one = known[i] as messages.PolicyInfo;
      const options = Object.keys(presetSetting(rule, "prod").options);
      expect(one.getName()).toBe(rule.id);
      expect(one.getDescription()).toBe(rule.title);
      expect(one.getRemediationSteps()).toBe(rule.fix);
      expect(one.getTagsList()).toEqual([...rule.topics]);
      expect(one.getSeverity()).toBe({ low: 1, medium: 2, high: 3, critical: 4 }[rule.severity]);
      const schema = one.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
      expect(Object.keys(schema).sort()).toEqual([...options, "reason", "waivable"].sort());
    }
    for (const one of known)
      expect([one.getName(), existsSync(join(root, one.getUrl()))]).toEqual([one.getName(), true]);
  });
});
