import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { createProject, succeed } from "../support/engine";
import { templateTsconfig } from "../support/installed-package";
import { startCluster, type TestServer, urlsOf, withConnection } from "../support/nats";

const PROGRAM = `
import * as hw from "headwater";

const raw = new hw.Stream("ingest-raw", {
  name: "INGEST_RAW_V1",
  subjects: ["ingest.v1.raw"],
  storage: "file", replicas: 3, dataClass: "audit",
  maxAge: "7d", maxBytes: "10GiB",
});
new hw.Consumer("analytics", {
  stream: raw, name: "ANALYTICS_BATCH", kind: "pull",
  ackPolicy: "explicit", maxAckPending: 512, backoff: ["100ms", "250ms", "500ms"], maxDeliver: 4,
});
export const rawName = raw.name;
export const subjects = raw.subjects;
export const created = raw.created;
`;

const SECOND = `
import * as pulumi from "@pulumi/pulumi";
import { Consumer, NatsCluster } from "headwater";
import { defineTopology, formatFinding, normalizeStream, preflight, type ServerFacts } from "headwater/model";

const ingest = new pulumi.StackReference("organization/ingest/dev");
new Consumer("tail", { stream: ingest.requireOutput("rawName") as pulumi.Output<string>, name: "audit_tail", kind: "pull", ackPolicy: "explicit" });
export const normal = normalizeStream({ name: "X", maxAge: "48h" });
const server: ServerFacts = { version: "2.12.3", servers: 1 };
export const cluster = () => new NatsCluster("nats", { size: 3, jetstream: { volume: { size: "10GiB" }, encryption: {} } }).provider;
export const problems = preflight(defineTopology({ streams: { X: { replicas: 3 } } }), { server }).map(formatFinding);
`;

/** Each line is an asset that cannot be, after the import. */
const IMPOSSIBLE = `import * as hw from "headwater";
new hw.Stream("m", { mirror: { name: "O" }, subjects: ["a"] });
new hw.Consumer("c", { stream: "S", kind: "pull", ackPolicy: "explicit", deliverSubject: "x" });
new hw.Consumer("c", { stream: "S", kind: "push", ackPolicy: "explicit" });
new hw.Consumer("c", { stream: "S", kind: "pull" });
new hw.Stream("s", { maxAge: "7 days" });
new hw.Stream("s", { maxBytes: "10GB" });
new hw.Stream("s", { maxage: "7d" });
new hw.Stream("s", { storage: "tape" });
new hw.KeyValue("k", { subjects: ["a"] });
`;

describe("the types of the packed package", () => {
  const compile = (source: string): string => {
    const folder = mkdtempSync(join(process.env.HEADWATER_TEST_INSTALL as string, "types-"));
    writeFileSync(join(folder, "index.ts"), source);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(templateTsconfig));
    const compiler = join(process.env.HEADWATER_TEST_INSTALL as string, "node_modules", ".bin", "tsc");
    return spawnSync(process.execPath, [compiler, "--noEmit", "--pretty", "false"], { cwd: folder, encoding: "utf8" })
      .stdout;
  };

  it("compile in a default project, libraries checked too", () => {
    expect(compile(PROGRAM)).toBe("");
    expect(compile(SECOND)).toBe("");
  });

  it("let no impossible asset through", () => {
    const lines = [...compile(IMPOSSIBLE).matchAll(/^index\.ts\((\d+),/gm)].map(([, line]) => Number(line));
    expect([...new Set(lines)]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

/** Runs a script beside the packed package, which is installed without its optional peers. */
const script = (source: string) =>
  spawnSync(process.execPath, ["-e", source], { cwd: process.env.HEADWATER_TEST_INSTALL, encoding: "utf8" });

describe("the packed package without Kubernetes", () => {
  it.each(["@pulumi/kubernetes", "@kubernetes/client-node"])("is installed without %s", (peer) => {
    expect(script(`require.resolve("${peer}")`).stderr).toContain(`Cannot find module '${peer}'`);
  });

  it("loads, and so does its provider", () => {
    const { stdout } = script(
      `for (const entry of ["", "/model", "/provider"]) console.log(Object.keys(require("headwater" + entry)).length > 5)`,
    );
    expect(stdout).toBe("true\ntrue\ntrue\n");
  });

  it("says what a chart needs", () => {
    const { stdout } = script(
      `try { require("headwater").fromChart("shop", () => {}); } catch (error) { console.log(error.message); }`,
    );
    expect(stdout).toBe('fromChart "shop" needs cdk8s. Run `npm i cdk8s constructs`.\n');
  });

  it("says what a cluster needs", () => {
    const { stdout } = script(`
const pulumi = require("@pulumi/pulumi");
pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
try { new (require("headwater").NatsCluster)("nats", { standalone: true }); } catch (error) { console.log(error.message); }`);
    expect(stdout).toBe(
      "NatsCluster needs @pulumi/kubernetes. Run `npm i @pulumi/kubernetes @kubernetes/client-node`.\n",
    );
  });
});

describe("the packed package", () => {
  let servers: TestServer[];
  beforeAll(async () => {
    servers = await startCluster();
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  it("deploys from a default TypeScript project, and a second project's consumer joins through a stack reference", async () => {
    const backend = mkdtempSync(join(tmpdir(), "headwater-backend-"));
    const options = { typescript: true, backend, servers: urlsOf(servers) };
    const ingest = await createProject({ ...options, name: "ingest" });
    ingest.program(PROGRAM);
    expect(await succeed(ingest.up())).toMatch(/\+ 3 created/);
    expect(await succeed(ingest.up())).toMatch(/3 unchanged/);

    const audit = await createProject({ ...options, name: "audit" });
    audit.program(SECOND);
    const second = await succeed(audit.up());
    expect(second).toMatch(/maxAge: +"2d"/);
    expect(second).toMatch(/stream \\?"X\\?": replicas /);

    await withConnection(servers[0]?.url as string, async (nc) => {
      const jsm = await jetstreamManager(nc);
      const { config, cluster } = await jsm.streams.info("INGEST_RAW_V1");
      expect(config).toMatchObject({
        num_replicas: 3,
        max_bytes: 10 * 2 ** 30,
        max_age: 7 * 86_400e9,
        storage: "file",
      });
      expect(config.metadata).toMatchObject({
        "headwater.owner": "ingest/dev/ingest-raw",
        "headwater.data-class": "audit",
      });
      expect(cluster?.replicas).toHaveLength(2);
      const consumers = await jsm.consumers.list("INGEST_RAW_V1").next();
      expect(consumers.map(({ name }) => name).sort()).toEqual(["ANALYTICS_BATCH", "audit_tail"]);
    });
    await succeed(audit.destroy());
    await succeed(ingest.destroy());
    ingest.remove();
    audit.remove();
  });
});
