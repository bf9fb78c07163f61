import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { apiRequests, writes } from "../support/api-log";
import { createProject, failing, type Project, succeed } from "../support/engine";
import { startServer, type TestServer, withConnection } from "../support/nats";

const PASSWORD = "s3cret-pass-w0rd";
const LOGIN = { user: "deploy", pass: PASSWORD };
const config = `
accounts {
  APP { jetstream: enabled, users: [{ user: deploy, password: "${PASSWORD}" }] }
  SYS { users: [{ user: sys, password: sys }] }
}
system_account: SYS
`;

let server: TestServer;
let project: Project;
beforeAll(async () => {
  server = await startServer({ config });
});
afterAll(() => server.stop());
beforeEach(async () => {
  project = await createProject({ servers: server.url });
  await project.config("nats:user", "deploy");
  await project.config("nats:password", PASSWORD, true);
});
afterEach(async () => {
  expect(project.state()).not.toContain(PASSWORD);
  await project.destroy({ HEADWATER_ALLOW_DELETE: "*" });
  project.remove();
});

const nats = <T>(use: Parameters<typeof withConnection<T>>[1]) => withConnection(server.url, use, LOGIN);
const infoOf = (name: string) => nats(async (nc) => (await jetstreamManager(nc)).streams.info(name));
const publish = (subject: string, count: number) =>
  nats(async (nc) => {
    for (let i = 0; i < count; i++) await jetstream(nc).publish(subject, "x");
  });

const connections = async () =>
  ((await (await fetch(`${server.monitor}/varz`)).json()) as { total_connections: number }).total_connections;

const ALL_KINDS = `
const hw = require("headwater");
const orders = new hw.Stream("ORDERS", { subjects: ["orders.>"], maxAge: "7d", maxBytes: "1MiB" });
new hw.Consumer("billing", { stream: orders, kind: "pull", ackPolicy: "explicit" });
new hw.KeyValue("sessions", { history: 5, ttl: "1h" });
new hw.ObjectStore("artifacts", { description: "builds" });
new hw.Topology("set", { streams: { EVENTS: { subjects: ["events.>"] } }, consumers: [{ stream: "EVENTS", name: "tail", kind: "pull", ackPolicy: "explicit" }] });
`;

describe("a program with every kind of asset", () => {
  it("is applied once, changes nothing the second time, shows drift as the field it is, and is put back", async () => {
    project.program(ALL_KINDS);
    const before = await connections();
    const created = await apiRequests(server.url, () => succeed(project.up()), LOGIN);
    // One for the provider process, one that listens here.
    expect((await connections()) - before).toBe(2);
    expect([...created].sort()).toEqual([
      "CONSUMER.CREATE.EVENTS.tail",
      "CONSUMER.CREATE.ORDERS.billing",
      "STREAM.CREATE.EVENTS",
      "STREAM.CREATE.KV_sessions",
      "STREAM.CREATE.OBJ_artifacts",
      "STREAM.CREATE.ORDERS",
    ]);

    let text = "";
    const again = await apiRequests(
      server.url,
      async () => {
        text = await succeed(project.up());
      },
      LOGIN,
    );
    expect(writes(again)).toEqual([]);
    expect(text).toMatch(/Resources:\n +8 unchanged/);
    expect(await succeed(project.preview("--expect-no-changes", "--refresh"))).toMatch(/8 unchanged/);

    await nats(async (nc) => (await jetstreamManager(nc)).streams.update("ORDERS", { max_age: 3_600e9 }));
    expect(await succeed(project.refresh())).toMatch(/~ 1 updated\n +7 unchanged/);
    const preview = await succeed(project.preview("--diff"));
    expect(preview).toMatch(/~ maxAge: "1h" => "7d"/);
    expect(preview.match(/^ +[~+-] +\w+: /gm)).toHaveLength(1);
    expect(await succeed(project.up())).toMatch(/~ 1 updated/);
    expect((await infoOf("ORDERS")).config.max_age).toBe(7 * 86_400e9);
  });

  it("keeps a stream with messages through destroy, says how many, and lets one run override it", async () => {
    project.program(ALL_KINDS);
    await succeed(project.up());
    await publish("orders.a", 3);
    const refused = await failing(project.destroy());
    expect(refused).toMatch(
      /DG101 stream "ORDERS": holds 3 messages \(\d+ bytes\) and was not deleted\. To delete it all the same, run again with HEADWATER_ALLOW_DELETE=ORDERS/,
    );
    expect(refused).not.toMatch(/^ +at /m);
    expect((await infoOf("ORDERS")).state.messages).toBe(3);
    await succeed(project.destroy({ HEADWATER_ALLOW_DELETE: "ORDERS" }));
    await expect(infoOf("ORDERS")).rejects.toThrow("stream not found");
  });

  it("refuses at preview what the server would refuse, all at once, and replaces nothing", async () => {
    project.program(ALL_KINDS);
    await succeed(project.up());
    project.program(ALL_KINDS.replace('maxAge: "7d"', 'storage: "memory", retention: "workqueue", firstSeq: 5'));
    const refused = await failing(project.preview());
    expect(refused).toContain(
      'RC101 stream "ORDERS": storage unset -> "memory" cannot be changed in place (stream configuration update can not change storage type). Remove it again, or set replace: "allow": nothing is lost, it is unused.',
    );
    expect(refused).toContain('RC101 stream "ORDERS": retention unset -> "workqueue" cannot be changed in place');
    expect(refused).toContain('IN101 stream "ORDERS": firstSeq unset -> 5 cannot be changed in place');
    expect(refused).not.toMatch(/to replace|\+-/);
  });
});

describe("identity", () => {
  it("renaming a resource, or moving it into a component, touches nothing but the stamp", async () => {
    project.program(ALL_KINDS);
    await succeed(project.up());
    await publish("orders.a", 2);
    const was = await infoOf("ORDERS");
    const moved = `
const pulumi = require("@pulumi/pulumi");
const hw = require("headwater");
class Shop extends pulumi.ComponentResource {
  constructor(name) {
    super("demo:index:Shop", name);
    this.orders = new hw.Stream("ORDERS", { subjects: ["orders.>"], maxAge: "7d", maxBytes: "1MiB" }, { parent: this });
    new hw.Consumer("invoices", { stream: this.orders, name: "billing", kind: "pull", ackPolicy: "explicit" }, { parent: this });
  }
}
new Shop("shop");
new hw.KeyValue("renamed", { name: "sessions", history: 5, ttl: "1h" });
`;
    project.program(moved);
    const requests = await apiRequests(server.url, () => succeed(project.up()), LOGIN);
    expect(
      writes(requests)
        .filter((request) => /DELETE/.test(request))
        .sort(),
    ).toEqual(["STREAM.DELETE.EVENTS", "STREAM.DELETE.OBJ_artifacts"]);
    const is = await infoOf("ORDERS");
    expect(is.state.messages).toBe(2);
    expect(is.created).toBe(was.created);
    const owner = "demo/dev/demo:index:Shop$ORDERS";
    expect(is.config).toEqual({ ...was.config, metadata: { ...was.config.metadata, "headwater.owner": owner } });
    expect(await succeed(project.up())).toMatch(/5 unchanged/);
  });

  it("takes consumers along when a stream is replaced on request", async () => {
    project.program(ALL_KINDS);
    await succeed(project.up());
    const text = await succeed(
      project.up("--replace", "urn:pulumi:dev::demo::pulumi-nodejs:dynamic/nats:Stream::ORDERS"),
    );
    expect(text).toMatch(/2 replaced/);
    const consumers = await nats(async (nc) => (await jetstreamManager(nc)).consumers.list("ORDERS").next());
    expect(consumers.map(({ name }) => name)).toEqual(["billing"]);
    await publish("orders.a", 1);
    const refused = await failing(
      project.up("--replace", "urn:pulumi:dev::demo::pulumi-nodejs:dynamic/nats:Stream::ORDERS"),
    );
    expect(refused).toMatch(/DG101 stream "ORDERS": holds 1 message/);
    expect((await infoOf("ORDERS")).state.messages).toBe(1);
  });
});

describe("an asset managed elsewhere", () => {
  it("can be read by name, and is not touched", async () => {
    await nats(async (nc) =>
      (await jetstreamManager(nc)).streams.add({ name: "LEGACY", subjects: ["legacy.>"], max_age: 3_600e9 }),
    );
    project.program(`
const hw = require("headwater");
const legacy = hw.Stream.get("legacy", "LEGACY");
exports.subjects = legacy.subjects;
exports.consumer = new hw.Consumer("tail", { stream: legacy, kind: "pull", ackPolicy: "explicit" }).id;
`);
    expect(await succeed(project.up())).toMatch(/consumer: "LEGACY\/tail"\n.* subjects: \[\n.*"legacy\.>"/);
    await succeed(project.destroy());
    expect((await infoOf("LEGACY")).config.metadata ?? {}).not.toHaveProperty("headwater.owner");
  });
});

describe("a program in ECMAScript modules", () => {
  it("imports the package by name, and the model alone without Pulumi", async () => {
    writeFileSync(
      join(project.folder, "package.json"),
      JSON.stringify({ name: "esm", type: "module", main: "index.js" }),
    );
    project.program(`
import { Stream } from "headwater";
import * as model from "headwater/model";
new Stream("ESM", { subjects: ["esm.>"], maxAge: model.duration("1h") });
export const normal = model.normalizeStream({ name: "X", maxAge: "60m" }).maxAge;
`);
    expect(await succeed(project.up())).toMatch(/normal: "1h"/);
    expect((await infoOf("ESM")).config.max_age).toBe(3_600e9);
    const loads =
      'require("headwater/model"); process.exit(Object.keys(require.cache).some((f) => f.includes("@pulumi")) ? 1 : 0)';
    expect(spawnSync(process.execPath, ["--input-type=commonjs", "-e", loads], { cwd: project.folder }).status).toBe(0);
  });
});

describe("a program's own mistakes", () => {
  it("are all reported by the constructor, without a stack trace", async () => {
    project.program(`
const hw = require("headwater");
new hw.Stream("bad", { subjects: ["a..b"], maxAge: "7 days", replicas: 9, maxbytes: 5 });
`);
    const text = await failing(project.preview());
    expect(text).toContain(
      'SP101 stream "bad": maxAge must be a duration such as "250ms" or "7d", "0s" or at least "100ms", got "7 days".',
    );
    expect(text).toContain('SP101 stream "bad": replicas must be a whole number from 1 to 5, got 9.');
    expect(text).toContain(
      'SP101 stream "bad": subjects[0] must be a subject: tokens separated by dots, wildcards * and >, got "a..b".',
    );
    expect(text).toContain('SP101 stream "bad": maxbytes is not a known field. Did you mean maxBytes?');
    expect(text).not.toMatch(/^ +at /m);
    project.program('require("@pulumi/pulumi");');
    await succeed(project.up());
  });

  it("include overlapping subjects of two streams and one name declared twice, naming both", async () => {
    const first =
      'const hw = require("headwater");\nnew hw.Stream("one", { name: "ONE", subjects: ["orders.*.new"] });\n';
    project.program(`${first}new hw.Stream("two", { name: "TWO", subjects: ["orders.>"] });`);
    expect(await failing(project.preview())).toContain(
      'SP201 stream "TWO": subjects[0] "orders.>" overlaps "orders.*.new" of stream "ONE". Let one stream own the subject: narrow one of the two, or use a source or a mirror.',
    );
    project.program(`${first}new hw.Stream("two", { name: "ONE", subjects: ["other"] });`);
    expect(await failing(project.preview())).toContain(
      'SP202 stream "ONE": name is declared by resource "one" already.',
    );
    project.program('require("@pulumi/pulumi");');
    await succeed(project.up());
  });
});

describe("credentials", () => {
  it("of every kind stay out of state, output and errors, whether they work or not", async () => {
    const secrets = [
      "user-passw0rd",
      "t0ken-value",
      "SUSEEDSEEDSEED",
      "jwt.body.signature",
      "-----BEGIN CREDS-----",
      "-----BEGIN KEY-----",
    ];
    const [password, token, nkey, jwt, creds, key] = secrets;
    const logins = {
      password: { user: "deploy", password },
      token: { token },
      nkey: { nkey },
      jwt: { jwt, nkey },
      creds: { creds },
      key: { tls: { key } },
    };
    project.program(`
const hw = require("headwater");
for (const [name, login] of Object.entries(${JSON.stringify(logins)})) {
  const provider = new hw.Provider(name, { servers: "${server.url}", connectTimeout: "1s", ...login });
  new hw.Stream(name, {}, { provider });
}`);
    const text = await failing(project.up("--continue-on-error"));
    expect(text.split("Diagnostics:")[1]?.match(/CN10[123] provider/g)).toHaveLength(6);
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(project.state()).not.toContain(secret);
    }
    project.program('require("@pulumi/pulumi");');
    await succeed(project.up());
  });
});

describe("a provider of its own", () => {
  const program = (servers: string) => `
const pulumi = require("@pulumi/pulumi");
const hw = require("headwater");
const first = new hw.Stream("FIRST", { subjects: ["first"] });
const eu = new hw.Provider("eu", { servers: ${servers}, user: "deploy", password: "${PASSWORD}", connectTimeout: "2s" });
const viaEu = new hw.Stream("EU", { subjects: ["eu.>"], maxAge: "1h" }, { provider: eu });
new hw.Consumer("inherits", { stream: viaEu, kind: "pull", ackPolicy: "explicit" });
new hw.Topology("set", { keyValues: { flags: {} } }, { providers: [eu] });
`;
  it("is inherited, keeps its password out of state, and may depend on what the same run makes", async () => {
    const unknown = `first.created.apply(() => ["${server.url}"])`;
    project.program(program(unknown));
    await succeed(project.preview());
    expect(await succeed(project.up())).toMatch(/\+ 7 created/);
    expect(await succeed(project.up())).toMatch(/7 unchanged/);
    // The engine asks no check in a preview with an unknown provider: the guard speaks in the update.
    project.program(program(unknown).replace('maxAge: "1h"', 'storage: "memory"'));
    expect(await failing(project.up())).toContain(
      'RC101 stream "EU": storage unset -> "memory" cannot be changed in place',
    );
    expect((await infoOf("EU")).config.storage).toBe("file");
  });
});
