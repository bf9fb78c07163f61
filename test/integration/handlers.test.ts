import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { apiRequests, writes } from "../support/api-log";
import { closeConnections, handlerOf, manage } from "../support/handlers";
import { startServer, type TestServer, withConnection } from "../support/nats";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await closeConnections();
  await server.stop();
});
afterEach(() => {
  delete process.env.HEADWATER_ALLOW_DELETE;
});

let count = 0;
const fresh = () => `S${++count}`;
const config = () => ({ "nats:servers": server.url });
const handler = (kind: Parameters<typeof handlerOf>[0]) => handlerOf(kind, config());
const OURS = "shop/dev/orders";

const publish = (subject: string, messages: number) =>
  withConnection(server.url, async (nc) => {
    for (let i = 0; i < messages; i++) await jetstream(nc).publish(subject, `message ${i}`);
  });
const streamInfo = (name: string) =>
  withConnection(server.url, async (nc) => (await jetstreamManager(nc)).streams.info(name));
const exists = (name: string) =>
  streamInfo(name).then(
    () => true,
    () => false,
  );
const byHand = (name: string, settings: object = {}) =>
  withConnection(server.url, async (nc) =>
    (await jetstreamManager(nc)).streams.add({ name, subjects: [`${name}.>`], ...settings }),
  );
const editByHand = (name: string, settings: object) =>
  withConnection(server.url, async (nc) => (await jetstreamManager(nc)).streams.update(name, settings));

describe("ownership", () => {
  it("refuses a stream made by someone else, and adopts it with its messages", async () => {
    const name = fresh();
    await byHand(name);
    await publish(`${name}.a`, 3);
    const asset = manage(await handler("stream"), OURS);
    const spec = { name, subjects: [`${name}.>`], maxAge: "7d" };
    await expect(asset.apply(spec)).rejects.toThrow(
      `ON101 stream "${name}": exists on the server and is not managed by Headwater. Choose another name, or set adopt: true to manage it from here on; its messages are kept.`,
    );
    expect((await streamInfo(name)).config.max_age).toBe(0);
    await asset.apply({ ...spec, adopt: true });
    const { config: live, state } = await streamInfo(name);
    expect(live).toMatchObject({ max_age: 7 * 86_400e9, metadata: { "headwater.owner": OURS } });
    expect(state.messages).toBe(3);
  });

  it("refuses the same name from a second stack, naming the first", async () => {
    const name = fresh();
    await manage(await handler("stream"), "shop/dev/orders").apply({ name });
    const second = manage(await handler("stream"), "shop/prod/orders");
    await expect(second.apply({ name })).rejects.toThrow(
      `ON101 stream "${name}": is managed by resource "orders" of stack "dev" in project "shop".`,
    );
  });

  it("lets a renamed resource take over, touching only the stamp, and the old one's deletion does nothing", async () => {
    const name = fresh();
    const spec = { name, subjects: [`${name}.>`], maxAge: "7d", description: "kept" };
    const before = manage(await handler("stream"), "shop/dev/old", "stream");
    await before.apply(spec);
    await publish(`${name}.a`, 2);
    const { config: was } = await streamInfo(name);
    const after = manage(await handler("stream"), "shop/dev/new");
    await after.apply(spec);
    await before.remove();
    const { config: is, state } = await streamInfo(name);
    expect(is).toEqual({ ...was, metadata: { ...was.metadata, "headwater.owner": "shop/dev/new" } });
    expect(state.messages).toBe(2);
  });

  it("does not update what another stack has taken over since", async () => {
    const name = fresh();
    const first = manage(await handler("stream"), "shop/dev/orders");
    await first.apply({ name });
    await manage(await handler("stream"), "shop/prod/orders").apply({ name, adopt: true });
    await expect(first.apply({ name, maxAge: "1h" })).rejects.toThrow(
      /ON101 .* is managed by resource "orders" of stack "prod"/,
    );
  });

  it("does not take back what another stack has taken over, even after a refresh, and does not delete it", async () => {
    const name = fresh();
    const first = manage(await handler("stream"), "shop/dev/orders");
    await first.apply({ name });
    await manage(await handler("stream"), "shop/prod/orders").apply({ name, adopt: true });
    expect(await first.refresh()).toMatchObject({ owner: "shop/prod/orders" });
    await expect(first.apply({ name })).rejects.toThrow(/ON101 .* is managed by resource "orders" of stack "prod"/);
    await first.remove();
    expect(await exists(name)).toBe(true);
  });

  it("does not overwrite what someone made anew under the same name", async () => {
    const name = fresh();
    const asset = manage(await handler("stream"), OURS);
    await asset.apply({ name, subjects: [`${name}.>`] });
    await withConnection(server.url, async (nc) => (await jetstreamManager(nc)).streams.delete(name));
    await byHand(name);
    await publish(`${name}.a`, 2);
    const edited = { name, subjects: [`${name}.>`], maxMsgs: 10 };
    await expect(asset.apply(edited)).rejects.toThrow(
      `ON101 stream "${name}": exists on the server and is not managed by Headwater.`,
    );
    expect((await streamInfo(name)).state.messages).toBe(2);
  });

  it("goes on with an asset whose stamp alone was removed", async () => {
    const name = fresh();
    const asset = manage(await handler("stream"), OURS);
    await asset.apply({ name });
    await editByHand(name, { metadata: {} });
    await asset.apply({ name, maxAge: "1h" });
    expect((await streamInfo(name)).config.metadata).toMatchObject({ "headwater.owner": OURS });
  });

  it("takes over a sealed stream, which cannot be created as it is", async () => {
    const name = fresh();
    const spec = { name, subjects: [`${name}.>`] };
    const before = manage(await handler("stream"), "shop/dev/old", "stream");
    await before.apply(spec);
    await publish(`${name}.a`, 1);
    await before.apply({ ...spec, sealed: true });
    await manage(await handler("stream"), "shop/dev/new").apply({ ...spec, sealed: true });
    expect(await streamInfo(name)).toMatchObject({
      config: { sealed: true, metadata: { "headwater.owner": "shop/dev/new" } },
      state: { messages: 1 },
    });
    const absent = manage(await handler("stream"), OURS);
    await expect(absent.apply({ name: fresh(), sealed: true })).rejects.toThrow(/SV102 .*sealed/);
  });

  it("follows a stack that was renamed", async () => {
    const name = fresh();
    const asset = manage(await handler("stream"), "shop/dev/orders");
    await asset.apply({ name });
    const renamed = await handler("stream");
    const { inputs } = await renamed.check(asset.inputs, { name, owner: "shop/development/orders" });
    await renamed.update(name, asset.outputs, inputs);
    expect((await streamInfo(name)).config.metadata).toMatchObject({ "headwater.owner": "shop/development/orders" });
  });

  it("protects consumers and buckets in the same way", async () => {
    const name = fresh();
    await byHand(name);
    await withConnection(server.url, async (nc) => {
      const jsm = await jetstreamManager(nc);
      await jsm.consumers.add(name, { durable_name: "c", ack_policy: "explicit" });
      await jsm.streams.add({ name: `KV_${name}`, subjects: [`$KV.${name}.>`] });
    });
    const consumer = manage(await handler("consumer"), OURS, "consumer");
    const spec = { stream: name, name: "c", kind: "pull", ackPolicy: "explicit", maxAckPending: 5 };
    await expect(consumer.apply(spec)).rejects.toThrow(`ON101 consumer "${name}/c": exists on the server`);
    await consumer.apply({ ...spec, adopt: true });
    const bucket = manage(await handler("key-value bucket"), OURS);
    await expect(bucket.apply({ name })).rejects.toThrow(`ON101 key-value bucket "${name}": exists on the server`);
    // What a bucket cannot say, and cannot take back, is said all the same.
    const deny = { code: "OW102", field: "denyDelete", to: true, reason: "as every client wants it" };
    await expect(bucket.apply({ name, adopt: true })).rejects.toThrow("OW102");
    await bucket.apply({ name, adopt: true, allow: [deny] });
    expect((await streamInfo(`KV_${name}`)).config).toMatchObject({
      deny_delete: true,
      allow_direct: true,
      max_msgs_per_subject: 1,
    });
  });

  it("creates again over its own stamp: as it is when nothing changed, as an update when something did", async () => {
    const name = fresh();
    const spec = { name, subjects: [`${name}.>`] };
    await manage(await handler("stream"), OURS).apply(spec);
    await publish(`${name}.a`, 1);
    const again = manage(await handler("stream"), OURS);
    await again.apply(spec);
    await manage(await handler("stream"), OURS).apply({ ...spec, maxAge: "1h" });
    expect(await streamInfo(name)).toMatchObject({ config: { max_age: 3_600e9 }, state: { messages: 1 } });
  });
});

describe("deletion", () => {
  it("keeps a stream with messages, and says how many and how to go on", async () => {
    const name = fresh();
    const asset = manage(await handler("stream"), OURS);
    await asset.apply({ name, subjects: [`${name}.>`] });
    await publish(`${name}.a`, 3);
    await expect(asset.remove()).rejects.toThrow(
      new RegExp(
        `^DG101 stream "${name}": holds 3 messages \\(\\d+ bytes\\) and was not deleted. To delete it all the same, run again with HEADWATER_ALLOW_DELETE=${name}, or set onDelete: "delete" and run up first; onDelete: "retain" leaves it on the server.$`,
      ),
    );
    expect(await exists(name)).toBe(true);
    process.env.HEADWATER_ALLOW_DELETE = "OTHER";
    await expect(asset.remove()).rejects.toThrow("DG101");
    process.env.HEADWATER_ALLOW_DELETE = `OTHER, ${name}`;
    await asset.remove();
    expect(await exists(name)).toBe(false);
    await asset.remove();
  });

  it.each([
    ["delete", false],
    ["retain", true],
  ])("with onDelete %s a stream with messages is there afterwards: %s", async (onDelete, stays) => {
    const name = fresh();
    const asset = manage(await handler("stream"), OURS);
    await asset.apply({ name, subjects: [`${name}.>`], onDelete });
    await publish(`${name}.a`, 1);
    await asset.remove();
    expect(await exists(name)).toBe(stays);
  });

  it("deletes an empty stream, and one bucket of two by its stream's name", async () => {
    const name = fresh();
    const stream = manage(await handler("stream"), OURS);
    await stream.apply({ name });
    await stream.remove();
    expect(await exists(name)).toBe(false);
    const bucket = manage(await handler("key-value bucket"), OURS);
    await bucket.apply({ name });
    await publish(`$KV.${name}.key`, 1);
    await expect(bucket.remove()).rejects.toThrow(`DG101 key-value bucket "${name}": holds 1 message (`);
    process.env.HEADWATER_ALLOW_DELETE = `KV_${name}`;
    await bucket.remove();
    expect(await exists(`KV_${name}`)).toBe(false);
  });

  it.each(["interest", "workqueue"])("keeps a consumer with pending messages of an %s stream", async (retention) => {
    const name = fresh();
    await byHand(name, { retention });
    const asset = manage(await handler("consumer"), OURS);
    await asset.apply({ stream: name, name: "c", kind: "pull", ackPolicy: "explicit" });
    await publish(`${name}.a`, 2);
    await expect(asset.remove()).rejects.toThrow(
      `DG102 consumer "${name}/c": has 2 pending messages of ${retention} stream "${name}"`,
    );
    expect((await streamInfo(name)).state).toMatchObject({ consumer_count: 1, messages: 2 });
    process.env.HEADWATER_ALLOW_DELETE = `${name}/c`;
    await asset.remove();
    expect((await streamInfo(name)).state.consumer_count).toBe(0);
  });

  it("deletes a consumer of a limits stream whatever is pending, and one whose stream is gone", async () => {
    const name = fresh();
    await byHand(name);
    const [first, second] = [manage(await handler("consumer"), OURS), manage(await handler("consumer"), OURS)];
    await first.apply({ stream: name, name: "a", kind: "pull", ackPolicy: "explicit" });
    await second.apply({ stream: name, name: "b", kind: "pull", ackPolicy: "explicit" });
    await publish(`${name}.a`, 2);
    await first.remove();
    expect((await streamInfo(name)).state).toMatchObject({ consumer_count: 1, messages: 2 });
    await withConnection(server.url, async (nc) => (await jetstreamManager(nc)).streams.delete(name));
    await second.remove();
  });
});

describe("drift", () => {
  it("is exactly the field changed by hand, and the next update puts it back", async () => {
    const name = fresh();
    const spec = { name, subjects: [`${name}.>`], maxAge: "7d", maxBytes: "1MiB" };
    const asset = manage(await handler("stream"), OURS, "stream");
    await asset.apply(spec);
    const clean = asset.inputs;
    expect(await asset.refresh()).toEqual(clean);
    await editByHand(name, { max_age: 3_600e9 });
    // The window could not stay above the new age: the server's own default moved along with it.
    expect(await asset.refresh()).toEqual({ ...clean, maxAge: "1h" });
    await editByHand(name, { max_age: 0, max_msgs: 5, discard: "new", duplicate_window: 60e9 });
    expect(await asset.refresh()).toEqual({
      ...clean,
      maxAge: undefined,
      maxMsgs: 5,
      discard: "new",
      duplicateWindow: "1m",
    });
    await asset.apply(spec);
    expect(await asset.refresh()).toEqual(clean);
    expect((await streamInfo(name)).config).toMatchObject({
      max_age: 7 * 86_400e9,
      max_msgs: -1,
      discard: "old",
      duplicate_window: 120e9,
    });
  });

  it("of a bucket's stream shows what a bucket cannot say, and is put back", async () => {
    const name = fresh();
    const asset = manage(await handler("key-value bucket"), OURS);
    await asset.apply({ name, history: 5 });
    const clean = asset.inputs;
    expect(await asset.refresh()).toEqual(clean);
    await editByHand(`KV_${name}`, { max_msgs: 100, allow_direct: false, max_msgs_per_subject: 3 });
    expect(await asset.refresh()).toEqual({ ...clean, history: 3, unexpected: { maxMsgs: 100, allowDirect: null } });
    await asset.apply({ name, history: 5 });
    expect(await asset.refresh()).toEqual(clean);
  });

  it("of a vanished asset is an empty id, and an update says how to go on", async () => {
    const name = fresh();
    const asset = manage(await handler("stream"), OURS);
    await asset.apply({ name });
    await withConnection(server.url, async (nc) => (await jetstreamManager(nc)).streams.delete(name));
    await expect(asset.apply({ name, maxAge: "1h" })).rejects.toThrow(
      `SV103 stream "${name}": is no longer on the server. Run up again with --refresh: it is then created anew.`,
    );
    expect(await asset.refresh()).toBeUndefined();
  });

  it("is not what the server fills in from limits that only it knows", async () => {
    const limited = await startServer({ config: "", jetstream: true });
    const name = fresh();
    const stream = manage(await handlerOf("stream", { "nats:servers": limited.url }), OURS);
    await stream.apply({ name, consumerLimits: { maxAckPending: 7, inactiveThreshold: "1h" } });
    const consumer = manage(await handlerOf("consumer", { "nats:servers": limited.url }), OURS);
    await consumer.apply({ stream: name, name: "c", kind: "pull", ackPolicy: "explicit" });
    const clean = consumer.inputs;
    expect(consumer.outputs).toMatchObject({ defaulted: { maxAckPending: 7, inactiveThreshold: "1h" } });
    expect(await consumer.refresh()).toEqual(clean);
    await limited.stop();
  });

  it("does not show up in an asset that is read without a spec", async () => {
    const name = fresh();
    await byHand(name, { max_age: 3_600e9 });
    const read = await (await handler("stream")).read(name, {});
    expect(read).toMatchObject({ id: name, inputs: { name, subjects: [`${name}.>`], maxAge: "1h" } });
    expect(read.inputs).not.toHaveProperty("duplicateWindow");
  });
});

describe("requests", () => {
  it("are one create per asset, and none where nothing is to change", async () => {
    const name = fresh();
    const stream = manage(await handler("stream"), OURS);
    const consumer = manage(await handler("consumer"), OURS);
    const spec = {
      stream: name,
      name: "c",
      kind: "push",
      deliverSubject: `deliver.${name}`,
      filterSubject: `${name}.a`,
      ackPolicy: "explicit",
    };
    const created = await apiRequests(server.url, async () => {
      await stream.apply({ name, subjects: [`${name}.>`] });
      await consumer.apply(spec);
    });
    expect(created).toEqual([`STREAM.CREATE.${name}`, `CONSUMER.CREATE.${name}.c`]);
    const repeated = await apiRequests(server.url, async () => {
      await stream.apply({ name, subjects: [`${name}.>`], onDelete: "retain" });
      await consumer.apply({ ...spec, onDelete: "retain" });
    });
    expect(writes(repeated)).toEqual([]);
  });

  it("go over one connection, whatever the number of handlers", async () => {
    const busy = await startServer();
    const settings = { "nats:servers": busy.url };
    const handlers = await Promise.all(
      (["stream", "key-value bucket", "object store"] as const).map((kind) => handlerOf(kind, settings)),
    );
    await Promise.all(
      handlers.flatMap((each, i) =>
        Array.from({ length: 20 }, (_, j) => manage(each, OURS).apply({ name: `N${i}_${j}` })),
      ),
    );
    const varz = (await (await fetch(`${busy.monitor}/varz`)).json()) as { total_connections: number };
    expect(varz.total_connections).toBe(1);
    await busy.stop();
  });
});

describe("values that are not known yet", () => {
  const sentinels = [
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
  ];
  const fields = {
    stream: [
      "name",
      "subjects",
      "maxAge",
      "maxBytes",
      "retention",
      "replicas",
      "noAck",
      "placement",
      "metadata",
      "sources",
      "onDelete",
    ],
    consumer: ["stream", "name", "ackPolicy", "backoff", "filterSubjects", "maxDeliver", "headersOnly", "pauseUntil"],
  } as const;
  const required = { stream: { name: "A" }, consumer: { stream: "A", name: "c", kind: "pull", ackPolicy: "explicit" } };

  it.each(sentinels)("%s passes check in any field, at any depth, on create and on update", async (unknown) => {
    for (const kind of ["stream", "consumer"] as const) {
      const checked = await handler(kind);
      for (const field of fields[kind]) {
        for (const olds of [{}, required[kind]]) {
          const news = { ...required[kind], [field]: unknown };
          expect(await checked.check(olds, news)).toEqual({ inputs: news, failures: [] });
        }
      }
    }
    const nested = {
      name: "A",
      subjects: ["a", unknown],
      sources: [{ name: unknown, optStartTime: unknown }],
      metadata: { team: unknown },
    };
    const { failures } = await (await handler("stream")).check({}, nested);
    expect(failures).toEqual([]);
  });

  it("still lets wrong values beside them be found", async () => {
    const { failures } = await (await handler("stream")).check(
      {},
      { name: sentinels[0], maxAge: "7 days", replicas: sentinels[2] },
    );
    expect(failures).toEqual([
      {
        property: "",
        reason:
          '\nSP101 stream "?": maxAge must be a duration such as "250ms" or "7d", "0s" or at least "100ms", got "7 days". Correct the value.',
      },
    ]);
  });
});
