import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { jetstreamManager, StorageType } from "@nats-io/jetstream";
import { generate } from "selfsigned";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { TlsSideName } from "../../model/cluster/tls-spec";
import { machinePlace } from "../../render/files/conf-files";
import { natsConfig } from "../../render/nats-config";
import { restartHash } from "../../render/restart-hash";
import { folderWith } from "../support/cli";
import { withConnection } from "../support/nats";
import { operatorTokens } from "../support/operator-tokens";
import { withRenderedServers } from "../support/rendered-cluster";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const json = async (url: string) => (await fetch(url)).json() as Promise<Record<string, never>>;

describe.each(testVersions(NEWEST, OLDEST))("a single server of a cluster, nats-server %s", (version) => {
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
        await expect(copied).rejects.toThrow(/no suitable peers|excluded|insufficient .*resources/i);
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
    ["how often is synced", { jetstream: { ...base.jetstream, syncInterval: "1m" } }],
    ["less to store", { jetstream: { maxFileStore: "500MiB" } }],
    ["what may be pending", { maxPending: "1MiB" }],
    ["lame duck mode", { lameDuck: { duration: "1m" } }],
    ["websocket", { websocket: {} }],
    ["leaf nodes", { leafNodes: { listen: true } }],
  ];

  const folder = folderWith({});
  const [certFile, keyFile, caFile] = ["tls.crt", "tls.key", "ca.crt"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const tls = { certFile, keyFile, caFile };
  const encrypted: ClusterSpec = {
    ...base,
    tls: { client: tls, cluster: tls, gateway: tls, leafNodes: tls, websocket: tls },
    gateway: {},
    leafNodes: { listen: true },
    websocket: {},
  };
  const slower = (side: TlsSideName): Partial<ClusterSpec> => ({
    tls: { ...encrypted.tls, [side]: { ...tls, timeout: "3s" } },
  });
  const newer = (side: TlsSideName): Partial<ClusterSpec> => ({
    tls: { ...encrypted.tls, [side]: { ...tls, minVersion: "1.3" } },
  });
  const operator = operatorTokens();
  const tokens: ClusterSpec = { name: "eu", operator };
  const [system] = Object.entries(operator.preload ?? {});
  const fewer = { ...operator, preload: Object.fromEntries([system as [string, string]]) };
  const cases: [string, ClusterSpec, Partial<ClusterSpec>][] = [
    ...changes.map(([what, change]): [string, ClusterSpec, Partial<ClusterSpec>] => [what, base, change]),
    ...(["client", "cluster", "gateway", "leafNodes", "websocket"] as const).map(
      (side): [string, ClusterSpec, Partial<ClusterSpec>] => [`the version of TLS of ${side}`, encrypted, newer(side)],
    ),
    ...(["client", "cluster", "gateway", "leafNodes"] as const).map(
      (side): [string, ClusterSpec, Partial<ClusterSpec>] => [`the timeout of TLS of ${side}`, encrypted, slower(side)],
    ),
    ["routes", base, { extraConfig: { cluster: { routes: ["nats://127.0.0.1:1"] } } }],
    ["accounts of an operator", tokens, { operator: fewer }],
  ];

  beforeAll(async () => {
    const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
      extensions: [
        { name: "basicConstraints", cA: true, critical: true },
        { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
      ],
    });
    writeFileSync(certFile, cert);
    writeFileSync(caFile, cert);
    writeFileSync(keyFile, key);
  });

  it.each(cases)("%s: pods are replaced exactly when servers refuse it", async (_, before, change) => {
    const changed = { ...before, ...change };
    await withRenderedServers(before, async ([server]) => {
      const said = await server?.reload(changed);
      expect([said?.includes("Failed to reload"), said]).toEqual([stamp(changed) !== stamp(before), said]);
    });
  });
});
