const fs = require("node:fs");
const path = require("node:path");
const { spawn } = require("node:child_process");
const { build, dependencies } = require("./dependencies");
const { natsCliIfPossible } = require("./nats-cli");
const { natsServer } = require("./nats-server");
const paths = require("./paths");
const { pulumiTools } = require("./pulumi-tools");
const { main, step } = require("./say");
const { JEST_CACHE, withTemporary } = require("./temporary");

const bin = (name) => path.join(paths.root, "node_modules", ".bin", name);
const ROOMS = [
  "model",
  "preflight",
  "changes",
  "render",
  "secrets",
  "provider",
  "local",
  "policies",
  "cli",
  "constructs",
  "stacks",
  "index.ts",
  "model-entry.ts",
];

/** Checks that end with yes or no; the tests count for themselves. */
const CHECKS = [
  ["types", bin("tsc"), ["-p", "tsconfig.json"]],
  ["lint and format", bin("biome"), ["check", "."]],
  ["arrows between rooms", bin("depcruise"), ["--config", ".dependency-cruiser.cjs", ...ROOMS]],
];

/** `npm test`: every check, then one line with what passed and failed. */
async function test() {
  await dependencies();
  await build();
  await natsServer();
  await natsServer("2.10.29");
  await natsCliIfPossible();
  await pulumiTools();
  const results = [];
  for (const [name, script, args] of CHECKS) {
    const code = await step(name, "", () => node([script, ...args]), { prints: true });
    results.push({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
  }
  results.push(await step("tests", "about 10 min", jest, { prints: true }));
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  const skipped = total("skipped") > 0 ? `, ${total("skipped")} skipped` : "";
  console.log(`${total("passed")} passed, ${total("failed")} failed${skipped}`);
  if (total("failed") > 0) process.exitCode = 1;
}

async function jest() {
  const report = path.join(paths.home, "jest.json");
  fs.rmSync(report, { force: true });
  const args = [
    bin("jest"),
    "--json",
    `--outputFile=${report}`,
    "--maxWorkers=2",
    JEST_CACHE,
    ...process.argv.slice(2),
  ];
  const code = await withTemporary((env) => node(args, env));
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
    fs.readFileSync(report, "utf8"),
  );
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: numPendingTests };
}

// Jest's JSON goes to its file; what people read comes on standard error.
function node(args, env = process.env) {
  return new Promise((resolve) => {
    const json = args.includes("--json");
    const child = spawn(process.execPath, args, {
      cwd: paths.root,
      env,
      stdio: ["ignore", json ? "ignore" : "inherit", "inherit"],
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

main(test);
