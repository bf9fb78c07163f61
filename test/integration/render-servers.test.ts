import { jetstreamManager, StorageType } from "@nats-io/jetstream";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { machinePlace } from "../../render/files/conf-files";
import { natsConfig } from "../../render/nats-config";
import { restartHash } from "../../render/restart-hash";
import { withConnection } from "../support/nats";
import { withRenderedServers } from "../support/rendered-cluster";

const { VERSIONS } = require("../../tools/lib/nats-server") as { VERSIONS: string[] };

const json = async (url: string) => (await fetch(url)).json() as Promise<Record<string, never>>;

describe.each(VERSIONS)("a single server of a cluster, nats-server %s", (version) => {
  it("elects a leader with its witness, which never holds a stream", async () => {
    const spec: ClusterSpec = {
      name: "eu",
      version,
      standalone: false,
      jetstream: { maxFileStore: "1GiB", maxMemoryStore: "64MiB" },
    };
    await withRenderedServers(spec, async ([server, witness]) => {
      await withConnection(server?.url as string, async (nc) => {
        const jsm = await jetstreamManager(nc);
        for (let i = 0; i < 8; i++) {
          const storage = i % 2 === 0 ? StorageType.File : StorageType.Memory;
          const { cluster } = await jsm.streams.add({ name: `S${i}`, subjects: [`s${i}`], storage });
          expect(cluster?.leader).toBe("eu-0");
        }
        const copied = jsm.streams.add({ name: "TWICE", subjects: ["twice"], num_replicas: 2 });
        await expect(copied).rejects.toThrow(/no suitable peers|insufficient .*resources/i);
      });
      const { meta_cluster: meta } = await json(`${server?.monitor}/jsz`);
      expect(meta).toMatchObject({ cluster_size: 2 });
      const held = await json(`${witness?.monitor}/jsz?streams=true`);
      expect(held).toMatchObject({ streams: 0, messages: 0, config: { max_memory: 0, max_storage: 0 } });
    });
  });
});

it("shows the keys a server runs with, whatever its configuration says since", async () => {
  const key = { env: "KEY" };
  const spec: ClusterSpec = { name: "eu", serverTags: ["az:a"], jetstream: { encryption: { key, previousKey: key } } };
  await withRenderedServers(spec, async ([server]) => {
    const tag = "headwater-key:0123456789abcdef";
    expect(await json(`${server?.monitor}/varz`)).toMatchObject({ tags: ["az:a", tag] });
    await server?.reload({ ...spec, serverTags: ["az:b"] });
    expect(await json(`${server?.monitor}/varz`)).toMatchObject({ tags: expect.arrayContaining(["az:b", tag]) });
  });
});

describe("reading the configuration anew", () => {
  const base: ClusterSpec = {
    name: "eu",
    size: 1,
    standalone: false,
    jetstream: { maxFileStore: "1GiB" },
    accounts: {
      SYS: { users: [{ user: "s", password: { env: "S" } }] },
      A: { users: [{ user: "a", password: { env: "A" } }] },
    },
  };
  const stamp = (spec: ClusterSpec) => restartHash(natsConfig(spec, machinePlace(spec, 0)));
  const changes: [string, Partial<ClusterSpec>][] = [
    ["an account", { accounts: { ...base.accounts, B: {} } }],
    ["a user", { accounts: { ...base.accounts, A: { users: [{ user: "b", password: { env: "A" } }] } } }],
    ["the largest message", { maxPayload: "2MiB" }],
    ["connections", { maxConnections: 10 }],
    ["how long a write takes", { writeDeadline: "3s" }],
    ["tags", { serverTags: ["a"] }],
    ["a user for everybody", { noAuthUser: "a" }],
    ["the domain", { jetstream: { ...base.jetstream, domain: "hub" } }],
    ["limits of JetStream", { jetstream: { ...base.jetstream, limits: { maxHaAssets: 5 } } }],
    ["how often is synced", { jetstream: { ...base.jetstream, syncInterval: "1m" } }],
    ["less to store", { jetstream: { maxFileStore: "500MiB" } }],
    ["what may be pending", { maxPending: "1MiB" }],
    ["lame duck mode", { lameDuck: { duration: "1m" } }],
    ["websocket", { websocket: {} }],
    ["leaf nodes", { leafNodes: { listen: true } }],
  ];

  it.each(changes)("%s: pods are replaced exactly when servers refuse it", async (_, change) => {
    const changed = { ...base, ...change };
    await withRenderedServers(base, async ([server]) => {
      const said = await server?.reload(changed);
      expect([said?.includes("Failed to reload"), said]).toEqual([stamp(changed) !== stamp(base), said]);
    });
  });
});
