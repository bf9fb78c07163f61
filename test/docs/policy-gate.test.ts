import { folderWith, headwater } from "../support/cli";
import { documentedGate, withoutCount } from "../support/documented-gate";
import { validSarif } from "../support/sarif";

const { files, runs, junit, json } = documentedGate();
const offline = runs.filter(({ args }) => !args.includes("--server"));

it("shows commands over files", () => expect(offline.length).toBeGreaterThan(1));

it.each(offline)("shows what headwater $args prints", async ({ args, output }) => {
  const { stdout, stderr } = await headwater(args, { cwd: folderWith(files) });
  expect([withoutCount(stdout), stderr]).toEqual([withoutCount(output), ""]);
});

it("shows a report in JUnit XML", async () => {
  const { stdout } = await headwater(["check", "orders.yaml", "--policies", "--format", "junit"], {
    cwd: folderWith(files),
  });
  expect(stdout).toBe(junit);
});

it("shows the parts of a report in JSON", async () => {
  const { stdout } = await headwater(["check", "orders.yaml", "--policies", "--json"], { cwd: folderWith(files) });
  const { findings, policies, ...rest } = JSON.parse(stdout);
  const shown = json as { findings: object[]; policies: { rules: object[] } };
  expect(rest).toMatchObject({ waived: json.waived, summary: json.summary });
  expect(findings[0]).toEqual(shown.findings[0]);
  expect(policies).toMatchObject({ ...shown.policies, rules: expect.arrayContaining(shown.policies.rules) });
});

it("has a report in SARIF that is valid, with every rule described", async () => {
  const { stdout } = await headwater(["check", "orders.yaml", "--policies", "--format", "sarif"], {
    cwd: folderWith(files),
  });
  const { tool, results } = validSarif(stdout);
  expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions?.length])).toEqual([
    ["jetstream-retention-bounded", 0],
    ["jetstream-consumer-durable-name-prefixed", 0],
    ["jetstream-retention-bounded", 1],
  ]);
  for (const rule of tool.driver.rules) expect(rule).toMatchObject({ name: expect.any(String), properties: {} });
});
