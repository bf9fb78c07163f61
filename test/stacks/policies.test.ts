import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readPolicyFile } from "../../policies/policy-file";
import { pulumiPolicies } from "../../policies/pulumi/pulumi-policies";
import type { Preset } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { run, type Violation } from "../policies/pulumi/support/ask";
import { PROJECT, runStack } from "./run-stack";

const file = "headwater.policy.json";
const { policy, findings } = readPolicyFile(file, readFileSync(join(resolve(__dirname, "../.."), file), "utf8"), rules);

/** Asks the pack about everything the program registers in an environment, as the engine would. */
async function gate(
  stack: Preset,
  over: Record<string, string> = {},
): Promise<{ types: string[]; violations: Violation[] }> {
  const registered = (await runStack(stack, over)).filter(({ read }) => !read);
  const policies = pulumiPolicies(rules, { preset: stack, config: [policy.rules ?? {}] });
  const provider = (urn: string) => urn.split("::").at(-2);
  const resources = registered.map(({ type, name, inputs, provider: of }) => ({
    type,
    name,
    props: JSON.parse(JSON.stringify(inputs)) as Record<string, unknown>,
    ...(of && { provider: provider(of) }),
  }));
  return { types: registered.map(({ type }) => type), violations: await run(policies, resources) };
}

it("has a policy file that says nothing wrong", () => expect(findings).toEqual([]));

it.each(["dev", "staging", "prod"] as const)(
  "finds nothing in what the project itself deploys to %s",
  async (stack) => {
    const { types, violations } = await gate(stack);
    expect(violations).toEqual([]);
    expect(types.filter((type) => type.endsWith(":Stream"))).toHaveLength(4);
    expect(types.filter((type) => type.endsWith(":ClusterChange"))).toHaveLength(stack === "dev" ? 0 : 1);
  },
);

it.each([
  ["staging", "advisory"],
  ["prod", "mandatory"],
] as const)("says in %s that one server cannot keep what is for audit", async (stack, level) => {
  const { violations } = await gate(stack, { [`${PROJECT}:cluster`]: "false", [`${PROJECT}:maxReplicas`]: "1" });
  const audit = violations.filter(({ policy: id }) => id === "jetstream-audit-replicated");
  expect(audit.map(({ level: own, message }) => [own, /stream "\w+": replicas is 1/.exec(message)?.[0]])).toEqual([
    [level, 'stream "INGEST_RAW_V1": replicas is 1'],
    [level, 'stream "CONSENSUS_EVENTS_V1": replicas is 1'],
  ]);
});

it("needs its configuration, which gives reasons: the design's tables differ from the rules in two places", async () => {
  const own = policy.rules ?? {};
  for (const config of Object.values(own))
    expect(config).toMatchObject({ reason: expect.stringContaining("The design") });
  const registered = await runStack("prod", { [`${PROJECT}:cluster`]: "false" });
  const resources = registered.map(({ type, name, inputs }) => ({ type, name, props: { ...inputs } }));
  const violations = await run(pulumiPolicies(rules, { preset: "prod" }), resources);
  expect(new Set(violations.map(({ policy: id }) => id))).toEqual(new Set(Object.keys(own)));
});
