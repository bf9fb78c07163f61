import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const tools = resolve(__dirname, "../../tools");
const folder = mkdtempSync(join(tmpdir(), "headwater-path-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program on a PATH of its own that prints a version. */
function installed(name: string, version: string): string {
  const bin = mkdtempSync(join(folder, "bin-"));
  writeFileSync(join(bin, name), `#!/bin/sh\necho "${version}"\n`);
  chmodSync(join(bin, name), 0o755);
  return bin;
}

/** Evaluates an expression in a process whose PATH is given, with no downloads and an empty tools folder. */
function evaluate(expression: string, path: readonly string[]) {
  const script = `(async () => console.log(JSON.stringify(await ${expression})))().catch((e) => { console.error(e.message); process.exit(1) })`;
  const env = { PATH: path.join(delimiter), HEADWATER_TOOLS: join(folder, "tools"), HEADWATER_NO_DOWNLOAD: "1" };
  mkdirSync(join(folder, "tools"), { recursive: true });
  return spawnSync(process.execPath, ["-e", script], { cwd: tools, env, encoding: "utf8" });
}

const natsServer = (version = "") => `require("./lib/nats-server").natsServer(${version})`;

it("takes a nats-server of the newest series from PATH, whatever its patch", () => {
  const bin = installed("nats-server", "nats-server: v2.15.9");
  expect(JSON.parse(evaluate(natsServer(), [bin, "/bin"]).stdout)).toBe(join(bin, "nats-server"));
});

it("takes an older one only where exactly that is wanted", () => {
  const bin = installed("nats-server", "nats-server: v2.11.17");
  expect(JSON.parse(evaluate(natsServer('"2.11.17"'), [bin, "/bin"]).stdout)).toBe(join(bin, "nats-server"));
  expect(evaluate(natsServer(), [bin, "/bin"]).stderr).toBe(
    "nats-server 2.15.1 is needed, could not be downloaded, and there is no Go to build it with: install nats-server, or Go.\n",
  );
});

it("takes Pulumi with its language host from PATH, and not without", () => {
  const both = [installed("pulumi", "v3.300.0"), installed("pulumi-language-nodejs", "")];
  expect(evaluate('require("./lib/pulumi-tools").pulumiTools()', [...both, "/bin"]).stdout).toContain("[]");
  const old = [installed("pulumi", "v3.100.0"), installed("pulumi-language-nodejs", "")];
  expect(evaluate('require("./lib/pulumi-tools").pulumiTools()', [...old, "/bin"]).stderr).toContain(
    "pulumi 3.259.0 is needed",
  );
});

it("has a bootstrap that the oldest Node can read", () => {
  const modern = /=>|`|\bconst\b|\blet\b|\basync\b|\?\.|\?\?/;
  for (const file of ["bootstrap.js", "up.js", "down.js", "test.js", "test-servers.js", "../bench/run.js"]) {
    const code = readFileSync(join(tools, file), "utf8").replace(/^\s*(\/\/|\/\*\*).*$|\/\/.*$/gm, "");
    expect(code).not.toMatch(modern);
  }
});
