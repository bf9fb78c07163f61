import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, createInbox } from "@nats-io/transport-node";
import type { Role, UserSpec } from "../../model/cluster/account-spec";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { rolePermissions } from "../../render/role-permissions";
import { attemptAs } from "../support/attempt";
import { folderWith, headwater } from "../support/cli";
import { closeConnections, handlerOf, manage } from "../support/handlers";
import { type TestServer, withConnection } from "../support/nats";
import { startRendered } from "../support/rendered";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const ROLES: readonly Role[] = ["admin", "planner", "applier", "monitor", "publisher", "consumer"];
const password = { value: "p" };

const userOf = (role: Role): UserSpec => ({
  user: role,
  password,
  role,
  inboxPrefix: `_IN.${role}`,
  ...(role === "publisher" && { subjects: ["orders.new", "orders.*.paid"] }),
  ...(role === "consumer" && { consumers: ["ORDERS/worker"] }),
});

const spec = (version: string, domain?: string): ClusterSpec => ({
  name: "roles",
  version,
  jetstream: { maxFileStore: "1GiB", maxMemoryStore: "64MiB", ...(domain && { domain }) },
  accounts: {
    SYS: { users: [{ user: "sys", password }] },
    APP: { users: [...ROLES.map(userOf), { user: "anything", password, role: "publisher", subjects: [">"] }] },
  },
});

const REFUSED_CALLS = [
  "STREAM.PURGE.NOPE",
  "STREAM.MSG.DELETE.ORDERS",
  "STREAM.SNAPSHOT.ORDERS",
  "STREAM.RESTORE.NOPE",
  "STREAM.PEER.REMOVE.ORDERS",
  "STREAM.LEADER.STEPDOWN.ORDERS",
  "CONSUMER.CREATE.ORDERS",
  "CONSUMER.CREATE.ORDERS.x.orders.new",
  "CONSUMER.DURABLE.CREATE.ORDERS.x",
  "CONSUMER.LEADER.STEPDOWN.ORDERS.worker",
  "CONSUMER.UNPIN.ORDERS.worker",
  "CONSUMER.MSG.NEXT.ORDERS.other",
  "CONSUMER.MSG.NEXT.OTHER.worker",
  "DIRECT.GET.ORDERS",
  "DIRECT.GET.ORDERS.orders.new",
  "SERVER.REMOVE",
  "META.LEADER.STEPDOWN",
  "ACCOUNT.PURGE.APP",
  "ACCOUNT.STREAM.MOVE.APP.ORDERS",
];
const READ_CALLS = [
  "INFO",
  "STREAM.LIST",
  "STREAM.NAMES",
  "STREAM.INFO.ORDERS",
  "CONSUMER.LIST.ORDERS",
  "CONSUMER.NAMES.ORDERS",
  "CONSUMER.INFO.ORDERS.other",
];
const CHANGE_CALLS = [
  "STREAM.CREATE.NOPE",
  "STREAM.UPDATE.NOPE",
  "STREAM.DELETE.NOPE",
  "CONSUMER.CREATE.ORDERS.x",
  "CONSUMER.DELETE.ORDERS.nope",
  "CONSUMER.PAUSE.ORDERS.nope",
];
const WORK_CALLS = ["CONSUMER.INFO.ORDERS.worker", "CONSUMER.MSG.NEXT.ORDERS.worker"];
const COUNT_CALLS = ["STREAM.MSG.GET.ORDERS"];
const CALLS = [...REFUSED_CALLS, ...READ_CALLS, ...CHANGE_CALLS, ...WORK_CALLS, ...COUNT_CALLS];
const EVENTS = ["$JS.EVENT.ADVISORY.>", "$JS.EVENT.METRIC.>"];

/** What each role may do of everything that is tried; the rest it may not. */
const MAY: Readonly<Record<Exclude<Role, "admin">, { calls: string[]; publish: string[]; subscribe: string[] }>> = {
  planner: { calls: [...READ_CALLS, "CONSUMER.INFO.ORDERS.worker"], publish: [], subscribe: ["_IN.planner.>"] },
  applier: {
    calls: [...READ_CALLS, ...CHANGE_CALLS, ...COUNT_CALLS, "CONSUMER.INFO.ORDERS.worker"],
    publish: [],
    subscribe: ["_IN.applier.>"],
  },
  monitor: {
    calls: [...READ_CALLS, "CONSUMER.INFO.ORDERS.worker"],
    publish: [],
    subscribe: ["_IN.monitor.>", ...EVENTS],
  },
  publisher: { calls: [], publish: ["orders.new", "orders.7.paid"], subscribe: ["_IN.publisher.>"] },
  consumer: {
    calls: WORK_CALLS,
    publish: ["$JS.ACK.ORDERS.worker.1.1.1.1.0", "$JS.ACK.hub.HASH.ORDERS.worker.1.1.1.1.0", "$JS.FC.ORDERS.worker.x"],
    subscribe: ["_IN.consumer.>"],
  },
};
const LIMITED = Object.keys(MAY) as (keyof typeof MAY)[];
const PUBLISHED = [
  ...new Set(LIMITED.flatMap((role) => MAY[role].publish)),
  "orders.old",
  "orders.new.x",
  "other",
  "$KV.B.key",
  "$O.B.C.x",
  "$JS.ACK.ORDERS.other.1.1.1.1.0",
  "$JS.ACK.OTHER.worker.1.1.1.1.0",
  "$JS.FC.ORDERS.other.x",
  "$SYS.REQ.SERVER.PING",
  "_IN.other.x",
];
const SUBSCRIBED = [
  ...LIMITED.map((role) => `_IN.${role}.>`),
  ...EVENTS,
  "_IN.>",
  "_INBOX.>",
  ">",
  "orders.>",
  "orders.new",
  "$JS.API.>",
  "$JS.ACK.>",
  "$KV.>",
  "$SYS.>",
];

let server: TestServer;
afterEach(async () => {
  await closeConnections();
  await server.stop();
});

async function start(version: string, domain?: string) {
  server = await startRendered(spec(version, domain));
  const login = { user: "admin", pass: "p", inboxPrefix: "_IN.admin" };
  await withConnection(
    server.url,
    async (nc) => {
      const jsm = await jetstreamManager(nc);
      for (const name of ["ORDERS", "OTHER"]) {
        await jsm.streams.add({ name, subjects: [`${name.toLowerCase()}.>`], allow_direct: true });
        for (const durable_name of ["worker", "other"])
          await jsm.consumers.add(name, { durable_name, ack_policy: "explicit" });
      }
      await jetstream(nc).publish("orders.new", "a secret message");
    },
    login,
  );
}

function settingsOf(role: Role, more: Record<string, string> = {}): Record<string, string> {
  const login = { "nats:user": role, "nats:password": "p", "nats:inboxPrefix": `_IN.${role}` };
  return { "nats:servers": server.url, ...login, ...more };
}

/** Makes, edits, reads and deletes one asset of each kind. */
async function runProvider(settings: Record<string, string>): Promise<void> {
  const stream = manage(await handlerOf("stream", settings), "p/s/stream", "stream");
  const consumer = manage(await handlerOf("consumer", settings), "p/s/consumer", "consumer");
  const keyValue = manage(await handlerOf("key-value bucket", settings), "p/s/kv", "key-value bucket");
  const objects = manage(await handlerOf("object store", settings), "p/s/os", "object store");
  const pull = { stream: "MADE", name: "C", kind: "pull", ackPolicy: "explicit", filterSubject: "made.a" };
  await stream.apply({ name: "MADE", subjects: ["made.>"] });
  await consumer.apply(pull);
  await keyValue.apply({ name: "B" });
  await objects.apply({ name: "O" });
  await stream.apply({ name: "MADE", subjects: ["made.>", "more.>"], maxAge: "1h" });
  await consumer.apply({ ...pull, filterSubject: "made.b", description: "edited" });
  await keyValue.apply({ name: "B", history: 5 });
  await objects.apply({ name: "O", description: "edited" });
  for (const asset of [stream, consumer, keyValue, objects]) expect(await asset.refresh()).toBeDefined();
  for (const asset of [objects, keyValue, consumer, stream]) {
    await asset.remove();
    expect(await asset.refresh()).toBeUndefined();
  }
}

async function command(role: Role, name: "check" | "plan", more: readonly string[] = []) {
  const file =
    "apiVersion: headwater.dev/v1\nkind: Topology\nstreams:\n  ORDERS: { subjects: [orders.>], allowDirect: true, maxAge: 1m }\n";
  const cwd = folderWith({ "topology.yaml": file, password: "p" });
  const login = [
    "--server",
    server.url,
    "--user",
    role,
    "--password-file",
    "password",
    "--inbox-prefix",
    `_IN.${role}`,
  ];
  return headwater([name, "topology.yaml", ...login, ...more], { cwd });
}

describe.each(testVersions(NEWEST, OLDEST))("a role, on a server %s", (version) => {
  it.each(LIMITED)("%s may do what it is for, and nothing else", async (role) => {
    await start(version);
    const user = await attemptAs(server.url, role, `_IN.${role}`);
    const may = MAY[role];
    const publish = [...may.calls.map((call) => `$JS.API.${call}`), ...may.publish];
    const tried = [...CALLS.map((call) => `$JS.API.${call}`), ...PUBLISHED];
    const published: string[] = [];
    for (const subject of tried) if (await user.publish(subject)) published.push(subject);
    expect(published.sort()).toEqual([...publish].sort());
    const subscribed: string[] = [];
    for (const subject of SUBSCRIBED) if (await user.subscribe(subject)) subscribed.push(subject);
    expect(subscribed.sort()).toEqual([...may.subscribe].sort());
    await user.close();
  });

  it("admin may do everything in its account, and nothing in others", async () => {
    await start(version);
    const user = await attemptAs(server.url, "admin", "_IN.admin");
    for (const subject of [...CALLS.map((call) => `$JS.API.${call}`), ...PUBLISHED])
      expect([subject, await user.publish(subject)]).toEqual([subject, true]);
    for (const subject of SUBSCRIBED) expect([subject, await user.subscribe(subject)]).toEqual([subject, true]);
    await expect(user.nc.request("$SYS.REQ.SERVER.PING", "", { timeout: 2_000 })).rejects.toThrow("no responders");
    await user.close();
    const login = { user: "sys", pass: "p" };
    const ping = await withConnection(server.url, (nc) => nc.request("$SYS.REQ.SERVER.PING"), login);
    expect(ping.json()).toMatchObject({ server: { name: "roles" } });
  });

  it("applier runs the whole provider, with and without a domain", async () => {
    await start(version);
    await runProvider(settingsOf("applier"));
    await closeConnections();
    await server.stop();
    await start(version, "hub");
    await runProvider(settingsOf("applier", { "nats:domain": "hub" }));
    await runProvider(settingsOf("applier"));
  });

  it("planner checks and plans, and the provider can change nothing with it", async () => {
    await start(version, "hub");
    for (const domain of [[], ["--domain", "hub"]]) {
      const checked = await command("planner", "check", domain);
      expect(checked).toMatchObject({ code: 0, stderr: expect.not.stringContaining("may not") });
      const planned = await command("planner", "plan", domain);
      expect(planned).toMatchObject({ code: 3, stdout: expect.stringContaining('update stream "ORDERS"\n  GD102') });
    }
    for (const domain of [{}, { "nats:domain": "hub" }] as Record<string, string>[]) {
      const asset = manage(await handlerOf("stream", settingsOf("planner", domain)));
      await expect(asset.apply({ name: "NEW" })).rejects.toThrow(
        `CN105 provider "${server.url}": the user may not publish "$JS.API.STREAM.CREATE.NEW". Grant it: see docs/permissions.md for the smallest set.`,
      );
    }
  });

  it("publisher gets its acknowledgments, consumer its messages, and neither those of others", async () => {
    await start(version);
    const publisher = await connect({
      servers: server.url,
      user: "publisher",
      pass: "p",
      inboxPrefix: "_IN.publisher",
    });
    expect(await jetstream(publisher).publish("orders.7.paid", "paid")).toMatchObject({ stream: "ORDERS", seq: 2 });
    const consumer = await connect({ servers: server.url, user: "consumer", pass: "p", inboxPrefix: "_IN.consumer" });
    const worker = await jetstream(consumer).consumers.get("ORDERS", "worker");
    const texts: string[] = [];
    for await (const message of await worker.fetch({ max_messages: 2, expires: 5_000 })) {
      texts.push(message.string());
      expect(await message.ackAck()).toBe(true);
    }
    expect(texts).toEqual(["a secret message", "paid"]);
    await expect(jetstream(consumer).consumers.get("ORDERS", "other")).rejects.toThrow(/permissions violation/i);
    await publisher.close();
    await consumer.close();
  });

  it("publisher of everything still cannot use the API", async () => {
    await start(version);
    const user = await attemptAs(server.url, "anything", "_INBOX");
    expect(await user.publish("whatever")).toBe(true);
    for (const subject of [...CALLS.map((call) => `$JS.API.${call}`), "$JS.ACK.ORDERS.worker.1.1.1.1.0"])
      expect([subject, await user.publish(subject)]).toEqual([subject, false]);
    await user.close();
  });

  it("with an inbox of its own does not hear the answers of others", async () => {
    await start(version);
    const monitor = await attemptAs(server.url, "monitor", "_IN.monitor");
    const planner = await connect({ servers: server.url, user: "planner", pass: "p", inboxPrefix: "_IN.planner" });
    const heard: string[] = [];
    for (const subject of ["_IN.planner.>", "_IN.*.>", ">"]) {
      monitor.nc.subscribe(subject, { callback: (error, message) => void (error || heard.push(message.subject)) });
      expect(await monitor.subscribe(subject)).toBe(false);
    }
    await planner.request("$JS.API.STREAM.INFO.ORDERS", "");
    await monitor.nc.flush();
    expect(heard).toEqual([]);
    // It may not send others' answers to itself either: the reply subject is not checked, what comes back is not delivered.
    expect(await monitor.subscribe(createInbox("_IN.planner"))).toBe(false);
    await planner.close();
    await monitor.close();
  });
});

describe("the permissions documented", () => {
  beforeAll(async () => {
    server = await startRendered({ name: "unused" });
  });

  it("are those of the roles", () => {
    const page = readFileSync(join(resolve(__dirname, "../.."), "docs/permissions.md"), "utf8");
    const roles = page.slice(page.indexOf("## Roles"));
    const lists = [...roles.matchAll(/### (\w+)\n[^#]*?publish: \[([^\]]*)\]\s*subscribe: \[([^\]]*)\]/g)];
    const listed = (text = "") => [...text.matchAll(/"([^"]+)"/g)].map(([, subject]) => subject);
    const documented = lists.map(([, role, publish, subscribe]) => [role, listed(publish), listed(subscribe)]);
    const subjects = { subjects: ["SUBJECT"], consumers: ["STREAM/CONSUMER"] };
    const real = ROLES.map((role) => {
      const given =
        role === "publisher" ? { subjects: ["SUBJECT"] } : role === "consumer" ? { consumers: subjects.consumers } : {};
      const { publish, subscribe } = rolePermissions({ role, ...given });
      return [role, publish?.allow, subscribe?.allow];
    });
    expect(documented).toEqual(real);
  });
});
