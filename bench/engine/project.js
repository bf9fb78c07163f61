const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const paths = require("../../tools/lib/paths");
const { pulumiTools } = require("../../tools/lib/pulumi-tools");
const { Trouble } = require("../../tools/lib/say");
const { owned, scratch } = require("../leftovers");

const STACK = "bench";
const QUIET = ["--yes", "--non-interactive", "--color=never", "--suppress-permalink=true", "--suppress-outputs"];

/** A project of its own outside the repository, with the compiled package, a file backend and nobody else's settings. */
async function createProject({ url }) {
  const folder = scratch("project");
  link(path.join(paths.root, "node_modules", "@pulumi"), path.join(folder, "node_modules", "@pulumi"));
  link(paths.root, path.join(folder, "node_modules", "headwater"));
  fs.mkdirSync(path.join(folder, "state"));
  const project = "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js\n";
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), project);
  fs.writeFileSync(path.join(folder, "package.json"), '{ "name": "bench", "main": "index.js" }\n');
  const env = await environment(folder);
  const pulumi = (args, extra) => run(args, { cwd: folder, env: { ...env, ...extra } });
  await pulumi(["stack", "init", STACK]);
  await pulumi(["config", "set", "--stack", STACK, "nats:servers", url]);
  return {
    /** Writes the program: `count` streams, a tenth of them `changed`. */
    program: (count, changed) => fs.writeFileSync(path.join(folder, "index.js"), source(count, changed)),
    /** Runs a command on the stack, without a preview before it. */
    run: (command, flags = [], extra = {}) => {
      const preview = command === "preview" ? [] : ["--skip-preview"];
      return pulumi([command, "--stack", STACK, ...preview, ...QUIET, ...flags], extra);
    },
  };
}

function source(count, changed) {
  return `const hw = require("headwater");
for (let i = 0; i < ${count}; i++) {
  const maxAge = ${changed} && i % 10 === 0 ? "8d" : "7d";
  new hw.Stream("BENCH_" + i, { subjects: ["bench.n" + i + ".>"], maxAge, maxBytes: "1MiB" });
}
`;
}

function link(target, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.symlinkSync(target, file, "junction");
}

async function environment(folder) {
  const inherited = Object.entries(process.env).filter(([key]) => !/^(PULUMI|HEADWATER_ALLOW)_/.test(key));
  return {
    ...Object.fromEntries(inherited),
    PATH: [...(await pulumiTools()), path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
    // Protects nothing: the stack has no secrets and is gone in a minute.
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

function run(args, options) {
  const child = owned(spawn("pulumi", args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] }));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      text += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const failed = () => new Trouble(`pulumi ${args[0]} ended with exit code ${code}:\n${text}`);
      code === 0 ? resolve(text) : reject(failed());
    });
  });
}

module.exports = { createProject };
