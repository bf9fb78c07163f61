const fs = require("node:fs");
const path = require("node:path");
const paths = require("./paths");
const { logged } = require("./run");
const { step } = require("./say");

const stamp = path.join(paths.root, "node_modules", ".package-lock.json");
// Everything the package is compiled from.
const SOURCES = ["index.ts", "model-entry.ts", "tsconfig.build.json"].concat([
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
]);

/** Installs the project's dependencies unless the lock file was installed already. */
async function dependencies() {
  const lock = path.join(paths.root, "package-lock.json");
  if (fs.existsSync(stamp) && fs.statSync(stamp).mtimeMs >= fs.statSync(lock).mtimeMs) return;
  await step("dependencies: npm ci", "about 20 s", () => npm(["ci", "--no-audit", "--no-fund"]));
}

/** Compiles the package when a source is newer than what was compiled. */
async function build() {
  const compiler = path.join(paths.root, "node_modules", "typescript", "bin", "tsc");
  if (newest(SOURCES) <= newest(["dist"])) return;
  await step("headwater: compiling", "about 10 s", async () => {
    fs.rmSync(path.join(paths.root, "dist"), { recursive: true, force: true });
    const log = path.join(paths.home, "logs", "tsc.log");
    await logged(log, process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: paths.root });
    const flatten = path.join(paths.root, "tools", "flatten-types.js");
    await logged(path.join(paths.home, "logs", "flatten-types.log"), process.execPath, [flatten], { cwd: paths.root });
  });
}

function npm(args) {
  const log = path.join(paths.home, "logs", `npm-${args[0]}.log`);
  const script = process.env.npm_execpath ?? "";
  const [command, all] = script.endsWith("npm-cli.js") ? [process.execPath, [script, ...args]] : ["npm", args];
  return logged(log, command, all, { cwd: paths.root });
}

function newest(names) {
  const times = names.flatMap((name) => {
    const file = path.join(paths.root, name);
    if (!fs.existsSync(file)) return [0];
    if (!fs.statSync(file).isDirectory()) return [fs.statSync(file).mtimeMs];
    return fs
      .readdirSync(file, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => fs.statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  });
  return Math.max(...times);
}

module.exports = { dependencies, build, npm };
