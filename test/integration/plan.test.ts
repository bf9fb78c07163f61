import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { folderWith, headwater } from "../support/cli";
import { startServer, type TestServer, withConnection } from "../support/nats";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await withConnection(server.url, async (nc) => {
    const { streams, consumers } = await jetstreamManager(nc);
    await streams.add({ name: "ORDERS", subjects: ["orders.>"], max_age: 86_400_000_000_000 });
    await streams.add({ name: "BILLS", subjects: ["bills.>"] });
    await consumers.add("ORDERS", { durable_name: "billing", ack_policy: "explicit", max_ack_pending: 50 });
    for (let i = 0; i < 10; i++) await jetstream(nc).publish("orders.new", "x".repeat(100));
  });
});
afterAll(() => server.stop());

const HEAD = "apiVersion: headwater.dev/v1\nkind: Topology\n";
const SAME = `${HEAD}streams:
  ORDERS: { subjects: [orders.>], maxAge: 1d }
  BILLS: { subjects: [bills.>] }
consumers:
  - { stream: ORDERS, name: billing, kind: pull, ackPolicy: explicit, maxAckPending: 50 }
`;

async function plan(file: string, ...args: string[]) {
  const cwd = folderWith({ "topology.yaml": file });
  const { stdout, ...rest } = await headwater(["plan", "topology.yaml", "--server", server.url, ...args], { cwd });
  return { ...rest, stdout: stdout.replaceAll(server.url, "SERVER") };
}

it("ends with 0 where everything is as declared", async () => {
  expect(await plan(SAME)).toEqual({
    code: 0,
    stdout: "0 to create, 0 to update, 3 unchanged, on nats-server 2.15.1 at SERVER\n",
    stderr: "",
  });
});

it("takes the limits of a stream for those of its consumers", async () => {
  const limits = { inactive_threshold: 3_600_000_000_000, max_ack_pending: 50 };
  await withConnection(server.url, async (nc) => {
    const { streams, consumers } = await jetstreamManager(nc);
    await streams.add({ name: "LIMITED", subjects: ["limited.>"], consumer_limits: limits });
    await consumers.add("LIMITED", { durable_name: "worker", ack_policy: "explicit" });
  });
  const file = `${HEAD}streams:
  LIMITED: { subjects: [limited.>], consumerLimits: { inactiveThreshold: 1h, maxAckPending: 50 } }
consumers:
  - { stream: LIMITED, name: worker, kind: pull, ackPolicy: explicit }
`;
  expect(await plan(file)).toMatchObject({ code: 0, stdout: expect.stringContaining("2 unchanged") });
  const higher = file.replace("inactiveThreshold: 1h, maxAckPending: 50", "inactiveThreshold: 1h, maxAckPending: 60");
  expect((await plan(higher)).stdout).toContain("1 to update, 1 unchanged");
  await withConnection(server.url, async (nc) => (await jetstreamManager(nc)).streams.delete("LIMITED"));
});

it("ends with 2 and says what is made and changed without harm", async () => {
  const { code, stdout } = await plan(SAME.replace("maxAge: 1d", "maxAge: 2d").replace("BILLS:", "NEW: {}\n  BILLS:"));
  expect(stdout).toBe(`update stream "ORDERS"
  UP101 in place: maxAge "1d" -> "2d" is made in place.

create stream "NEW"

1 to create, 1 to update, 2 unchanged, on nats-server 2.15.1 at SERVER
`);
  expect(code).toBe(2);
});

const HARM = `${HEAD}streams:
  ORDERS: { subjects: [orders.>], maxAge: 1d, maxMsgs: 4, description: fewer }
  BILLS: { subjects: [bills.>], storage: memory }
consumers:
  - { stream: ORDERS, name: billing, kind: pull, ackPolicy: explicit, filterSubject: orders.old }
`;

it("ends with 3 and gives the numbers of what does harm", async () => {
  const { code, stdout } = await plan(HARM);
  expect(stdout).toBe(`update stream "ORDERS"
  DL101 discards data: maxMsgs unset -> 4 deletes the oldest messages at once: 6 of the 10 messages (1.4 KiB) stored now would go.
    To keep them: keep the old limit, or copy to another stream first. To accept: allow: [{ code: "DL101", field: "maxMsgs", to: 4, reason: "…" }].
  UP101 in place: description unset -> "fewer" is made in place.

update stream "BILLS"
  RC101 needs recreation: storage unset -> "memory" cannot be changed in place (stream configuration update can not change storage type).
    Remove it again, or set replace: "allow": nothing is lost, it is unused.

update consumer "ORDERS/billing"
  BC114 breaks readers or writers: filterSubject unset -> "orders.old" delivers only "orders.old".
    To accept: allow: [{ code: "BC114", field: "filterSubject", to: "orders.old", reason: "…" }].
  UP101 in place: maxAckPending 50 -> unset is made in place.

0 to create, 3 to update (1 × needs recreation, 1 × discards data, 1 × breaks readers or writers), 0 unchanged, on nats-server 2.15.1 at SERVER
`);
  expect(code).toBe(3);
  const info = await withConnection(server.url, async (nc) => (await jetstreamManager(nc)).streams.info("ORDERS"));
  expect(info.state.messages).toBe(10);
});

it("has the same as JSON", async () => {
  const { code, stdout } = await plan(HARM, "--json");
  const { report, assets, summary } = JSON.parse(stdout);
  expect(report).toBe("plan");
  expect(code).toBe(3);
  expect(summary).toEqual({ create: 0, update: 3, unchanged: 0 });
  expect(assets[0].changes[1]).toEqual({
    code: "DL101",
    class: "discards data",
    dangerous: true,
    refused: false,
    allowed: null,
    field: "maxMsgs",
    from: null,
    to: 4,
    problem: expect.stringContaining("6 of the 10 messages"),
    remedy: expect.stringContaining("allow:"),
  });
});

const ALLOWED = `${HEAD}streams:
  ORDERS:
    subjects: [orders.>]
    maxAge: 1d
    maxMsgs: 4
    allow: [{ code: DL101, field: maxMsgs, to: 4, reason: the rest is archived }]
`;

it("ends with 2 where what does harm is meant, and says why", async () => {
  const { code, stdout } = await plan(ALLOWED);
  expect(stdout).toBe(`update stream "ORDERS"
  DL101 discards data: maxMsgs unset -> 4 deletes the oldest messages at once: 6 of the 10 messages (1.4 KiB) stored now would go.
    Allowed: the rest is archived

0 to create, 1 to update (1 allowed), 0 unchanged, on nats-server 2.15.1 at SERVER
`);
  expect(code).toBe(2);
  const json = await plan(ALLOWED, "--json");
  expect(JSON.parse(json.stdout).assets[0].changes[0]).toMatchObject({
    dangerous: true,
    allowed: "the rest is archived",
  });
  expect(json.code).toBe(2);
  // One is allowed, the other is not.
  const half = await plan(ALLOWED.replace("maxAge: 1d", "maxAge: 1d\n    maxMsgSize: 10"));
  expect(half.stdout).toContain("(1 × breaks readers or writers, 1 allowed)");
  expect(half.code).toBe(3);
});

it("says what is wrong with what is meant, as headwater apply does", async () => {
  const { code, stdout } = await plan(ALLOWED.replace("to: 4", "to: 5"));
  expect(stdout).toBe(`topology.yaml:8:13 error
  AK101 stream "ORDERS": allow[0] names target 5 of maxMsgs, which is 4. Correct it, or remove it: an acknowledgment holds for one edit.

1 error in 1 stream, 1 file, for nats-server 2.15.1 at SERVER
`);
  expect(code).toBe(1);
});

it("ends with 1 where the server would refuse it, or nothing could be planned", async () => {
  const refused = await plan(`${HEAD}streams:\n  OTHER: { subjects: [orders.new] }\n`);
  expect(refused.stdout).toContain(
    'SP201 stream "OTHER": subjects[0] "orders.new" overlaps "orders.>" of stream "ORDERS" on the server.',
  );
  expect(refused.code).toBe(1);
  const cwd = folderWith({ "topology.yaml": SAME });
  const usage = await headwater(["plan", "topology.yaml"], { cwd });
  expect(usage).toMatchObject({ code: 1, stderr: expect.stringContaining("--server") });
  const away = ["plan", "topology.yaml", "--server", "nats://127.0.0.1:1", "--timeout", "1s"];
  const unreachable = await headwater(away, { cwd });
  expect(unreachable).toMatchObject({ code: 1, stderr: expect.stringContaining("CN101") });
});

it("colors classes on a terminal only", async () => {
  const cwd = folderWith({ "topology.yaml": HARM });
  const options = { cwd, terminal: true, env: { TERM: "xterm" } };
  const { stdout } = await headwater(["plan", "topology.yaml", "--server", server.url], options);
  expect(stdout).toContain("\u001b[31m");
  expect((await plan(HARM)).stdout).not.toContain("\u001b[");
});
