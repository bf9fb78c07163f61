import { readFileSync } from "node:fs";
import { request } from "node:https";
import { connect as connectTls } from "node:tls";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { secretFile } from "../../local/local-secrets";
import { renewCertificates } from "../../local/renew-certificates";
import { readState } from "../../local/state";
import { localStatus } from "../../local/status";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { localFolder, publishTo, readNumbers } from "../support/local";
import { patient, until } from "../support/nats";

const folder = localFolder();
afterAll(() => folder.removeAll());

const own = { ownAuthority: true } as const;
const jetstreamLimits = { maxFileStore: "1GiB", maxMemoryStore: "64MiB" } as const;
const passwordFile = (name: string) => secretFile(folder.run(name).home, "app", "password");
const accounts = { APP: { users: [{ user: "app", password: { secretName: "app", key: "password" } }] } };

function superCluster(name: string, size: number, gateway: ClusterSpec["gateway"]): ClusterSpec {
  return {
    name,
    size,
    standalone: false,
    jetstream: jetstreamLimits,
    accounts,
    tls: { client: { ...own, verify: true }, cluster: own, gateway: own, leafNodes: own, websocket: own },
    gateway,
    leafNodes: { listen: true },
    websocket: {},
    monitoring: { https: true },
  };
}

async function login(name: string) {
  const { connect: facts } = await localStatus(folder.run(name));
  const { caFile, certFile, keyFile } = facts;
  const pass = readFileSync(passwordFile(name), "utf8").trim();
  return { servers: [...facts.urls], user: "app", pass, tls: { caFile, certFile, keyFile } };
}

const portsOf = (name: string) => {
  const ports = readState(folder.run(name).home)?.servers[0]?.ports;
  if (!ports) throw new Error(`${name} has no servers`);
  return ports;
};

const serialOf = (port: number, files: { caFile?: string; certFile?: string; keyFile?: string }) =>
  new Promise<string>((resolve, reject) => {
    const text = (file: string | undefined) => readFileSync(file ?? "");
    const tls = { ca: text(files.caFile), cert: text(files.certFile), key: text(files.keyFile) };
    // The websocket side talks TLS from its first byte.
    const socket = connectTls({ port, host: "127.0.0.1", ...tls }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on("error", reject);
  });

describe("TLS on every side, with certificates of the local authority", () => {
  beforeAll(async () => {
    await folder.up(superCluster("hub", 3, {}));
    const hubGateway = `tls://127.0.0.1:${portsOf("hub").gateway}`;
    await folder.up(superCluster("far", 1, { remotes: [{ name: "hub", urls: [hubGateway] }] }));
    const leafUrl = `tls://127.0.0.1:${portsOf("hub").leafNodes}`;
    await folder.up({
      name: "edge",
      jetstream: { ...jetstreamLimits, domain: "edge" },
      leafNodes: { remotes: [{ urls: [leafUrl], user: "app", password: { file: passwordFile("hub") }, tls: own }] },
    });
  });

  it("lets clients with a certificate in, and no others", async () => {
    const options = await login("hub");
    const nc = await connect(options);
    const { streams } = await jetstreamManager(nc);
    const placed = await streams.add({
      name: "REPLICATED",
      subjects: ["replicated"],
      num_replicas: 3,
      placement: { cluster: "hub", tags: [] },
    });
    expect(placed.config.num_replicas).toBe(3);
    await jetstream(nc).publish("replicated", "message 0", patient);
    await nc.close();
    const { caFile } = options.tls;
    await expect(connect({ ...options, reconnect: false, tls: { caFile } })).rejects.toThrow();
    await expect(connect({ ...options, reconnect: false, tls: { ...options.tls, caFile: undefined } })).rejects.toThrow(
      /self.signed|unable to/i,
    );
    await expect(connect({ ...options, reconnect: false, pass: "wrong" })).rejects.toThrow("Authorization Violation");
  });

  it("carries messages through the gateway pair and through the leaf node", async () => {
    const hub = await connect(await login("hub"));
    const far = await connect(await login("far"));
    const edge = await connect({ servers: folder.urls("edge") });
    const heard: string[] = [];
    for (const [name, nc] of Object.entries({ far, edge }))
      nc.subscribe("news", { callback: (_, message) => void heard.push(`${name}: ${message.string()}`) });
    await Promise.all([far.flush(), edge.flush()]);
    await until("both to hear", async () => {
      hub.publish("news", "hello");
      await hub.flush();
      return heard.includes("far: hello") && heard.includes("edge: hello");
    });
    const { streams } = await jetstreamManager(edge, { domain: "edge" });
    await streams.add({ name: "LOCAL", subjects: ["local"] });
    await Promise.all([hub.close(), far.close(), edge.close()]);
  });

  it("opens websockets", async () => {
    const { tls } = await login("hub");
    const { websocket: port } = portsOf("hub");
    const status = await new Promise((resolve, reject) => {
      const headers = {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      };
      const asked = request({ host: "127.0.0.1", port, headers, ca: readFileSync(tls.caFile ?? "") });
      asked.on("upgrade", (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      asked.on("response", (response) => resolve(response.statusCode));
      asked.on("error", reject);
      asked.end();
    });
    expect(status).toBe(101);
  });

  it("renews certificates without a restart and without a lost message", async () => {
    const options = await login("hub");
    const nc = await connect(options);
    await (await jetstreamManager(nc)).streams.add({
      name: "RENEWED",
      subjects: ["renewed"],
      num_replicas: 3,
      placement: { cluster: "hub", tags: [] },
    });
    const publisher = await publishTo("renewed", options);
    const { websocket } = portsOf("hub");
    const pids = () => [1, 2, 3].map((i) => folder.pid("hub", `hub-${i}`));
    const before = { pids: pids(), serial: await serialOf(websocket, options.tls) };
    folder.said();
    const files = await renewCertificates(folder.run("hub"), await folder.binary());
    // Five sides of three servers, and the certificate of clients.
    expect(files).toHaveLength(16);
    expect(folder.said()).toEqual([1, 2, 3].map((i) => `hub-${i}: configuration reloaded`));
    expect(pids()).toEqual(before.pids);
    expect(await serialOf(websocket, options.tls)).not.toBe(before.serial);
    const again = publisher.acknowledged();
    await until("more messages", async () => publisher.acknowledged() > again + 20);
    const count = await publisher.stop();
    expect(await readNumbers(nc, "RENEWED")).toEqual(Array.from({ length: count }, (_, i) => i));
    await nc.close();
  });
});

it("takes the client's certificate as the user where it is mapped", async () => {
  const users = [{ user: "reader@example.com", role: "planner" as const }, { user: "writer" }];
  await folder.up({
    name: "mapped",
    jetstream: jetstreamLimits,
    accounts: { APP: { users } },
    tls: { client: { ...own, verifyAndMap: true } },
  });
  const { connect: facts } = await localStatus(folder.run("mapped"));
  expect(facts.logins.map(({ user, secret }) => ({ user, secret }))).toEqual(users.map(({ user }) => ({ user })));
  const [reader, writer] = await Promise.all(
    facts.logins.map(({ certFile, keyFile }) =>
      connect({ servers: [...facts.urls], tls: { caFile: facts.caFile, certFile, keyFile } }),
    ),
  );
  await (await jetstreamManager(writer as NonNullable<typeof writer>)).streams.add({ name: "S", subjects: ["s"] });
  const managed = await jetstreamManager(reader as NonNullable<typeof reader>);
  expect((await managed.streams.info("S")).config.name).toBe("S");
  await expect(managed.streams.delete("S")).rejects.toThrow(/permission/i);
  await Promise.all([reader?.close(), writer?.close()]);
});

it("has nothing to renew where no certificate is made here", async () => {
  await folder.up({ name: "plain", jetstream: jetstreamLimits });
  await expect(renewCertificates(folder.run("plain"), await folder.binary())).rejects.toThrow(
    'LC115 cluster "plain": tls has no certificate that is made here. Renew the files it names, and run up.',
  );
});
