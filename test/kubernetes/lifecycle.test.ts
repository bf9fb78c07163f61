import { X509Certificate } from "node:crypto";
import { connect as dial } from "node:net";
import { connect as secure } from "node:tls";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { serviceNames } from "../../render/kubernetes/certificates";
import { confText } from "../../render/server-environment";
import { createAuthority } from "../../secrets/authority";
import { issueCertificate } from "../../secrets/certificate";
import { generateKey } from "../../secrets/generate-key";
import { KEY_TAG, keyId } from "../../secrets/key-id";
import type { KeyedCertificate } from "../../secrets/sign-certificate";
import {
  apply,
  describeWith,
  type Forward,
  forward,
  install,
  kubectl,
  missing,
  ready,
  remove,
  secret,
} from "../support/kubernetes";
import { fill, type Load, led, MARK, readBack, settled, startLoad } from "../support/load";
import { type ProviderProcess, startProvider } from "../support/provider-process";

const NAMESPACE = "lifecycle";
const SECRETS = "lifecycle-secrets";
const password = (key: string) => ({ secretName: SECRETS, key });
const own = (side: string) => ({ secretName: `${side}-tls` });

/** Three servers with everything that has a life: TLS, a key, accounts. */
const specWith = (generation: number): ClusterSpec => ({
  name: NAMESPACE,
  size: 3,
  jetstream: { volume: { size: "10GiB" }, maxFileStore: "1GiB", encryption: { key: password(`key-${generation}`) } },
  accounts: {
    SYS: { users: [{ user: "sys", password: password("sys") }] },
    APP: { users: [{ user: "app", password: password("app") }] },
  },
  tls: { client: own("client"), cluster: own("cluster") },
  kubernetes: { spread: "none", minReady: "0s" },
});

const keys = [generateKey(), generateKey()] as const;
const idOf = (generation: number) => keyId(keys[generation - 1] as string);
const contextWith = (generation: number) => ({ keyTags: { key: password(`tag-${generation}`) } });

const logins = secret(NAMESPACE, SECRETS, {
  sys: "secret-sys",
  app: "secret-app",
  ...Object.fromEntries(keys.map((key, i) => [`key-${i + 1}`, key])),
  ...Object.fromEntries(keys.map((key, i) => [`tag-${i + 1}`, confText(`${KEY_TAG}${keyId(key)}`)])),
});

async function certificates(authority: KeyedCertificate) {
  const { certificate, key } = await issueCertificate(authority, {
    commonName: NAMESPACE,
    dnsNames: serviceNames(specWith(1)),
    usages: ["server", "client"],
    validity: "1d",
  });
  const pem = { "tls.crt": certificate, "tls.key": key, "ca.crt": authority.certificate };
  return ["client", "cluster"].map((side) => secret(NAMESPACE, `${side}-tls`, pem, "kubernetes.io/tls"));
}

describeWith(missing.chart, "a cluster of three on Kubernetes", () => {
  let provider: ProviderProcess;
  let tunnel: Forward;
  let nc: NatsConnection;
  let authority: KeyedCertificate;
  let load: Load;

  beforeAll(async () => {
    await remove(NAMESPACE);
    provider = startProvider();
    authority = await createAuthority({ commonName: "test", validity: "1d" });
    const before = [logins, ...(await certificates(authority))];
    await install(specWith(1), { before, context: contextWith(1), onDelete: true });
    await ready(specWith(1));
    tunnel = await forward(NAMESPACE, NAMESPACE);
    nc = await connect({
      servers: `tls://127.0.0.1:${tunnel.port}`,
      user: "app",
      pass: "secret-app",
      tls: {
        ca: authority.certificate,
        servername: `${NAMESPACE}.${NAMESPACE}.svc`,
        checkServerIdentity: () => undefined,
      } as never,
      ignoreClusterUpdates: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
    });
    await led(nc);
    const jsm = await jetstreamManager(nc);
    for (const [name, replicas] of [
      ["whole", 3],
      ["single", 1],
    ] as const) {
      await jsm.streams.add({ name, subjects: [`${name}.>`], num_replicas: replicas });
      await jsm.consumers.add(name, { durable_name: "load", ack_policy: "explicit" as never, ack_wait: 2e9 });
    }
    await fill(nc, "single", 300);
    load = startLoad(nc, "whole");
  });
  afterAll(async () => {
    await nc?.close();
    tunnel?.close();
    await provider?.stop();
    await remove(NAMESPACE);
  });

  const members = async () =>
    provider.handlerOf("clusterMembers", {
      "nats:servers": `tls://${NAMESPACE}.${NAMESPACE}.svc:4222`,
      "nats:portForward": `${NAMESPACE}/${NAMESPACE}:4222`,
      "nats:user": "sys",
      "nats:password": "secret-sys",
      "nats:tls": "true",
      "nats:ca": authority.certificate,
      "nats:connectTimeout": "60s",
    });
  const inputs = (generation: number) => ({
    cluster: NAMESPACE,
    statefulSet: NAMESPACE,
    servers: [0, 1, 2].map((i) => `${NAMESPACE}-${i}`),
    claims: [0, 1, 2].map((i) => `${NAMESPACE}-js-${NAMESPACE}-${i}`),
    standalone: false,
    keys: { key: idOf(generation) },
    spec: {},
  });
  const count = async (i: number, text: string) =>
    Number(
      await kubectl(
        "exec",
        "-n",
        NAMESPACE,
        `${NAMESPACE}-${i}`,
        "-c",
        "nats",
        "--",
        "sh",
        "-c",
        `grep -rl -e '${text}' /data | wc -l`,
      ),
    );

  it("has nothing readable on its volumes", async () => {
    const jsm = await jetstreamManager(nc);
    while ((await jsm.streams.info("whole")).state.messages < 200)
      await new Promise((resolve) => setTimeout(resolve, 200));
    const files = await Promise.all([0, 1, 2].map((i) => count(i, MARK)));
    const blocks = await kubectl(
      "exec",
      "-n",
      NAMESPACE,
      `${NAMESPACE}-0`,
      "-c",
      "nats",
      "--",
      "sh",
      "-c",
      "find /data -name '*.blk' | wc -l",
    );
    expect(files).toEqual([0, 0, 0]);
    expect(Number(blocks)).toBeGreaterThan(0);
  });

  it("gets another key, one server at a time, while messages come and go", async () => {
    const handler = await members();
    const { outs } = await handler.create(inputs(1));
    await install(specWith(2), { context: contextWith(2), onDelete: true });
    const before = await kubectl("get", "pods", "-n", NAMESPACE, "-o", "jsonpath={.items[*].metadata.uid}");
    await handler.update(NAMESPACE, outs, inputs(2));
    const after = await kubectl("get", "pods", "-n", NAMESPACE, "-o", "jsonpath={.items[*].metadata.uid}");
    expect(after.split(" ").filter((uid) => before.includes(uid))).toEqual([]);
    const { num_replicas } = (await (await jetstreamManager(nc)).streams.info("single")).config;
    expect(num_replicas).toBe(1);
  });

  it("takes renewed certificates over without a restart", async () => {
    const before = await kubectl("get", "pods", "-n", NAMESPACE, "-o", "jsonpath={.items[*].metadata.uid}");
    const renewed = await certificates(authority);
    await apply(renewed);
    const wanted = (renewed[0] as { stringData: Record<string, string> }).stringData["tls.crt"] as string;
    await shows(wanted);
    expect(await kubectl("get", "pods", "-n", NAMESPACE, "-o", "jsonpath={.items[*].metadata.uid}")).toBe(before);
  });

  it("has lost nothing of it all", async () => {
    await load.stop();
    await settled(nc, ["whole", "single"]);
    expect(await readBack(nc, "whole")).toBe(load.published);
    expect(load.consumed).toBe(load.published);
    expect(await readBack(nc, "single")).toBe(300);
  });

  // Kubernetes hands a changed Secret to the pods within a minute or two.
  async function shows(certificate: string): Promise<void> {
    const wanted = new X509Certificate(certificate).fingerprint256;
    const deadline = Date.now() + 240_000;
    while ((await shownCertificate(tunnel.port)) !== wanted) {
      if (Date.now() > deadline) throw new Error("the servers still show the old certificate");
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
});

// A server greets in the clear before it begins TLS.
function shownCertificate(port: number): Promise<string> {
  return new Promise((resolve) => {
    const plain = dial({ host: "127.0.0.1", port });
    plain.on("error", () => resolve(""));
    plain.once("data", () => {
      const socket = secure({ socket: plain, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256 ?? "");
        socket.destroy();
      });
      socket.on("error", () => resolve(""));
    });
  });
}
