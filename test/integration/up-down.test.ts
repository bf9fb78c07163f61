import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jetstream } from "@nats-io/jetstream";
import { withConnection } from "../support/nats";

const root = resolve(__dirname, "../..");
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
  "tools",
];
const COPIED = [...ROOMS, "dist", "index.ts", "model-entry.ts"];
const FILES = ["package.json", "package-lock.json", "Pulumi.yaml", "tsconfig.json", "tsconfig.build.json"];

/** Runs one of the two scripts in a checkout of its own. */
function script(folder: string, name: string): Promise<string> {
  return new Promise((done, failed) => {
    // As in a shell that is set up for other stacks: none of it may be used.
    const others = { PULUMI_CONFIG_PASSPHRASE: "other", PULUMI_BACKEND_URL: "file:///nowhere", PULUMI_STACK: "other" };
    const env = {
      ...process.env,
      ...others,
      HEADWATER_TOOLS: process.env.HEADWATER_TOOLS ?? join(root, ".headwater", "tools"),
    };
    execFile(process.execPath, [`tools/${name}.js`], { cwd: folder, env }, (error, stdout, stderr) => {
      error ? failed(new Error(`${name} failed:\n${stdout}${stderr}`)) : done(stdout + stderr);
    });
  });
}

interface Server {
  readonly name: string;
  readonly ports: { readonly client: number };
}

describe("npm run up and npm run down", () => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-checkout-"));
  const cluster = join(folder, ".headwater/local/persistence");
  const servers = () =>
    (JSON.parse(readFileSync(join(cluster, "cluster.json"), "utf8")) as { servers: Server[] }).servers.map(
      ({ name, ports }) => ({
        client: ports.client,
        pid: Number(readFileSync(join(cluster, name, "server.pid"), "utf8")),
      }),
    );
  beforeAll(() => {
    for (const name of [...COPIED, ...FILES])
      cpSync(join(root, name), join(folder, name), { recursive: true, preserveTimestamps: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  });
  afterAll(async () => {
    await script(folder, "down");
    rmSync(folder, { recursive: true, force: true });
  });

  it("brings up the persistence design on three servers, changes nothing the second time, and takes it down with messages in it", async () => {
    const first = await script(folder, "up");
    expect(first).toMatch(/\+ 9 created/);
    expect(first).toMatch(/INGEST_RAW_V1 +│ ingest\.v1\.raw +│ file +│ 3 \(3 current\) +│ 7 d/);
    expect(first).toMatch(/INGEST_STATUS_V1 +│ ingest\.v1\.status +│ memory +│ 1 \(1 current\) +│ 24 h/);
    expect(first).toMatch(/CONSENSUS_EVENTS_V1 +│ consensus\.v1\.\* +│ file +│ 3 \(3 current\) +│ 30 d/);
    expect(first).toMatch(/ANALYTICS_BATCH +│ INGEST_RAW_V1 +│ pull +│ explicit +│ 512 +│ 100 ms, 250 ms, 500 ms/);
    expect(first).toMatch(
      /REALTIME_PIPE +│ INGEST_RAW_V1 +│ push to deliver\.realtime\.v1\.raw +│ explicit +│ 256 +│ 50 ms, 100 ms, 250 ms/,
    );
    expect(first).toMatch(/CONSENSUS_AUDIT_TAIL +│ CONSENSUS_EVENTS_V1 +│ pull +│ explicit +│ 128 +│ 200 ms, 400 ms/);

    const second = await script(folder, "up");
    expect(second).toMatch(/9 unchanged/);
    expect(second).toContain("Nothing to change");
    expect(second).not.toMatch(/created|updated/);

    const [server] = servers();
    await withConnection(`nats://127.0.0.1:${server?.client}`, async (nc) => {
      for (let i = 0; i < 5; i++) await jetstream(nc).publish("ingest.v1.raw", String(i));
    });
    const pids = servers().map(({ pid }) => pid);
    const down = await script(folder, "down");
    expect(down).toMatch(/- 9 deleted/);
    expect(down).toMatch(/3 servers stopped/);
    expect(existsSync(join(folder, ".headwater/local"))).toBe(false);
    for (const pid of pids) expect(isAlive(pid)).toBe(false);
    expect(await script(folder, "down")).toBe("Nothing is up.\n");
  });
});

function isAlive(pid: number): boolean {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, "utf8").includes("nats-server");
}
