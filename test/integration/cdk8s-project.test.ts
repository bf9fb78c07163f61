import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { cdk8sTsconfig, installBesideCdk8s } from "../support/installed-package";

const CHART = `
import { Construct } from "constructs";
import { App, Chart, ChartProps } from "cdk8s";
import * as hw from "headwater/cdk8s";

export class MyChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = { }) {
    super(scope, id, props);
    const account = new hw.Account(this, "nats", { servers: ["nats://nats.nats:4222"] });
    const orders = new hw.Stream(this, "ORDERS", { subjects: ["orders.>"], replicas: 3, connection: account });
    new hw.Consumer(this, "billing", { stream: orders, kind: "pull", ackPolicy: "explicit" });
    new hw.KeyValue(this, "sessions", { ttl: "1h", connection: account });
    const topology = hw.defineTopology({ streams: { AUDIT: { subjects: ["audit"] } } });
    new hw.Topology(this, "audit", { ...topology, connection: account });
    new hw.EventBus(this, "default", { type: "native", version: "2.10.29" });
  }
}

const app = new App();
hw.policyValidation(app, { preset: "dev" });
new MyChart(app, "shop", { namespace: "messaging" });
app.synth();
`;

/** Each line is an asset that cannot be, after the imports. */
const IMPOSSIBLE = `import * as hw from "headwater/cdk8s"; import { Chart } from "cdk8s"; declare const chart: Chart;
new hw.Stream(chart, "m", { mirror: { name: "O" }, subjects: ["a"] });
new hw.Consumer(chart, "c", { stream: "S", kind: "pull", ackPolicy: "explicit", deliverSubject: "x" });
new hw.Consumer(chart, "c", { stream: "S", kind: "push", ackPolicy: "explicit" });
new hw.Consumer(chart, "c", { stream: "S", kind: "pull" });
new hw.Stream(chart, "s", { maxAge: "7 days" });
new hw.Stream(chart, "s", { maxBytes: "10GB" });
new hw.Stream(chart, "s", { maxage: "7d" });
new hw.Stream(chart, "s", { storage: "tape" });
new hw.KeyValue(chart, "k", { subjects: ["a"] });
new hw.Stream(chart, "s", { connection: { user: "u" } });
new hw.EventBus(chart, "b", { type: "exotic", version: "2.10.29", url: "nats://nats" });
`;

const NODE16 = { module: "node16", moduleResolution: "node16", target: "es2022", strict: true, outDir: "esm" };

describe("a cdk8s project with the packed package", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await installBesideCdk8s();
  });

  const write = (name: string, content: string | object) =>
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  const run = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return { stdout, stderr, status };
  };
  const compile = (...args: string[]) =>
    run(join("node_modules", "typescript", "bin", "tsc"), ...args, "--pretty", "false");
  const fine = { stdout: "", stderr: "", status: 0 };

  it("has no Pulumi", () => {
    expect(existsSync(join(folder, "node_modules", "@pulumi", "pulumi"))).toBe(false);
  });

  it("compiles with the template's settings, libraries checked too, and synthesizes", () => {
    write("main.ts", CHART);
    write("tsconfig.json", { ...cdk8sTsconfig, include: ["main.ts"] });
    expect(compile("--build")).toEqual(fine);
    expect(run("main.js")).toMatchObject({ stdout: "", status: 0 });
    const documents = parseAllDocuments(readFileSync(join(folder, "dist", "shop.k8s.yaml"), "utf8"));
    expect(documents.map((each) => `${each.get("kind")} ${each.getIn(["metadata", "name"])}`)).toEqual([
      "Account nats",
      "Stream orders",
      "Consumer orders-billing",
      "KeyValue sessions",
      "Stream audit",
      "EventBus default",
      "PodDisruptionBudget eventbus-default-js",
    ]);
  });

  it("compiles and runs as an ES module", () => {
    write("esm.mts", CHART.replace("import { App, Chart, ChartProps }", "import { App, Chart, type ChartProps }"));
    write("tsconfig.node16.json", { compilerOptions: NODE16, files: ["esm.mts"] });
    expect(compile("-p", "tsconfig.node16.json")).toEqual(fine);
    expect(run("esm/esm.mjs")).toMatchObject({ stdout: "", status: 0 });
  });

  it("lets no impossible asset through", () => {
    write("impossible.ts", IMPOSSIBLE);
    write("tsconfig.impossible.json", { ...cdk8sTsconfig, include: ["impossible.ts"] });
    const lines = [
      ...compile("--noEmit", "-p", "tsconfig.impossible.json").stdout.matchAll(/^impossible\.ts\((\d+),/gm),
    ];
    expect([...new Set(lines.map(([, line]) => Number(line)))]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it("has the validation plugin where cdk8s.yaml names it", () => {
    const script = `const { PolicyValidation } = require("./node_modules/headwater/dist/constructs/cdk8s"); console.log(typeof new PolicyValidation({ preset: "dev" }).validate)`;
    expect(run("-e", script)).toEqual({ stdout: "function\n", stderr: "", status: 0 });
  });
});
