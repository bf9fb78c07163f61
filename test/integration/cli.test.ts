import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import type { CliResult } from "../support/cli";
import { installAlone } from "../support/installed-package";
import { startServer, type TestServer, withConnection } from "../support/nats";

const HEAD = "apiVersion: headwater.dev/v1\nkind: Topology\n";
const TWICE = '["a", "a"]';
const OVERLAP = 'subjects[1] "a" overlaps subjects[0] "a". Remove subjects[1]: subjects[0] already covers it.';

/** Runs `npx headwater` in a project. */
function npx(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return new Promise((resolve) => {
    // What npm warns of on this machine is not what the command prints.
    const options = { cwd, env: { ...inherited, npm_config_loglevel: "error", ...env } };
    execFile("npx", ["--no-install", "headwater", ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

const modules = {
  "topology.ts": `
    import { defineTopology, type TopologySpec } from "headwater/model";
    import { name } from "./name";
    console.log("printed by the module");
    const topology: TopologySpec = { streams: { [name]: { subjects: ${TWICE} } } };
    export default defineTopology(topology);
    setInterval(() => {}, 1000);`,
  "name.ts": 'export const name: string = "ORDERS";',
  "old.cjs": `exports.orders = require("headwater/model").defineTopology({ streams: { OLD: { subjects: ${TWICE} } } });`,
  "new.mjs": `import { defineTopology } from "headwater/model";
    export const one = defineTopology({ streams: { ONE: {} } });
    export const two = defineTopology({ streams: { TWO: { subjects: ${TWICE} } } });`,
  "throws.mjs": 'throw new Error("no config here\\nnor there");',
  "nothing.mjs": "export const answer = 42;",
  "enum.ts": `
    import { defineTopology, TopologySpec } from "headwater/model";
    enum Kind { File = "file" }
    const topology: TopologySpec = { streams: { ORDERS: { storage: Kind.File, subjects: ${TWICE} } } };
    export { topology };`,
};

describe.each(["commonjs", "module"] as const)("the installed command in an empty %s project", (type) => {
  let folder: string;
  beforeAll(async () => {
    folder = await installAlone(type);
    write(folder, {
      ...modules,
      "good.yaml": `${HEAD}streams: {ORDERS: {subjects: [orders.>]}}\n`,
      "bad.json": `{"apiVersion": "headwater.dev/v1", "kind": "Topology",\n "streams": {"ORDERS": {"subjects": ${TWICE}}}}`,
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("ends with 0, 1 and 2", async () => {
    const good = await npx(folder, ["check", "good.yaml"]);
    expect(good).toMatchObject({ code: 0, stderr: "" });
    expect(good.stdout).toMatch(/^No problems in 1 stream, 1 file, for nats-server 2\.15\.\d+\n$/);
    const bad = await npx(folder, ["check", "bad.json"]);
    expect(bad).toMatchObject({ code: 1, stderr: "" });
    expect(bad.stdout).toContain(`bad.json:2:43 error\n  SP104 stream "ORDERS": ${OVERLAP}\n`);
    expect(await npx(folder, ["check", "none.yaml"])).toMatchObject({ code: 2 });
    expect(await npx(folder, ["check"])).toMatchObject({ code: 2, stdout: "" });
  });

  it("colors when asked to, and not with NO_COLOR", async () => {
    expect((await npx(folder, ["check", "bad.json"], { FORCE_COLOR: "1" })).stdout).toContain("\u001b[31m");
    expect((await npx(folder, ["check", "bad.json"], { NO_COLOR: "1" })).stdout).not.toContain("\u001b");
  });

  it.each([
    ["topology.ts", "ORDERS"],
    ["old.cjs", "OLD"],
    ["new.mjs", "TWO"],
  ])("checks what %s exports", async (file, name) => {
    const { code, stdout, stderr } = await npx(folder, ["check", file, "--json"]);
    expect(stderr.replace("printed by the module\n", "")).toBe("");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: "SP104", name, file, line: null }] });
  });

  it("checks a cluster a module exports", async () => {
    write(folder, { "cluster.mjs": 'export const nats = { name: "nats", size: 2 };' });
    const { code, stdout } = await npx(folder, ["check", "cluster.mjs"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^cluster\.mjs warning\n {2}CW101 cluster "nats": size 2 stops[^\n]+\n\n1 warning in 1 cluster, 1 file, /,
    );
  });

  it.each([
    ["throws.mjs", "cannot be run: no config here. Correct the module; it runs as a program of its own."],
    ["nothing.mjs", "exports no topology and no cluster. Export one: export default defineTopology({ streams: {…} })."],
    [
      "enum.ts",
      "cannot be run: TypeScript enum is not supported in strip-only mode. Leave it out, or install typescript or tsx in the project.",
    ],
  ])("says in one message what is wrong with %s", async (file, message) => {
    expect(await npx(folder, ["check", file])).toEqual({
      code: 2,
      stdout: `${file} error\n  TF107 file "${file}": ${message}\n\n1 error in 1 file; nothing was judged, because not everything could be read\n`,
      stderr: "",
    });
  });
});

describe("the installed command in a project with a compiler", () => {
  it("checks a module Node alone does not understand", async () => {
    const folder = mkdtempSync(join(process.env.HEADWATER_TEST_INSTALL as string, "modules-"));
    write(folder, modules);
    const { code, stdout, stderr } = await npx(folder, ["check", "enum.ts"]);
    expect(stderr).toBe("");
    expect(stdout).toContain(`SP104 stream "ORDERS": ${OVERLAP}`);
    expect(code).toBe(1);
  });
});

describe("headwater check --server", () => {
  const PASSWORD = "s3cret-pass-w0rd";
  const config = `accounts { SHOP { users: [{ user: shop, password: "${PASSWORD}" }], jetstream { max_streams: 2, max_bytes_required: true } } }`;
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    server = await startServer({ config });
    folder = await installAlone("module");
    write(folder, {
      "password.txt": `${PASSWORD}\n`,
      "fine.yaml": `${HEAD}streams: {ORDERS: {subjects: [orders.>], maxBytes: 1MiB}}\n`,
      "limits.yaml": `${HEAD}streams:\n  ORDERS:\n    subjects: [orders.>]\n  OVER:\n    subjects: [old.new]\n    maxBytes: 1MiB\n`,
    });
    await withConnection(
      server.url,
      async (nc) => (await jetstreamManager(nc)).streams.add({ name: "OLD", subjects: ["old.>"], max_bytes: 1024 }),
      { user: "shop", pass: PASSWORD },
    );
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("judges with the account's limits and streams", async () => {
    const args = ["check", "limits.yaml", "--server", server.url, "--user", "shop", "--password-file", "password.txt"];
    const { code, stdout, stderr } = await npx(folder, args);
    expect(stderr).toBe("");
    expect(code).toBe(1);
    expect(stdout).toMatch(/limits\.yaml:4:3 error\n {2}SL\d+ stream "ORDERS": maxBytes /);
    expect(stdout).toMatch(/limits\.yaml:7:16 error\n {2}SP201 stream "OVER": subjects.*"old\.>" of stream "OLD"/);
    expect(stdout).toMatch(/, for nats-server 2\.15\.\d+ at nats:\/\/127\.0\.0\.1:\d+\n$/);
  });

  it("takes the password from the environment, and finds nothing where nothing is wrong", async () => {
    const env = { NATS_PASSWORD: PASSWORD };
    const { code, stdout } = await npx(folder, ["check", "fine.yaml", "--server", server.url, "--user", "shop"], env);
    expect(stdout).toMatch(/^No problems in 1 stream, 1 file/);
    expect(code).toBe(0);
  });

  it("says in one message that the login is refused, without the password", async () => {
    const env = { NATS_PASSWORD: `${PASSWORD}-wrong` };
    const refused = await npx(folder, ["check", "fine.yaml", "--server", server.url, "--user", "shop"], env);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /^headwater: CN102 server "nats:\/\/127\.0\.0\.1:\d+": the server refused the login \(".*"\)\. Check the user, password, token or key\.\n$/,
    );
    expect(refused.stderr).not.toContain(PASSWORD);
  });
});
