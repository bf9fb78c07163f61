import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { preflight } from "../../preflight/preflight";
import { closeConnections } from "../../provider/connection";
import { readServerFacts } from "../../provider/server-facts";
import { readSettings, type Settings } from "../../provider/settings";
import { startCluster, startServer, type TestServer, until, urlsOf, withConnection } from "../support/nats";

const settingsOf = (config: Readonly<Record<string, string>>) =>
  readSettings((key) => ({ "nats:connectTimeout": "5s", ...config })[key]).settings as Settings;
const LIMITED = `accounts {
  SHOP { users: [{ user: shop, password: p }], jetstream { max_streams: 5, max_file: 10GB, max_mem: 1MB, max_consumers: 3, max_bytes_required: true } }
}`;

let servers: TestServer[] = [];
const start = async (starting: Promise<TestServer | TestServer[]>) => {
  servers = [await starting].flat();
  return settingsOf({ "nats:servers": urlsOf(servers) });
};
afterEach(async () => {
  await closeConnections();
  await Promise.all(servers.map((server) => server.stop()));
});

const manager = async <T>(use: (jsm: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>, login = {}) =>
  withConnection(urlsOf(servers), async (nc) => use(await jetstreamManager(nc)), login);

describe("readServerFacts", () => {
  it("tells version, limits and that a single server is no cluster", async () => {
    const settings = await start(startServer());
    expect(await readServerFacts(settings)).toEqual({
      version: expect.stringMatching(/^2\.15\./),
      servers: 1,
      apiLevel: expect.any(Number),
      limits: {
        maxMemory: -1,
        maxStorage: -1,
        maxStreams: -1,
        maxConsumers: -1,
        maxAckPending: -1,
        memoryMaxStreamBytes: -1,
        storageMaxStreamBytes: -1,
        maxBytesRequired: false,
      },
      streams: [],
    });
  });

  it("tells nothing about the number of servers of a cluster", async () => {
    const settings = await start(startCluster());
    await manager((jsm) => jsm.streams.add({ name: "A", subjects: ["a"], num_replicas: 3 }));
    const facts = await readServerFacts(settings);
    expect(facts).not.toHaveProperty("servers");
    expect(facts.version).toMatch(/^2\.15\./);
    expect(facts.streams?.map(({ spec }) => spec)).toMatchObject([{ name: "A", subjects: ["a"], replicas: 3 }]);
  });

  it("gives preflight what it needs to say what the server then says", async () => {
    await start(startServer({ config: LIMITED }));
    const login = { user: "shop", pass: "p" };
    const settings = settingsOf({ "nats:servers": urlsOf(servers), "nats:user": "shop", "nats:password": "p" });
    await manager((jsm) => jsm.streams.add({ name: "OLD", subjects: ["old.>"], max_bytes: 2 ** 30 }), login);
    const facts = await readServerFacts(settings);
    expect(facts.limits).toMatchObject({ maxStreams: 5, maxStorage: 10 * 2 ** 30, maxBytesRequired: true });
    const overlapping = { streams: { NEW: { subjects: ["old.new"], maxBytes: "1MiB" } } } as const;
    expect(preflight(overlapping, { server: facts })).toMatchObject([{ code: "SP201", name: "NEW" }]);
    const adding = manager((jsm) => jsm.streams.add({ name: "NEW", subjects: ["old.new"], max_bytes: 2 ** 20 }), login);
    await expect(adding).rejects.toThrow("subjects overlap");
  });

  it("reads durable consumers of the streams asked for, and no others", async () => {
    const settings = await start(startServer());
    await manager(async (jsm) => {
      for (const name of ["A", "B", "EMPTY"]) await jsm.streams.add({ name, subjects: [name] });
      await jsm.streams.add({ name: "COPY", sources: [{ name: "A" }] });
      await jsm.consumers.add("A", { durable_name: "kept", ack_policy: "explicit" });
      await jsm.consumers.add("A", { ack_policy: "none" });
      await jsm.consumers.add("B", { durable_name: "other", ack_policy: "explicit" });
    });
    const facts = await readServerFacts(settings, { consumersOf: (stream) => stream !== "B" });
    const consumers = Object.fromEntries(
      (facts.streams ?? []).map(({ spec, consumers }) => [spec.name, consumers?.map(({ name }) => name)]),
    );
    expect(consumers).toEqual({ A: ["kept"], B: undefined, COPY: [], EMPTY: [] });
  });

  it("needs no more than the permissions documented", async () => {
    const page = readFileSync(join(resolve(__dirname, "../.."), "docs/permissions.md"), "utf8");
    const config = page
      .split("```")
      .find((block) => block.includes("user: check"))
      ?.replace('"..."', "p");
    await start(startServer({ config }));
    const login = { "nats:user": "check", "nats:password": "p", "nats:inboxPrefix": "_INBOX.check" };
    const settings = settingsOf({ "nats:servers": urlsOf(servers), ...login });
    expect((await readServerFacts(settings)).streams).toEqual([]);
  });

  it("reads every page of many streams", async () => {
    const settings = await start(startServer());
    const names = Array.from({ length: 600 }, (_, i) => `S${String(i).padStart(3, "0")}`);
    await manager((jsm) =>
      Promise.all(names.map((name) => jsm.streams.add({ name, subjects: [name], storage: "memory" }))),
    );
    const { streams = [] } = await readServerFacts(settings);
    expect(streams.map(({ spec }) => spec.name).sort()).toEqual(names);
  });

  it("tells the version of a server that has no API level yet", async () => {
    const settings = await start(startServer({ version: "2.10.29" }));
    const facts = await readServerFacts(settings);
    expect(facts.version).toBe("2.10.29");
    expect(facts).not.toHaveProperty("apiLevel");
  });

  it("tells neither version nor size of a server that only leads to the one with JetStream", async () => {
    const store = mkdtempSync(join(tmpdir(), "headwater-hub-"));
    const jetstream = `jetstream { store_dir: ${JSON.stringify(store)}, domain: hub }`;
    const hub = await startServer({ config: `${jetstream}\nleafnodes { listen: "127.0.0.1:-1" }`, jetstream: false });
    const { leaf } = (await (await fetch(`${hub.monitor}/varz`)).json()) as { leaf: { port: number } };
    const config = `leafnodes { remotes: [{ url: "nats://127.0.0.1:${leaf.port}" }] }`;
    const edge = await startServer({ config, jetstream: false });
    servers = [edge, hub];
    await until("the leaf to be connected", async () => {
      const { leafs } = (await (await fetch(`${edge.monitor}/leafz`)).json()) as { leafs?: unknown[] };
      return leafs?.length === 1;
    });
    const facts = await readServerFacts(settingsOf({ "nats:servers": edge.url, "nats:domain": "hub" }));
    expect(facts.apiLevel).toBeGreaterThan(0);
    expect(facts).not.toHaveProperty("version");
    expect(facts).not.toHaveProperty("servers");
    rmSync(store, { recursive: true, force: true });
  });
});
