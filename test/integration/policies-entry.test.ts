import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProject } from "../support/engine";
import { installAlone, templateTsconfig } from "../support/installed-package";
import { violationsIn } from "../support/violations";

/** A pack of one's own: some rules, and one more. */
const OWN_PACK = `
import { PolicyPack } from "@pulumi/policy";
import { defineRule, options, projectOptions, pulumiPolicies, rules } from "headwater/policies";

const subjectsOfTeam = defineRule({
  id: "team-subjects",
  title: "A stream's subjects begin with the team",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "Who owns a message is told by its subject.",
  fix: "Begin subjects with the team.",
  topics: ["naming"],
  options: { team: options.text("billing", "The team.") },
  on: "stream",
  kinds: ["stream"],
  example: { fails: { streams: { A: { subjects: ["a"] } } }, passes: { streams: { A: { subjects: ["billing.a"] } } } },
  *find({ spec }, { team }) {
    for (const subject of spec.subjects ?? [])
      if (!subject.startsWith(\`\${team}.\`))
        yield { field: "subjects", value: subject, problem: \`"\${subject}" does not begin with \${team}\` };
  },
});

const ours = [...rules.filter(({ topics }) => topics.includes("retention")), subjectsOfTeam];
new PolicyPack("ours", { policies: pulumiPolicies(ours, projectOptions(ours)) });
`;

const AS_LIBRARY = `
import { check, type PolicyReport, pulumiPolicies, rules } from "headwater/policies";
if (pulumiPolicies(rules).length !== rules.length + 1) throw new Error("a policy is missing");
const report: PolicyReport = check(
  { topology: { streams: { ORDERS: { subjects: ["orders.>"], maxAge: "7d" } } } },
  { rules: rules.filter(({ id }) => id === "jetstream-retention-bounded"), preset: "staging" },
);
console.log(report.findings.map(({ rule, level, field }) => [rule, level, field].join(" ")).join());
`;

const install = process.env.HEADWATER_TEST_INSTALL as string;
const compiler = join(install, "node_modules", ".bin", "tsc");

// The engine's SDK for policies does not compile by itself: a project with it checks no libraries.
function compile(source: string, skipLibCheck = false): { readonly folder: string; readonly output: string } {
  const folder = mkdtempSync(join(install, "policies-"));
  writeFileSync(join(folder, "index.ts"), source);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ ...templateTsconfig, compilerOptions: { ...templateTsconfig.compilerOptions, skipLibCheck } }),
  );
  const { stdout } = spawnSync(process.execPath, [compiler, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  return { folder, output: stdout };
}

it("compiles in a default project, libraries checked too, and judges", () => {
  const { folder, output } = compile(AS_LIBRARY);
  expect(output).toBe("");
  const { stdout } = spawnSync(process.execPath, ["bin/index.js"], { cwd: folder, encoding: "utf8" });
  expect(stdout).toBe("jetstream-retention-bounded mandatory maxBytes\n");
});

it("makes a pack of one's own, which the engine runs", async () => {
  const { folder, output } = compile(OWN_PACK, true);
  expect(output).toBe("");
  const project = await createProject({ stack: "dev" });
  try {
    const pack = join(project.folder, "policies");
    mkdirSync(pack);
    writeFileSync(
      join(pack, "package.json"),
      JSON.stringify({ name: "ours", version: "1.0.0", main: join(folder, "bin/index.js") }),
    );
    writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime:\n  name: nodejs\n  options:\n    typescript: false\n");
    project.program(`new (require("headwater").Stream)("ORDERS", { subjects: ["orders.v1"], maxAge: "7d" });`);
    const { code, text } = await project.preview("--policy-pack", "policies");
    expect(violationsIn(text)).toEqual([
      {
        level: "mandatory",
        rule: "jetstream-retention-bounded",
        resource: "ORDERS",
        message: expect.stringContaining('stream "ORDERS": maxBytes is not set'),
      },
      {
        level: "mandatory",
        rule: "team-subjects",
        resource: "ORDERS",
        message:
          'team-subjects stream "ORDERS": subjects "orders.v1" does not begin with billing. Begin subjects with the team.',
      },
    ]);
    expect(code).toBe(1);
  } finally {
    project.remove();
  }
});

describe("without any of the optional packages", () => {
  const LOADED = `.filter((file) => /node_modules.(@pulumi|@nats-io|@kubernetes|yaml|typescript)/.test(file))`;

  it("loads, and loads no engine and no client", async () => {
    const folder = await installAlone("commonjs");
    const source = `const { rules } = require("headwater/policies"); console.log(rules.length > 5, Object.keys(require.cache)${LOADED}.length)`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", source], { cwd: folder, encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["true 0\n", ""]);
    rmSync(folder, { recursive: true, force: true });
  });

  it("is imported by modules", async () => {
    const folder = await installAlone("module");
    writeFileSync(
      join(folder, "index.js"),
      AS_LIBRARY.replace(", type PolicyReport", "").replace(": PolicyReport", ""),
    );
    const { stdout, stderr } = spawnSync(process.execPath, ["index.js"], { cwd: folder, encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["jetstream-retention-bounded mandatory maxBytes\n", ""]);
    rmSync(folder, { recursive: true, force: true });
  });
});

it("starts a pack that loads neither a compiler of its own, nor what reads files, nor a client", () => {
  const source = `
process.chdir("node_modules/headwater/policies");
require(process.cwd());
console.log(Object.keys(require.cache).filter((file) => /ts-node|node_modules.(yaml|@nats-io|@kubernetes)/.test(file)));
console.log(Object.keys(require.cache).some((file) => file.endsWith("dist/policies/pack.js")));
setTimeout(() => process.exit(), 1_000);`;
  const { stdout } = spawnSync(process.execPath, ["-e", source], {
    cwd: install,
    encoding: "utf8",
    env: { ...process.env, PWD: install },
  });
  expect(stdout).toMatch(/^\[\]\ntrue\n\d+\n$/);
});
