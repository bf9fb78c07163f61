import { connect, headers, type NatsConnection } from "@nats-io/transport-node";
import { isOlder } from "../../model/version";
import { startCluster, startServer, type TestServer, until, urlsOf } from "../support/nats";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

// biome-ignore lint/suspicious/noExplicitAny: replies of the API are read as they are
type Reply = any;

/** What the rules of streams say of servers, asked of servers. */
const versions = testVersions(NEWEST, OLDEST);
const call = async (nc: NatsConnection, subject: string, body: object = {}): Promise<Reply> =>
  (await nc.request(`$JS.API.${subject}`, JSON.stringify(body), { timeout: 5_000 })).json();
const create = (nc: NatsConnection, name: string, fields: object = {}) =>
  call(nc, `STREAM.CREATE.${name}`, { name, subjects: [`${name}.>`], ...fields });
const stored = async (nc: NatsConnection, name: string) => (await call(nc, `STREAM.INFO.${name}`)).state.messages;

describe.each(versions)("nats-server %s", (version) => {
  let server: TestServer;
  let nc: NatsConnection;
  const put = async (subject: string, head: Readonly<Record<string, string>> = {}): Promise<Reply> => {
    const own = headers();
    for (const [key, value] of Object.entries(head)) own.set(key, value);
    return (await nc.request(subject, "text", { headers: own, timeout: 5_000 })).json();
  };
  beforeAll(async () => {
    server = await startServer({ version });
    nc = await connect({ servers: server.url });
  });
  afterAll(async () => {
    await nc.close();
    await server.stop();
  });

  beforeEach(async () => {
    for (const name of (await call(nc, "STREAM.NAMES")).streams ?? []) await call(nc, `STREAM.DELETE.${name}`);
  });

  it("refuses to delete messages under denyDelete, and to turn it off; limits still remove them", async () => {
    await create(nc, "DELETE", { max_msgs: 2, deny_delete: true });
    for (let i = 0; i < 3; i++) await put("DELETE.a");
    expect(await stored(nc, "DELETE")).toBe(2);
    const refused = await call(nc, "STREAM.MSG.DELETE.DELETE", { seq: 3 });
    expect(refused.error.description).toContain("message delete not permitted");
    const off = await call(nc, "STREAM.UPDATE.DELETE", { name: "DELETE", subjects: ["DELETE.>"], max_msgs: 2 });
    expect(off.error.description).toContain("can not cancel deny message deletes");
  });

  it("refuses purges and roll-ups under denyPurge, and to turn it off; the stream can be deleted", async () => {
    await create(nc, "PURGE", { deny_purge: true });
    await put("PURGE.a");
    expect((await call(nc, "STREAM.PURGE.PURGE")).error.description).toContain("stream purge not permitted");
    expect((await put("PURGE.a", { "Nats-Rollup": "all" })).error.description).toContain("rollup not permitted");
    const off = await call(nc, "STREAM.UPDATE.PURGE", { name: "PURGE", subjects: ["PURGE.>"] });
    expect(off.error.description).toContain("can not cancel deny purge");
    const both = await create(nc, "BOTH", { deny_purge: true, allow_rollup_hdrs: true });
    expect(both.error.description).toContain("roll-ups require the purge permission");
    expect(await stored(nc, "PURGE")).toBe(1);
    expect((await call(nc, "STREAM.DELETE.PURGE")).success).toBe(true);
  });

  it("turns denyPurge off where delete markers or schedules need roll-ups", async () => {
    const markers = await create(nc, "MARKERS", { deny_purge: true, subject_delete_marker_ttl: 1e9 });
    expect(markers.config.deny_purge).toBe(isOlder(version, "2.11.0"));
    const schedules = await create(nc, "SCHEDULES", { deny_purge: true, allow_msg_schedules: true });
    expect(schedules.config.deny_purge).toBe(isOlder(version, "2.12.0"));
  });

  it("denies both where a stream is sealed", async () => {
    await create(nc, "SEALED");
    const sealed = await call(nc, "STREAM.UPDATE.SEALED", { name: "SEALED", subjects: ["SEALED.>"], sealed: true });
    expect(sealed.config).toMatchObject({ deny_delete: true, deny_purge: true });
  });

  it("takes no messages and no age where a stream is sealed", async () => {
    await create(nc, "SEALED", { max_age: 60e9 });
    const fields = { name: "SEALED", subjects: ["SEALED.>"], max_age: 60e9, sealed: true };
    expect((await call(nc, "STREAM.UPDATE.SEALED", fields)).config.max_age).toBe(0);
    expect((await put("SEALED.a")).error.description).toContain("sealed");
  });

  it("keeps messages out of a mirror, and of a stream with sources, whose bound is below that of the origin", async () => {
    await create(nc, "ORIGIN");
    const copies = { MIRROR: { mirror: { name: "ORIGIN" } }, SOURCED: { sources: [{ name: "ORIGIN" }] } };
    for (const [name, copy] of Object.entries(copies)) {
      expect((await create(nc, name, { subjects: undefined, ...copy, max_msg_size: 30 })).error).toBeUndefined();
      expect((await create(nc, `WIDE_${name}`, { subjects: undefined, ...copy })).error).toBeUndefined();
    }
    await nc.request("ORIGIN.a", "x".repeat(100), { timeout: 5_000 });
    for (const name of Object.keys(copies)) {
      await until("the copy without a bound to have it", async () => (await stored(nc, `WIDE_${name}`)) === 1);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await stored(nc, name)).toBe(0);
    }
  });

  it("drops at once what is beyond a bound that is set later, but for maxBytes with discard new", async () => {
    const age = { max_age: 100e6, duplicate_window: 100e6 };
    const bounds: Readonly<Record<string, readonly [before: object, set: object, left: number]>> = {
      BYTES: [{}, { max_bytes: 100 }, 2],
      BYTES_NEW: [{ discard: "new" }, { max_bytes: 100 }, 5],
      AGE_NEW: [{ discard: "new" }, age, 0],
    };
    for (const [name, [before, set, left]] of Object.entries(bounds)) {
      await create(nc, name, before);
      for (let i = 0; i < 5; i++) await put(`${name}.a`);
      expect(await stored(nc, name)).toBe(5);
      const updated = await call(nc, `STREAM.UPDATE.${name}`, { name, subjects: [`${name}.>`], ...before, ...set });
      expect(updated.error).toBeUndefined();
      await until(`${name} to have ${left}`, async () => (await stored(nc, name)) === left);
    }
    expect((await put("BYTES_NEW.a")).error.description).toContain("maximum bytes exceeded");
  });

  it("delivers what a reader refuses again at once, whatever backoff says", async () => {
    await create(nc, "REFUSED");
    await put("REFUSED.a");
    const config = { durable_name: "reader", ack_policy: "explicit", max_deliver: 3, backoff: [60e9, 60e9] };
    await call(nc, "CONSUMER.DURABLE.CREATE.REFUSED.reader", { stream_name: "REFUSED", config });
    const next = () =>
      nc.request("$JS.API.CONSUMER.MSG.NEXT.REFUSED.reader", '{"batch":1}', { timeout: 5_000, noMux: true });
    const first = await next();
    first.respond("-NAK");
    expect((await next()).string()).toBe("text");
  });

  it("answers no publish under noAck, stored or refused", async () => {
    await create(nc, "SILENT", { no_ack: true, max_msg_size: 10 });
    await expect(nc.request("SILENT.a", "text", { timeout: 500 })).rejects.toThrow();
    await expect(nc.request("SILENT.a", "more than ten bytes", { timeout: 500 })).rejects.toThrow();
    expect(await stored(nc, "SILENT")).toBe(1);
  });

  it("takes a message for read as soon as it is sent under ackPolicy none", async () => {
    await create(nc, "READ");
    await put("READ.a");
    for (const [name, policy] of [
      ["none", "none"],
      ["explicit", "explicit"],
    ]) {
      const config = { durable_name: name, ack_policy: policy, ...(policy === "explicit" && { ack_wait: 100e6 }) };
      await call(nc, `CONSUMER.DURABLE.CREATE.READ.${name}`, { stream_name: "READ", config });
    }
    const next = async (name: string) =>
      (
        await nc.request(`$JS.API.CONSUMER.MSG.NEXT.READ.${name}`, '{"batch":1,"no_wait":true}', {
          timeout: 5_000,
          noMux: true,
        })
      ).string();
    expect([await next("none"), await next("explicit")]).toEqual(["text", "text"]);
    expect((await call(nc, "CONSUMER.INFO.READ.none")).ack_floor.stream_seq).toBe(1);
    await until("what was not acknowledged to be delivered again", async () => (await next("explicit")) === "text");
    expect(await next("none")).toBe("");
  });

  it("remembers ids for two minutes or maxAge, not on mirrors, with sources as the version has it", async () => {
    const windowOf = async (name: string, fields: object) =>
      (await create(nc, name, fields)).config.duplicate_window ?? 0;
    expect(await windowOf("WINDOW", {})).toBe(120e9);
    expect(await windowOf("SHORT", { max_age: 30e9 })).toBe(30e9);
    expect(await windowOf("MIRROR", { subjects: undefined, mirror: { name: "WINDOW" } })).toBe(0);
    const sourced = await windowOf("SOURCED", { sources: [{ name: "WINDOW" }] });
    expect(sourced).toBe(isOlder(version, "2.14.0") ? 120e9 : 0);
    const id = { "Nats-Msg-Id": "1" };
    expect([(await put("WINDOW.a", id)).duplicate, (await put("WINDOW.a", id)).duplicate]).toEqual([undefined, true]);
    expect((await create(nc, "LONG", { max_age: 30e9, duplicate_window: 60e9 })).error.description).toContain(
      "duplicates window can not be larger then max age",
    );
  });

  it("takes a subject that begins with a wildcard only under noAck, and then no other its messages", async () => {
    expect((await create(nc, "ROOT", { subjects: ["*.root"] })).error.description).toContain(
      "require no-ack to be true",
    );
    expect((await create(nc, "ROOT", { subjects: ["*.root"], no_ack: true })).error).toBeUndefined();
    expect((await create(nc, "OTHER", { subjects: ["other.root"] })).error.err_code).toBe(10065);
  });

  it("refuses the stream of a new version whose subjects a wildcard has", async () => {
    await create(nc, "INGEST", { subjects: ["ingest.*.raw"] });
    expect((await create(nc, "INGEST_V2", { subjects: ["ingest.v2.raw"] })).error.err_code).toBe(10065);
  });

  it("sets maxBytes of each stream aside, and nothing for a stream without", async () => {
    const [most, less] = [40e9, 9e9];
    expect((await create(nc, "FIRST", { max_bytes: most })).error).toBeUndefined();
    expect((await create(nc, "SECOND", { max_bytes: most })).error.err_code).toBe(10047);
    expect((await create(nc, "UNBOUNDED")).error).toBeUndefined();
    expect((await create(nc, "THIRD", { max_bytes: less })).error).toBeUndefined();
  });
});

describe.each(testVersions(NEWEST))("three nats-servers %s", (version) => {
  let servers: TestServer[];
  beforeAll(async () => {
    servers = await startCluster({ version });
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  it("stops a stream of two copies with either server, and goes on with one of three", async () => {
    const nc = await connect({ servers: urlsOf(servers).split(",") });
    try {
      for (const [name, replicas] of [
        ["TWO", 2],
        ["THREE", 3],
      ] as const) {
        await until(`${name} to be made`, async () => !(await create(nc, name, { num_replicas: replicas })).error);
      }
      const { replicas } = (await call(nc, "STREAM.INFO.TWO")).cluster;
      const follower = Number(replicas[0].name.replace("test-", ""));
      await servers[follower]?.kill();
      const publish = (subject: string) =>
        nc.request(subject, "text", { timeout: 2_000 }).then((reply) => reply.json());
      await until("three copies to go on", () =>
        publish("THREE.a").then(
          (reply) => (reply as Reply).seq > 0,
          () => false,
        ),
      );
      await expect(publish("TWO.a")).rejects.toThrow();
    } finally {
      await nc.close();
    }
  });
});
