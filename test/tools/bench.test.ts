import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const script = resolve(__dirname, "../../bench/run.js");
const bench = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

interface Row {
  readonly growth?: number;
}

it("reports as JSON, alone on standard output, and says on standard error what it does", () => {
  const { stdout, stderr, status } = bench("--only", "preflight", "--sizes", "20,60", "--json");
  expect([status, stderr]).toEqual([0, expect.stringContaining("preflight of 60 streams, usual")]);
  const { machine, preflight, ...others } = JSON.parse(stdout) as Record<string, unknown>;
  expect(others).toEqual({});
  expect(machine).toMatchObject({ cores: expect.any(Number), node: process.versions.node });
  const rows = ["usual", "crossing"].flatMap((mix) => {
    const measured = { mix, findings: 0, runs: 5, ms: expect.any(Number), usPerAsset: expect.any(Number) };
    const small = { ...measured, streams: 20, assets: 42 };
    return [small, { ...measured, streams: 60, assets: 126, growth: expect.any(Number) }];
  });
  expect(preflight).toEqual(rows);
  for (const { growth = 1 } of preflight as Row[]) expect(growth).toBeGreaterThan(0);
});

it("asks every rule about every stream, as a function and as a pack", () => {
  const { stdout, status } = bench("--only", "policies", "--sizes", "20,60", "--json");
  expect(status).toBe(0);
  const { policies } = JSON.parse(stdout) as { policies: { rows: unknown[] } };
  const figures = Object.fromEntries(
    ["checkMs", "eachMs", "stackMs", "packMs", "sdkMs"].map((key) => [key, expect.any(Number)]),
  );
  const measured = { ...figures, rules: expect.any(Number), findings: 0, violations: 0 };
  expect(policies.rows).toEqual([
    { ...measured, streams: 20 },
    { ...measured, streams: 60, checkGrowth: expect.any(Number), packGrowth: expect.any(Number) },
  ]);
});

it.each([
  ["--only", "nothing"],
  ["--sizes", "many"],
  ["--fast", ""],
])("refuses %s %s in one sentence with its usage", (...args) => {
  const { stderr, status } = bench(...args);
  expect([status, stderr]).toEqual([1, expect.stringContaining("Usage: npm run bench")]);
  expect(stderr).not.toContain("    at ");
});
