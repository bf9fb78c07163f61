import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { createProject, type Project, succeed } from "../support/engine";
import { describeWith, missing } from "../support/kubernetes";

const root = resolve(__dirname, "../..");

// The provider writes what it would apply into a folder: no cluster is needed.
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const { ApiObject, Chart } = require("cdk8s");
const hw = require("headwater");
const charts = require("headwater/cdk8s");

const provider = new k8s.Provider("folder", { renderYamlToDirectory: "out" });
const token = new pulumi.Config().requireSecret("token");
const key = new hw.EncryptionKey("key", {});
hw.fromChart("shop", (app) => {
  const chart = new Chart(app, "shop", { namespace: "shop" });
  const stringData = { token, url: pulumi.interpolate\`nats://\${token}@nats\` };
  new ApiObject(chart, "secret", { apiVersion: "v1", kind: "Secret", metadata: { name: "login" }, stringData });
  new ApiObject(chart, "config", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "made" }, data: { by: key.urn } });
  new charts.Stream(chart, "ORDERS", { subjects: ["orders.>"] });
}, { provider });
`;

/** The packages of the repository, and this one: of those that are installed for tests cdk8s is none. */
function linkPackages(folder: string): void {
  const own = join(root, "node_modules");
  const linked = join(folder, "node_modules");
  rmSync(linked);
  mkdirSync(linked);
  for (const name of readdirSync(own)) symlinkSync(join(own, name), join(linked, name));
  symlinkSync(root, join(linked, "headwater"));
}

describeWith(missing.component, "a chart in a program", () => {
  let project: Project;
  beforeAll(async () => {
    project = await createProject();
    linkPackages(project.folder);
    await project.config("token", "hush-hush", true);
    project.program(PROGRAM);
  });
  afterAll(() => project?.remove());

  const rendered = (name: string) => parse(readFileSync(join(project.folder, "out/1-manifest", name), "utf8"));
  const encoded = (text: string) => Buffer.from(text).toString("base64");

  it("is applied with outputs of other resources, and what is secret is encrypted in the state", async () => {
    await succeed(project.up());
    expect(rendered("v1-configmap-shop-made.yaml").data.by).toMatch(/^urn:pulumi:dev::.*EncryptionKey::key$/);
    expect(rendered("v1-secret-shop-login.yaml").data).toEqual({
      token: encoded("hush-hush"),
      url: encoded("nats://hush-hush@nats"),
    });
    expect(rendered("jetstream.nats.io_v1beta2-stream-shop-orders.yaml").spec).toMatchObject({
      name: "ORDERS",
      preventDelete: true,
    });
    for (const secret of ["hush-hush", encoded("hush-hush")]) expect(project.state()).not.toContain(secret);
  });

  it("is unchanged when nothing changed", async () => {
    expect(await succeed(project.up())).toMatch(/ {2}\d+ unchanged/);
    expect(await succeed(project.preview())).not.toMatch(/[+~-] \d+ to /);
  });
});
