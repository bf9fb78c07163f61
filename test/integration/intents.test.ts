import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { SpecKind } from "../../model/finding";
import { jetStreamApi } from "../../provider/api";
import type { Fields } from "../../provider/driver";
import { planAssets } from "../../provider/plan-assets";
import { readSettings, type Settings } from "../../provider/settings";
import { closeConnections, handlerOf, manage } from "../support/handlers";
import { startServer, type TestServer, withConnection } from "../support/nats";

const reason = "agreed with the owners";
const SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let server: TestServer;
let count = 0;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await closeConnections();
  await server.stop();
});

const fresh = () => `I${++count}`;
const config = () => ({ "nats:servers": server.url });
const handler = (kind: SpecKind) => handlerOf(kind, config());
const resource = async (kind: SpecKind, owner = `p/s/r${count}`) => manage(await handler(kind), owner);
const nats = <T>(use: Parameters<typeof withConnection<T>>[1]) => withConnection(server.url, use);
const info = (name: string) => nats(async (nc) => (await jetstreamManager(nc)).streams.info(name));
const publish = (subject: string, messages: number) =>
  nats(async (nc) => {
    for (let i = 0; i < messages; i++) await jetstream(nc).publish(subject, "x");
  });
const editByHand = (name: string, edit: object) =>
  nats(async (nc) => (await jetstreamManager(nc)).streams.update(name, edit));

describe("what a program allows", () => {
  it("holds for the one kind of asset it is said of", async () => {
    const name = fresh();
    const stream = await resource("stream", "p/s/orders");
    await stream.apply({ name, subjects: [name] });
    await publish(name, 5);
    const consumer = await handler("consumer");
    const spec = { stream: name, name: "c", kind: "pull", ackPolicy: "explicit", owner: "p/s/orders" };
    await consumer.check(
      { ...spec },
      {
        ...spec,
        ackPolicy: "all",
        replace: "allow",
        allow: [{ code: "DL110", field: "ackPolicy", to: "all", reason }],
      },
    );
    await expect(stream.remove()).rejects.toThrow("DG101");
  });

  it("is spent once its target is reached: a deletion is guarded again, and drift is not put back", async () => {
    const name = fresh();
    const stream = await resource("stream");
    const allow = [
      { code: "DL110", field: "storage", to: "memory", reason },
      { code: "DL101", field: "maxMsgs", to: 4, reason },
    ];
    const spec = { name, subjects: [name], storage: "memory", maxMsgs: 4, replace: "allow", allow };
    await stream.apply(spec);
    await publish(name, 4);
    await stream.apply(spec);
    await expect(stream.remove()).rejects.toThrow("DG101");
    await editByHand(name, { max_msgs: 1000 });
    await publish(name, 6);
    await expect(stream.apply({ ...spec, description: "edited" })).rejects.toThrow(
      `DL101 stream "${name}": maxMsgs 1000 -> 4 deletes the oldest messages at once: 6 of the 10 messages (190 bytes) stored now would go. It was changed on the server: run pulumi refresh, and the edit is shown and can be acknowledged.`,
    );
    expect((await info(name)).state.messages).toBe(10);
    await stream.refresh();
    await stream.apply(spec);
    expect((await info(name)).state.messages).toBe(4);
  });

  it("may name a target that is not known yet", async () => {
    const stream = await handler("stream");
    const owner = "p/s/unknown";
    const allow = [{ code: "DL101", field: "maxMsgs", to: 4, reason }];
    const { failures } = await stream.check({ name: "S", owner }, { name: "S", maxMsgs: SENTINEL, allow, owner });
    expect(failures).toEqual([]);
    const later = [{ code: "DL101", field: "maxMsgs", to: SENTINEL, reason }];
    expect((await stream.check({ name: "S", owner }, { name: "S", maxMsgs: 4, allow: later, owner })).failures).toEqual(
      [],
    );
  });
});

describe("a recreation", () => {
  it("of a consumer that has delivered something is said to lose its position", async () => {
    const name = fresh();
    await (await resource("stream", "p/s/s")).apply({ name, subjects: [name] });
    const consumer = await resource("consumer", "p/s/c");
    const spec = { stream: name, name: "c", kind: "pull", ackPolicy: "explicit" };
    await consumer.apply(spec);
    const edited = { ...spec, ackPolicy: "all", replace: "allow" };
    const h = await handler("consumer");
    expect((await h.check({ ...spec, owner: "p/s/c" }, { ...edited, owner: "p/s/c" })).failures).toEqual([]);
    await publish(name, 3);
    await nats(async (nc) => {
      const pulled = await (await jetstream(nc).consumers.get(name, "c")).fetch({ max_messages: 2, expires: 1000 });
      for await (const message of pulled) message.ack();
    });
    await expect(consumer.apply(edited)).rejects.toThrow(
      `DL110 consumer "${name}/c": ackPolicy "explicit" -> "all" recreates the consumer: its position is lost (2 messages delivered, 1 pending), and it starts again where deliverPolicy says.`,
    );
  });

  it("of an empty stream counts the consumers of others", async () => {
    const name = fresh();
    const stream = await resource("stream");
    await stream.apply({ name, subjects: [name] });
    await nats(async (nc) =>
      (await jetstreamManager(nc)).consumers.add(name, { durable_name: "theirs", ack_policy: "explicit" }),
    );
    const edited = { name, subjects: [name], storage: "memory", replace: "allow" };
    await expect(stream.apply(edited)).rejects.toThrow(
      `DL110 stream "${name}": storage unset -> "memory" recreates the stream: all 0 messages (0 bytes) are deleted, with consumer "theirs".`,
    );
  });

  it("is never an update: what the server only seems to accept stays refused, and nothing is left behind for it", async () => {
    const name = fresh();
    await nats(async (nc) => (await jetstreamManager(nc)).streams.add({ name, subjects: [name] }));
    const stream = await resource("stream");
    await expect(stream.apply({ name, subjects: [name], adopt: true, replace: "allow", firstSeq: 5 })).rejects.toThrow(
      "IN101",
    );
    expect((await info(name)).config.first_seq ?? 0).toBe(0);
    await expect(stream.apply({ name, onDelete: "retain", replace: "allow" })).rejects.toThrow('SP101 stream "');
  });

  it("mends nothing that something else stands in the way of", async () => {
    const name = fresh();
    const stream = await resource("stream");
    await stream.apply({ name, subjects: [name] });
    await nats(async (nc) =>
      (await jetstreamManager(nc)).consumers.add(name, {
        durable_name: "c",
        ack_policy: "explicit",
        max_ack_pending: 50,
      }),
    );
    const edited = { name, subjects: [name], consumerLimits: { maxAckPending: 10 }, replace: "allow" };
    await expect(stream.apply(edited)).rejects.toThrow(
      `RC102 stream "${name}": consumerLimits unset -> {"maxAckPending":10} is refused by the server: consumer "c" has more.`,
    );
  });
});

it("sees a listener on the old subject although the edit is acknowledged", async () => {
  const name = fresh();
  await (await resource("stream", "p/s/push")).apply({ name, subjects: [name] });
  const consumer = await resource("consumer", "p/s/pushed");
  const spec = { stream: name, name: "c", kind: "push", ackPolicy: "explicit", deliverSubject: `to.${name}` };
  await consumer.apply(spec);
  const allow = [{ code: "BC119", field: "deliverSubject", to: "elsewhere", reason }];
  await nats(async (nc) => {
    nc.subscribe(`to.${name}`);
    await nc.flush();
    await expect(consumer.apply({ ...spec, deliverSubject: "elsewhere", allow })).rejects.toThrow("RC103");
  });
});

it("takes over only when told so in so many words", async () => {
  const name = fresh();
  await expect((await resource("stream")).apply({ name, adopt: "false" })).rejects.toThrow(
    `SP101 stream "${name}": adopt must be one of true, false, got "false". Use one of these.`,
  );
});

describe("what a bucket's stream has and a bucket cannot say", () => {
  const plan = (assets: readonly { kind: SpecKind; spec: Fields }[]) => {
    const settings = readSettings((key) => (config() as Record<string, string>)[key]).settings as Settings;
    return planAssets(jetStreamApi(settings), assets);
  };

  it("is announced by a plan, and not taken away unasked", async () => {
    const name = fresh();
    const bucket = await resource("key-value bucket");
    await bucket.apply({ name });
    await editByHand(`KV_${name}`, { subjects: [`$KV.${name}.>`, `extra.${name}`] });
    const [planned] = await plan([{ kind: "key-value bucket", spec: { name } }]);
    expect(planned).toMatchObject({ action: "update", changes: [{ code: "BC101", field: "subjects" }] });
    await expect(bucket.apply({ name, description: "edited" })).rejects.toThrow(
      `BC101 key-value bucket "${name}": subjects`,
    );
    const to = [`$KV.${name}.>`];
    const allow = [{ code: "BC101", field: "subjects", to, reason }];
    await bucket.apply({ name, description: "edited", allow });
    expect((await info(`KV_${name}`)).config.subjects).toEqual(to);
  });
});
