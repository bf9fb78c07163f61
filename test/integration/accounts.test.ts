import { jetstreamManager, type StreamConfig } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { TestServer } from "../support/nats";
import { startRendered } from "../support/rendered";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const password = { value: "p" };

const spec = (version: string): ClusterSpec => ({
  name: "accounts",
  version,
  jetstream: { maxFileStore: "1GiB", maxMemoryStore: "64MiB" },
  accounts: {
    SYS: { users: [{ user: "sys", password }] },
    SHOP: {
      users: [{ user: "shop", password }],
      exports: [
        { stream: "shop.events.>" },
        { service: "shop.price" },
        { service: "shop.stock", accounts: ["BILLING"] },
      ],
    },
    BILLING: {
      users: [{ user: "billing", password }],
      imports: [
        { stream: { account: "SHOP", subject: "shop.events.>" }, prefix: "from" },
        { service: { account: "SHOP", subject: "shop.price" }, to: "price" },
        { service: { account: "SHOP", subject: "shop.stock" } },
      ],
    },
    OTHER: { users: [{ user: "other", password }] },
    SMALL: {
      users: [{ user: "small", password }],
      jetstream: {
        maxFile: "1MiB",
        maxMemory: "64KiB",
        maxStreams: 2,
        maxConsumers: 1,
        maxAckPending: 10,
        maxBytesRequired: true,
        storeMaxStreamBytes: "768KiB",
      },
      limits: { maxConnections: 2, maxSubscriptions: 3, maxPayload: "1KiB" },
    },
    PLAIN: { users: [{ user: "plain", password }], jetstream: false },
  },
});

let server: TestServer;
const open: NatsConnection[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((nc) => nc.close()));
  await server.stop();
});

async function as(user: string): Promise<NatsConnection> {
  const nc = await connect({ servers: server.url, user, pass: "p", reconnect: false });
  open.push(nc);
  return nc;
}

/** Hears everything of an account; answers the subjects heard so far. */
async function hearing(nc: NatsConnection): Promise<() => Promise<string[]>> {
  const heard: string[] = [];
  nc.subscribe(">", { callback: (_, { subject }) => void heard.push(subject) });
  await nc.flush();
  return async () => {
    await nc.flush();
    return heard.filter((subject) => !/^(_INBOX|\$)/.test(subject));
  };
}

describe.each(testVersions(NEWEST, OLDEST))("accounts of a server %s", (version) => {
  beforeEach(async () => {
    server = await startRendered(spec(version));
  });

  it("do not see each other's subjects and streams", async () => {
    const [shop, billing, other] = [await as("shop"), await as("billing"), await as("other")];
    const heard = await hearing(other);
    const [ours, theirs] = [await jetstreamManager(shop), await jetstreamManager(billing)];
    const stream: Partial<StreamConfig> & { name: string } = { name: "ORDERS", subjects: ["orders.>"] };
    await ours.streams.add(stream);
    await shop.request("orders.new", "1");
    expect(await theirs.streams.names().next()).toEqual([]);
    await expect(theirs.streams.info("ORDERS")).rejects.toThrow("stream not found");
    await theirs.streams.add(stream);
    expect((await theirs.streams.info("ORDERS")).state.messages).toBe(0);
    expect((await ours.streams.info("ORDERS")).state.messages).toBe(1);
    expect(await heard()).toEqual([]);
  });

  it("get what is exported to them where they import it, and nowhere else", async () => {
    const [shop, billing, other] = [await as("shop"), await as("billing"), await as("other")];
    for (const service of ["shop.price", "shop.stock"])
      shop.subscribe(service, { callback: (_, message) => void message.respond(`${service} of shop`) });
    const [atBilling, atOther] = [await hearing(billing), await hearing(other)];
    await shop.flush();
    shop.publish("shop.events.sold", "1");
    shop.publish("shop.secret", "1");
    await shop.flush();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await atBilling()).toEqual(["from.shop.events.sold"]);
    expect(await atOther()).toEqual([]);
    expect((await billing.request("price")).string()).toBe("shop.price of shop");
    expect((await billing.request("shop.stock")).string()).toBe("shop.stock of shop");
    const stranger = await as("plain");
    for (const subject of ["price", "shop.price", "shop.stock"])
      await expect(stranger.request(subject, "")).rejects.toThrow("no responders");
    const atShop = await hearing(shop);
    for (const subject of ["from.shop.events.sold", "shop.events.sold"]) billing.publish(subject, "forged");
    await billing.flush();
    expect(await atShop()).toEqual([]);
  });

  it("are held to their limits of JetStream", async () => {
    const jsm = await jetstreamManager(await as("small"));
    const add = (name: string, more: Partial<StreamConfig> = {}) =>
      jsm.streams.add({ name, subjects: [name], max_bytes: 65_536, ...more });
    await expect(add("A", { max_bytes: -1 })).rejects.toMatchObject({ code: 10113 });
    await expect(add("A", { max_bytes: 786_433 })).rejects.toMatchObject({ code: 10122 });
    await add("A", { max_bytes: 786_432 });
    await expect(add("B", { max_bytes: 262_145 })).rejects.toMatchObject({ code: 10047 });
    await expect(add("B", { max_bytes: 65_537, storage: "memory" })).rejects.toMatchObject({ code: 10028 });
    await add("B", { max_bytes: 65_536, storage: "memory" });
    await expect(add("C")).rejects.toMatchObject({ code: 10027 });
    const consumer = { ack_policy: "explicit" as const, max_ack_pending: 10 };
    await expect(jsm.consumers.add("A", { ...consumer, durable_name: "x", max_ack_pending: 11 })).rejects.toMatchObject(
      {
        code: 10121,
      },
    );
    await jsm.consumers.add("A", { ...consumer, durable_name: "one" });
    await expect(jsm.consumers.add("A", { ...consumer, durable_name: "two" })).rejects.toMatchObject({ code: 10026 });
    const answer = (await (await as("plain")).request("$JS.API.INFO")).json();
    expect(answer).toMatchObject({ error: { err_code: 10039 } });
  });

  it("are held to their limits of connections, subscriptions and payload", async () => {
    const first = await as("small");
    expect(first.info?.max_payload).toBe(1_024);
    expect(() => first.publish("x", "y".repeat(1_025))).toThrow(/payload/i);
    const errors: string[] = [];
    void (async () => {
      for await (const status of first.status()) if (status.type === "error") errors.push(status.error.message);
    })();
    for (let i = 0; i < 3; i++) first.subscribe(`s.${i}`, { callback: () => undefined });
    await first.flush();
    expect(errors).toEqual([]);
    first.subscribe("s.4", { callback: () => undefined });
    await first.flush().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(errors.join()).toMatch(/maximum subscriptions exceeded/i);
    await as("small");
    await expect(as("small")).rejects.toThrow();
    await first.close();
    await as("small");
  });
});
