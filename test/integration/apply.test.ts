import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { jetstream, jetstreamManager, type StreamInfo } from "@nats-io/jetstream";
import { formatFinding } from "../../model/finding";
import { jetStreamApi } from "../../provider/api";
import { planApply } from "../../provider/apply/plan-apply";
import { runSteps } from "../../provider/apply/run-steps";
import { closeConnections } from "../../provider/connection";
import { readSettings, type Settings } from "../../provider/settings";
import { rolePermissions } from "../../render/role-permissions";
import { apiRequests, writes } from "../support/api-log";
import { folderWith, headwater } from "../support/cli";
import { startServer, type TestServer, withConnection } from "../support/nats";

const APPLIER = rolePermissions({ role: "applier" });
const LOGINS = `
accounts {
  $SYS { users: [{ user: sys, password: sys }] }
  A: { jetstream: enabled, users: [{ user: a, password: a }] }
  C: { jetstream: enabled, users: [{ user: c, password: c }] }
  D: { jetstream: enabled, users: [{ user: d, password: d, permissions: ${JSON.stringify(APPLIER)} }] }
  B: { jetstream: enabled, users: [
    { user: b, password: b }
    { user: reader, password: r, permissions: {
      publish: ["$JS.API.INFO", "$JS.API.STREAM.LIST", "$JS.API.STREAM.INFO.*", "$JS.API.CONSUMER.LIST.*", "$JS.API.CONSUMER.INFO.*.*"]
      subscribe: ["_INBOX.>"]
    } }
  ] }
}
`;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: LOGINS });
});
afterAll(() => server.stop());

const HEAD = "apiVersion: headwater.dev/v1\nkind: Topology\n";

async function apply(file: string, args: readonly string[] = [], env: Record<string, string> = {}, account = "a") {
  const cwd = folderWith({ "topology.yaml": file });
  const login = ["--server", server.url, "--user", account];
  const { stdout, ...rest } = await headwater(["apply", "topology.yaml", ...login, ...args], {
    cwd,
    env: { NATS_PASSWORD: account, ...env },
  });
  return { ...rest, stdout: stdout.replaceAll(server.url, "SERVER") };
}

// Mirrors and sources make consumers of their own on what they copy from, and those have no name in the subject.
const ownWrites = (requests: readonly string[]) =>
  writes(requests).filter((subject) => !/^CONSUMER\.CREATE\.[^.]+$/.test(subject));

const as = (user: string) => ({ user, pass: user });
const manage = <T>(run: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>, user = "a") =>
  withConnection(server.url, async (nc) => run(await jetstreamManager(nc)), as(user));
const publish = (subject: string, count: number, user = "a") =>
  withConnection(
    server.url,
    async (nc) => {
      for (let i = 0; i < count; i++) await jetstream(nc).publish(subject, "x".repeat(100));
    },
    as(user),
  );
const info = (stream: string, user = "a"): Promise<StreamInfo> => manage((jsm) => jsm.streams.info(stream), user);
const names = (user = "a") =>
  manage(async (jsm) => {
    const found: string[] = [];
    for await (const stream of jsm.streams.list()) found.push(stream.config.name);
    return found.sort();
  }, user);

// Where no terminal is, a line as soon as each is done.
const log = (count: number, word: string) =>
  expect.stringMatching(
    new RegExp(`^applying ${count} changes to nats://.*\\n(\\d/${count} ${word} [a-z -]+ ".+"\\n){${count}}$`),
  );

const ON = "on nats-server 2.15.1 at SERVER";
const ALL = `${HEAD}streams:
  COPY: { mirror: { name: ORDERS } }
  BOTH: { sources: [{ name: ORDERS }, { name: BILLS }], subjects: [both] }
  ORDERS: { subjects: [orders.>], maxAge: 200d, dataClass: audit }
  BILLS: { subjects: [bills.>] }
consumers:
  - { stream: ORDERS, name: billing, kind: pull, ackPolicy: explicit }
  - { stream: COPY, name: audit, kind: pull, ackPolicy: explicit }
keyValues:
  sessions: { history: 5 }
objectStores:
  invoices: { maxBytes: 1GiB }
`;

describe("headwater apply", () => {
  it("makes everything, each kind in its order, with one request each", async () => {
    const login = as("a");
    const requests = await apiRequests(
      server.url,
      async () => {
        expect(await apply(ALL, ["--owner", "shop/prod"])).toEqual({
          code: 0,
          stdout: `created stream "COPY"
created stream "BOTH"
created stream "ORDERS"
created stream "BILLS"
created key-value bucket "sessions"
created object store "invoices"
created consumer "ORDERS/billing"
created consumer "COPY/audit"

8 created, 0 unchanged, ${ON}
`,
          stderr: log(8, "created"),
        });
      },
      login,
    );
    const written = ownWrites(requests);
    expect(written).toHaveLength(8);
    const at = (subject: string) => written.indexOf(subject);
    expect(at("STREAM.CREATE.ORDERS")).toBeLessThan(at("STREAM.CREATE.COPY"));
    expect(at("STREAM.CREATE.BILLS")).toBeLessThan(at("STREAM.CREATE.BOTH"));
    expect(at("STREAM.CREATE.COPY")).toBeLessThan(at("CONSUMER.CREATE.COPY.audit"));
    const { config } = await info("ORDERS");
    expect(config.metadata).toMatchObject({
      "headwater.owner": "shop/prod/ORDERS",
      "headwater.data-class": "audit",
    });
    expect((await info("KV_sessions")).config.metadata).toMatchObject({ "headwater.owner": "shop/prod/KV_sessions" });
  });

  it("writes nothing the second time", async () => {
    const again = async () =>
      expect(await apply(ALL, ["--owner", "shop/prod"])).toEqual({
        code: 0,
        stdout: `8 unchanged, ${ON}\n`,
        stderr: "",
      });
    expect(ownWrites(await apiRequests(server.url, again, as("a")))).toEqual([]);
    expect((await apply(ALL, ["--owner", "shop/prod", "--quiet"])).stdout).toBe("");
  });

  it("edits what has changed, and says what that does", async () => {
    const edited = ALL.replace("maxAge: 200d", "maxAge: 300d").replace(
      "name: billing, kind: pull",
      "name: billing, kind: pull, maxDeliver: 7",
    );
    const refused = await apply(edited, ["--owner", "shop/prod"]);
    expect(refused).toEqual({
      code: 1,
      stdout: `topology.yaml:9:50 error
  GD105 consumer "ORDERS/billing": maxDeliver unset -> 7 gives a message up after 7 deliveries. To accept: allow: [{ code: "GD105", field: "maxDeliver", to: 7, reason: "…" }].

1 error in 4 streams, 2 consumers, 1 key-value bucket, 1 object store, 1 file, for nats-server 2.15.1 at SERVER
Nothing was changed.
`,
      stderr: "",
    });
    expect((await info("ORDERS")).config.max_age).toBe(200 * 86_400e9);
    const allowed = edited.replace(
      "maxDeliver: 7",
      "maxDeliver: 7, allow: [{ code: GD105, field: maxDeliver, to: 7, reason: poison goes to the dead letters }]",
    );
    const first = await apply(allowed, ["--owner", "shop/prod"]);
    expect(first).toEqual({
      code: 0,
      stdout: `updated stream "ORDERS"
  UP101 in place: maxAge "200d" -> "300d" is made in place.
updated consumer "ORDERS/billing"
  GD105 weakens a guarantee: maxDeliver unset -> 7 gives a message up after 7 deliveries.
    Allowed: poison goes to the dead letters

2 updated, 6 unchanged, ${ON}
`,
      stderr: log(2, "updated"),
    });
    // Once made, the acknowledgment is silent.
    expect(await apply(allowed, ["--owner", "shop/prod"])).toMatchObject({ code: 0, stdout: `8 unchanged, ${ON}\n` });
    const metadata = await manage(async (jsm) => (await jsm.consumers.info("ORDERS", "billing")).config.metadata);
    expect(Object.keys(metadata ?? {}).filter((key) => !key.startsWith("_nats."))).toEqual(["headwater.owner"]);
  });

  it("refuses what discards data and what needs a recreation, with numbers and the way on", async () => {
    await apply(`${HEAD}streams: { FULL: { subjects: [full], description: x } }`);
    await publish("full", 10);
    const file = `${HEAD}streams: { FULL: { subjects: [full], maxMsgs: 4, storage: memory, description: y } }`;
    const { stdout, code } = await apply(file);
    expect(stdout).toBe(`topology.yaml:3:50 error
  RC101 stream "FULL": storage unset -> "memory" cannot be changed in place (stream configuration update can not change storage type); it holds 10 messages (1.3 KiB). Remove it again, or declare a stream with a new name that has this one as a source, move its consumers, then retire this one.
topology.yaml:3:38 error
  DL101 stream "FULL": maxMsgs unset -> 4 deletes the oldest messages at once: 6 of the 10 messages (1.3 KiB) stored now would go. To keep them: keep the old limit, or copy to another stream first. To accept: allow: [{ code: "DL101", field: "maxMsgs", to: 4, reason: "…" }].

2 errors in 1 stream, 1 file, for nats-server 2.15.1 at SERVER
Nothing was changed.
`);
    expect(code).toBe(1);
    expect((await info("FULL")).config.description).toBe("x");
    const unused = `${HEAD}streams: { BILLS: { subjects: [bills.>], storage: memory } }`;
    expect((await apply(unused, ["--owner", "shop/prod"])).stdout).toContain(
      "Remove it again, or delete it on the server and run this again: nothing is lost, it is unused.",
    );
  });

  it("says what is wrong with what files allow", async () => {
    const wrong = (allow: string) =>
      apply(`${HEAD}streams: { FULL: { subjects: [full], maxMsgs: 4, allow: ${allow} } }`);
    expect((await wrong("[{ code: DL101, field: maxMsgs, to: 5, reason: less }]")).stdout).toContain(
      'AK101 stream "FULL": allow[0] names target 5 of maxMsgs, which is 4. Correct it, or remove it: an acknowledgment holds for one edit.',
    );
    expect((await wrong("[{ code: DL101, field: maxMsgs, to: 4 }]")).stdout).toContain(
      'SP101 stream "FULL": allow[0].reason is required. Set it.',
    );
  });

  it("takes over nothing unasked", async () => {
    await manage((jsm) => jsm.streams.add({ name: "HAND", subjects: ["hand"] }));
    const file = `${HEAD}streams: { HAND: { subjects: [hand] }, BILLS: { subjects: [bills.>] } }`;
    const { code, stdout } = await apply(file);
    expect(stdout).toBe(`topology.yaml:3:12 error
  ON101 stream "HAND": exists on the server and is not managed by Headwater. Choose another name, or run again with --adopt to manage it from here on; its messages are kept.

topology.yaml:3:40 error
  ON101 stream "BILLS": is managed by resource "BILLS" of stack "prod" in project "shop". Choose another name, or run again with --adopt-from shop/prod to take it over from there.

2 errors in 2 streams, 1 file, for nats-server 2.15.1 at SERVER
Nothing was changed.
`);
    expect(code).toBe(1);
    // Without a stamp is one thing, somebody else's another.
    expect(await apply(file, ["--adopt"])).toMatchObject({ code: 1 });
    expect((await info("HAND")).config.metadata?.["headwater.owner"]).toBeUndefined();
    expect(await apply(file, ["--adopt", "--adopt-from", "shop/prod"])).toEqual({
      code: 0,
      stdout: `adopted stream "HAND"\nadopted stream "BILLS"\n\n2 adopted, 0 unchanged, ${ON}\n`,
      stderr: log(2, "adopted"),
    });
    expect((await info("BILLS")).config.metadata?.["headwater.owner"]).toBe("headwater/apply/BILLS");
  });

  it("moves subjects from one stream to another", async () => {
    const file = (a: string, b: string) => `${HEAD}streams: { LEFT: { subjects: ${a} }, RIGHT: { subjects: ${b} } }`;
    await apply(file("[l]", "[r, moved]"));
    const moved = file("[l, moved]", "[r]").replace(
      "RIGHT: {",
      "RIGHT: { allow: [{ code: BC101, field: subjects, to: [r], reason: left takes it }],",
    );
    expect(await apply(moved)).toMatchObject({ code: 0 });
    expect((await info("LEFT")).config.subjects).toEqual(["l", "moved"]);
  });

  it("goes on after a failure: what was made stays and is said", async () => {
    // Only the server knows how much it may store.
    const file = `${HEAD}streams:
  GOOD: { subjects: [good] }
  BIG: { subjects: [big], maxBytes: 60GiB }
  AFTER: { mirror: { name: BIG } }
consumers:
  - { stream: AFTER, name: c, kind: pull, ackPolicy: explicit }
`;
    const { code, stdout } = await apply(file);
    expect(stdout).toBe(`created stream "GOOD"
failed stream "BIG"
  SV102 stream "BIG": the server refused it ("insufficient storage resources available", 10047). Raise the limit of the account or server, or lower what the asset asks for.
not done stream "AFTER"
  AP101 stream "AFTER": waits for stream "BIG", which failed. Mend that, and run it again: what is done stays.
not done consumer "AFTER/c"
  AP101 consumer "AFTER/c": waits for stream "AFTER", which failed. Mend that, and run it again: what is done stays.

1 created, 0 unchanged, 1 failed, 2 not done, ${ON}
`);
    expect(code).toBe(1);
    const mended = await apply(file.replace(", maxBytes: 60GiB", ""));
    expect(mended).toMatchObject({ code: 0, stdout: expect.stringContaining("3 created, 1 unchanged") });
  });

  it("has the same as JSON", async () => {
    const { stdout, code } = await apply(`${HEAD}streams: { GOOD: { subjects: [good] }, JSON: {} }`, ["--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      report: "apply",
      server: "SERVER",
      serverVersion: "2.15.1",
      owner: "headwater/apply",
      assets: [
        { kind: "stream", name: "GOOD", action: "none", outcome: "unchanged", changes: [], findings: [] },
        { kind: "stream", name: "JSON", action: "create", outcome: "done", changes: [], findings: [] },
      ],
      summary: { created: 1, updated: 0, adopted: 0, deleted: 0, unchanged: 1, failed: 0, notDone: 0 },
    });
  });

  it("logs what is done as it is done, but on a terminal and when it is to be quiet", async () => {
    const args = ["apply", "topology.yaml", "--server", server.url, "--user", "a"];
    const env = { NATS_PASSWORD: "a" };
    const cwd = folderWith({ "topology.yaml": `${HEAD}streams: { LOG: {}, HUGE: { maxBytes: 60GiB } }` });
    const { stderr, stdout } = await headwater([...args, "--json"], { cwd, env });
    const [first, ...lines] = stderr.trimEnd().split("\n");
    expect(first).toBe(`applying 2 changes to ${server.url}`);
    const said = lines.map((line) => line.replace(/^\d/, "N"));
    expect(said.sort()).toEqual(['N/2 created stream "LOG"', 'N/2 failed stream "HUGE"']);
    expect(lines.map((line) => line[0])).toEqual(["1", "2"]);
    expect(JSON.parse(stdout).summary).toMatchObject({ created: 1, failed: 1 });
    expect((await headwater([...args, "--quiet"], { cwd, env })).stderr).toBe("");
    expect((await headwater(args, { cwd, env, terminal: true })).stderr).toBe("");
    expect((await headwater(args, { cwd, env })).stderr).toBe(
      `applying 1 change to ${server.url}\n1/1 failed stream "HUGE"\n`,
    );
  });

  it("takes manifests of NACK", async () => {
    const manifest = `apiVersion: jetstream.nats.io/v1beta2
kind: Stream
metadata: { name: from-nack }
spec: { name: FROM_NACK, subjects: [from.nack], storage: file, maxAge: 48h }
`;
    expect(await apply(manifest)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('created stream "FROM_NACK"'),
    });
    expect((await info("FROM_NACK")).config.max_age).toBe(48 * 3_600e9);
    expect(await apply(manifest)).toMatchObject({ code: 0, stdout: `1 unchanged, ${ON}\n` });
  });

  it("says what the user may not do, and ends with 2", async () => {
    const denied = await apply(`${HEAD}streams: { NEW: {} }`, ["--user", "reader"], { NATS_PASSWORD: "r" });
    expect(denied.stdout).toBe(`failed stream "NEW"
  CN105 provider "SERVER": the user may not publish "$JS.API.STREAM.CREATE.NEW". Grant it: see docs/permissions.md for the smallest set.

0 unchanged, 1 failed, ${ON}
`);
    expect(denied.code).toBe(2);
    const wrong = await apply(`${HEAD}streams: { NEW: {} }`, ["--timeout", "1s"], { NATS_PASSWORD: "wrong" });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("CN102") });
    expect(`${wrong.stdout}${wrong.stderr}`).not.toContain("NATS_PASSWORD=wrong");
  });

  it("ends with 1 and 2 before it changes anything", async () => {
    expect(await apply(`${HEAD}streams: { NEW: { replicas: 4 } }`)).toMatchObject({ code: 1 });
    expect(await apply(`${HEAD}streams: [`)).toMatchObject({ code: 2, stdout: expect.stringContaining("TF101") });
    for (const other of [
      "kind: EventBus\nmetadata: { name: a }\ntype: exotic\nurl: nats://a:4222\n",
      "kind: Cluster\nmetadata: { name: a }\nsize: 3\n",
    ])
      expect(await apply(`apiVersion: headwater.dev/v1\n${other}`, ["--prune", "--owner", "team/a"])).toEqual({
        code: 2,
        stdout: "",
        stderr: "headwater: topology.yaml: no topology is declared. Add a document with kind: Topology.\n",
      });
    const service = "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n";
    expect(await apply(service, ["--prune", "--owner", "team/a"])).toMatchObject({ code: 2 });
    expect(await apply(HEAD, ["--prune"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "headwater: --prune needs --owner PROJECT/STACK: it deletes what carries that stamp and is declared no more.\n",
    });
    expect(await apply(HEAD, ["--owner", "shop"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Write PROJECT/STACK, such as shop/prod."),
    });
  });
});

describe("Ctrl-C", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("ends it before anything is changed: %s", async (signal) => {
    const cwd = folderWith({ "topology.yaml": `${HEAD}streams: { NEVER: {} }` });
    const main = resolve(__dirname, "../../dist/cli/main.js");
    // Whoever listens there says nothing: it goes on waiting.
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const args = [main, "apply", "topology.yaml", "--server", `nats://127.0.0.1:${port}`, "--timeout", "60s"];
    const child = spawn(process.execPath, args, { cwd });
    const [out, err] = [text(child.stdout), text(child.stderr)];
    const ended = once(child, "exit");
    const [socket] = (await once(silent, "connection")) as [Socket];
    child.kill(signal);
    expect(await ended).toEqual([130, null]);
    expect([await out, await err]).toEqual(["", "\nInterrupted: nothing was changed.\n"]);
    socket.destroy();
    silent.close();
  });

  it("finishes what is under way, says what was not done, and the next run goes on", async () => {
    const count = 3_000;
    const streams = Array.from({ length: count }, (_, i) => `  MANY-${i}: {}\n`).join("");
    const cwd = folderWith({ "topology.yaml": `${HEAD}streams:\n${streams}` });
    const main = resolve(__dirname, "../../dist/cli/main.js");
    const args = [main, "apply", "topology.yaml", "--server", server.url, "--user", "c", "--json"];
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NATS_PASSWORD: "c" } });
    const out = text(child.stdout);
    const ended = once(child, "exit");
    let err = "";
    child.stderr.on("data", (data) => {
      const first = err === "";
      err += data;
      if (first) child.kill("SIGINT");
    });
    expect((await ended)[0]).toBe(130);
    expect(err).toContain("Interrupted: what is under way is finished, nothing more is begun.");
    const { summary, assets } = JSON.parse(await out);
    expect(summary.failed).toBe(0);
    expect(summary.created).toBeGreaterThan(0);
    expect(summary.notDone).toBeGreaterThan(0);
    expect(summary.created + summary.notDone).toBe(count);
    const made = assets.filter(({ outcome }: { outcome: string }) => outcome === "done");
    // What it says is what is there: nothing was sent and then forgotten.
    expect(made.map(({ name }: { name: string }) => name).sort()).toEqual(await names("c"));
  });
});

it("says of what was cut off that it is safe to repeat", async () => {
  const told = { "nats:servers": server.url, "nats:user": "a", "nats:password": "a" } as Record<string, string>;
  const api = jetStreamApi(readSettings((key) => told[key]).settings as Settings);
  const declared = [{ kind: "stream", spec: { name: "CUT" } }] as const;
  const { steps } = await planApply(api, { declared, owner: "team/a", adopt: false, prune: false });
  server.signal("SIGSTOP");
  try {
    // Its last thread stops a moment later.
    await new Promise((wake) => setTimeout(wake, 200));
    const running = runSteps(api, steps, {});
    await new Promise((wake) => setTimeout(wake, 200));
    await closeConnections();
    const [cut] = await running;
    expect(cut?.findings.map(formatFinding)).toEqual([
      'AP103 stream "CUT": could not be finished ("connection closed"). Run it again: that is safe.',
    ]);
  } finally {
    server.signal("SIGCONT");
  }
});

it("needs no more than the role applier, which publishes no message", async () => {
  const run = (file: string, ...args: string[]) => apply(file, ["--owner", "team/d", ...args], {}, "d");
  const file = ALL.replace("subjects: [orders.>]", "subjects: [orders.>], maxMsgs: 5");
  expect(await run(file)).toMatchObject({ code: 0, stdout: expect.stringContaining("8 created") });
  const harm = file.replace("maxMsgs: 5", "maxMsgs: 4, maxAge: 1d").replace("maxAge: 200d, ", "");
  expect(await run(harm)).toMatchObject({ code: 0, stdout: expect.stringContaining("1 updated, 7 unchanged") });
  expect(await run(`${HEAD}streams: { ORDERS: { subjects: [orders.>], maxMsgs: 4, maxAge: 1d } }`, "--prune")).toEqual({
    code: 1,
    stdout: expect.stringContaining("GD103"),
    stderr: "",
  });
  const last = `${HEAD}streams: { ORDERS: { subjects: [orders.>], maxMsgs: 4, maxAge: 1d, dataClass: audit } }`;
  expect(await run(last, "--prune")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("7 deleted, 1 unchanged"),
  });
});

describe("--prune", () => {
  const prune = (file: string, env = {}) => apply(file, ["--owner", "team/b", "--prune"], env, "b");
  const FIRST = `${HEAD}streams:
  KEPT: { subjects: [kept] }
  OLD: { subjects: [old] }
  QUEUE: { subjects: [queue], retention: workqueue }
keyValues: { cache: {} }
consumers:
  - { stream: OLD, name: reader, kind: pull, ackPolicy: explicit }
  - { stream: KEPT, name: gone, kind: pull, ackPolicy: explicit }
  - { stream: QUEUE, name: worker, kind: pull, ackPolicy: explicit }
`;
  const KEPT = `${HEAD}streams:
  KEPT: { subjects: [kept] }
  QUEUE: { subjects: [queue], retention: workqueue }
consumers:
  - { stream: QUEUE, name: worker, kind: pull, ackPolicy: explicit }
`;

  it("deletes what is this owner's and is declared no more, consumers first", async () => {
    expect(await prune(FIRST)).toMatchObject({ code: 0 });
    const others = `${HEAD}streams: { THEIRS: { subjects: [theirs] } }`;
    expect(await apply(others, ["--owner", "team/other"], {}, "b")).toMatchObject({ code: 0 });
    await manage(async (jsm) => {
      await jsm.streams.add({ name: "HAND", subjects: ["hand"] });
      // A copy of a configuration has its stamp: the name in it is another's.
      await jsm.streams.add({ name: "CLONE", subjects: ["clone"], metadata: { "headwater.owner": "team/b/OLD" } });
    }, "b");
    const requests = await apiRequests(
      server.url,
      async () =>
        expect(await prune(KEPT)).toEqual({
          code: 0,
          stdout: `deleted consumer "KEPT/gone"
deleted consumer "OLD/reader"
deleted key-value bucket "cache"
deleted stream "OLD"

4 deleted, 3 unchanged, ${ON}
`,
          stderr: log(4, "deleted"),
        }),
      as("b"),
    );
    const deleted = ownWrites(requests);
    expect(deleted.indexOf("CONSUMER.DELETE.OLD.reader")).toBeLessThan(deleted.indexOf("STREAM.DELETE.OLD"));
    expect(deleted).toHaveLength(4);
    expect(await names("b")).toEqual(["CLONE", "HAND", "KEPT", "QUEUE", "THEIRS"]);
  });

  it("keeps what holds messages, and says how to delete it all the same", async () => {
    await publish("kept", 3, "b");
    await publish("queue", 2, "b");
    const NEXT = `${HEAD}streams:
  NEW: { subjects: [new] }
  QUEUE: { subjects: [queue], retention: workqueue }
`;
    const { stdout, code } = await prune(NEXT);
    expect(stdout).toBe(`error
  DG102 consumer "QUEUE/worker": has 2 pending messages of workqueue stream "QUEUE" that nobody else may take, and was not deleted. To delete it all the same, run again with HEADWATER_ALLOW_DELETE=QUEUE/worker, or declare it again to keep it.

error
  DG101 stream "KEPT": holds 3 messages (402 bytes) and was not deleted. To delete it all the same, run again with HEADWATER_ALLOW_DELETE=KEPT, or declare it again to keep it.

2 errors in 2 streams, 1 file, for nats-server 2.15.1 at SERVER
Nothing was changed.
`);
    expect(code).toBe(1);
    expect(await names("b")).not.toContain("NEW");
    const env = { HEADWATER_ALLOW_DELETE: "KEPT,QUEUE/worker" };
    expect(await prune(NEXT, env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 created, 2 deleted, 1 unchanged"),
    });
    expect(await names("b")).toEqual(["CLONE", "HAND", "NEW", "QUEUE", "THEIRS"]);
  });

  it("says how subjects go from a stream that is to be deleted to a new one", async () => {
    const run = (streams: string) =>
      apply(`${HEAD}streams: { ${streams} }`, ["--owner", "team/hand", "--prune"], {}, "b");
    await run("BEFORE: { subjects: [hands] }");
    const { code, stdout } = await run("AFTER: { subjects: [hands] }");
    expect(stdout).toContain(
      'SP201 stream "AFTER": subjects[0] "hands" overlaps "hands" of stream "BEFORE" on the server. Let one stream own the subject: narrow one of the two, or use a source or a mirror. Where stream "BEFORE" is to go: declare it once more beside "AFTER" with other subjects and remove it in the next run, or run once with --prune and without "AFTER".',
    );
    expect(code).toBe(1);
    const allow = "{ code: BC101, field: subjects, to: [BEFORE], reason: AFTER takes it }";
    const both = await run(`AFTER: { subjects: [hands] }, BEFORE: { subjects: [BEFORE], allow: [${allow}] }`);
    expect(both).toMatchObject({ code: 0, stdout: expect.stringContaining("1 created, 1 updated") });
    const last = await run("AFTER: { subjects: [hands] }");
    expect(last).toMatchObject({ code: 0, stdout: expect.stringContaining("1 deleted, 1 unchanged") });
    await manage((jsm) => jsm.streams.delete("AFTER"), "b");
  });

  it("says of a consumer that is to follow another one on a work queue what to do first", async () => {
    const run = (consumers: string) =>
      apply(
        `${HEAD}streams: { JOBS: { subjects: [jobs], retention: workqueue } }\nconsumers: [${consumers}]`,
        ["--owner", "team/jobs", "--prune"],
        {},
        "b",
      );
    const consumer = (name: string) => `{ stream: JOBS, name: ${name}, kind: pull, ackPolicy: explicit }`;
    expect(await run(consumer("before"))).toMatchObject({ code: 0 });
    const { stdout, code } = await run(consumer("after"));
    expect(stdout).toContain(
      'SV102 consumer "JOBS/after": the server refused it ("multiple non-filtered consumers not allowed on workqueue stream", 10099). Another consumer takes these messages already: delete that one first, or give each a filter of its own.',
    );
    expect(code).toBe(1);
    expect(await run("")).toMatchObject({ code: 0, stdout: expect.stringContaining("1 deleted") });
    expect(await run(consumer("after"))).toMatchObject({ code: 0 });
  });

  it("keeps a stream others have consumers on", async () => {
    await manage((jsm) => jsm.consumers.add("NEW", { durable_name: "theirs", ack_policy: "none" }), "b");
    const { stdout, code } = await prune(`${HEAD}streams: { QUEUE: { subjects: [queue], retention: workqueue } }`);
    expect(stdout).toContain(
      'AP102 stream "NEW": has consumer "theirs" that would go with it, and was not deleted. Delete them first where nobody needs them, or declare it again to keep it.',
    );
    expect(code).toBe(1);
  });
});
