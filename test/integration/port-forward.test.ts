import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { manage } from "../support/handlers";
import { type FakeKubernetes, SERVICE, startKubernetes } from "../support/kubernetes-api";
import { startServer, startServers, type TestServer } from "../support/nats";
import { type ProviderProcess, startProvider } from "../support/provider-process";

const folder = mkdtempSync(join(tmpdir(), "headwater-forward-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let kubernetes: FakeKubernetes;
let provider: ProviderProcess;
let servers: TestServer[] = [];
beforeEach(async () => {
  kubernetes = await startKubernetes();
  provider = startProvider({ HOME: folder, KUBECONFIG: "" });
});
afterEach(async () => {
  await provider.stop();
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  await kubernetes.stop();
});

const NAME = `${SERVICE.namespace}/${SERVICE.service}:${SERVICE.port}`;

function settings(more: Record<string, string> = {}): Record<string, string> {
  return {
    "nats:servers": "nats://nats.messaging.svc:4222",
    "nats:portForward": NAME,
    "nats:portForwardKubeconfig": kubernetes.kubeconfig,
    "nats:connectTimeout": "1s",
    "nats:timeout": "20s",
    ...more,
  };
}

const stream = async (more?: Record<string, string>) => manage(await provider.handlerOf("stream", settings(more)));

function addPod(server: TestServer, ready = true): string {
  const name = `nats-${kubernetes.pods.length}`;
  kubernetes.pods.push({ name, port: Number(new URL(server.url).port), ready });
  return name;
}

const refused = async (more: Record<string, string>, message: string) => {
  const asset = await stream(more);
  const error = await asset.apply({ name: "S" }).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error?.message).toBe(message);
};

/** A certificate for one DNS name, which is its own authority. */
async function serverCertificate(folder: string, name: string) {
  const pem = await generate([{ name: "commonName", value: name }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2 as const, value: name }] }],
  });
  const [certFile, keyFile] = [join(folder, "server.pem"), join(folder, "server.key")];
  writeFileSync(certFile, pem.cert);
  writeFileSync(keyFile, pem.private);
  return { cert: pem.cert, certFile, keyFile };
}

describe("a port-forward", () => {
  it("reaches a ready pod behind the Service, and no other", async () => {
    servers = await startServers(2, { jetstream: false });
    servers = [...servers, await startServer()];
    addPod(servers[0] as TestServer, false);
    addPod(servers[2] as TestServer);
    const asset = await stream();
    await asset.apply({ name: "S" });
    expect(await asset.refresh()).toMatchObject({ name: "S" });
    expect(kubernetes.forwarded).toEqual(["nats-1"]);
  });

  it("takes another pod when the one it used goes away", async () => {
    servers = await startServers(3, {});
    for (const server of servers) addPod(server);
    const asset = await stream();
    await asset.apply({ name: "S", replicas: 3 });
    (kubernetes.pods[0] as { ready: boolean }).ready = false;
    await servers[0]?.kill();
    kubernetes.drop("nats-0");
    await asset.apply({ name: "S", replicas: 3, description: "later" });
    expect(await asset.refresh()).toMatchObject({ description: "later" });
    expect(kubernetes.forwarded[0]).toBe("nats-0");
    expect(kubernetes.forwarded.slice(1)).not.toContain("nats-0");
    expect(kubernetes.forwarded.length).toBeGreaterThan(1);
  });

  it("passes over a ready pod that does not answer", async () => {
    servers = [await startServer(), await startServer()];
    for (const server of servers) addPod(server);
    await servers[0]?.kill();
    const asset = await stream({ "nats:connectTimeout": "5s" });
    await asset.apply({ name: "S" });
    expect(kubernetes.forwarded.slice(0, 2)).toEqual(["nats-0", "nats-1"]);
  });

  it("waits for a pod to be ready", async () => {
    servers = [await startServer()];
    addPod(servers[0] as TestServer, false);
    const asset = await stream({ "nats:connectTimeout": "20s" });
    setTimeout(() => {
      (kubernetes.pods[0] as { ready: boolean }).ready = true;
    }, 1_500);
    await asset.apply({ name: "S" });
  });

  it("reads the kubeconfig from a file, with a context", async () => {
    servers = [await startServer()];
    addPod(servers[0] as TestServer);
    const file = join(folder, "config");
    writeFileSync(file, kubernetes.kubeconfig);
    const asset = await stream({ "nats:portForwardKubeconfig": file, "nats:portForwardContext": "fake" });
    await asset.apply({ name: "S" });
  });

  it("checks the certificate for the name in Kubernetes, not for 127.0.0.1", async () => {
    const pem = await serverCertificate(folder, "nats.messaging.svc");
    servers = [await startServer({ config: `tls { cert_file: "${pem.certFile}", key_file: "${pem.keyFile}" }` })];
    addPod(servers[0] as TestServer);
    const asset = await stream({ "nats:servers": "tls://nats.messaging.svc:4222", "nats:ca": pem.cert });
    await asset.apply({ name: "S" });
    await refused(
      { "nats:servers": "tls://nats.elsewhere.svc:4222", "nats:ca": pem.cert },
      `CN103 provider "tls://nats.elsewhere.svc:4222": the connection cannot be set up ("Hostname/IP does not match certificate's altnames: Host: nats.elsewhere.svc. is not in the cert's altnames: DNS:nats.messaging.svc"). Check the provider's TLS options and keys.`,
    );
  });

  it("is off with false", async () => {
    servers = [await startServer()];
    const asset = await stream({ "nats:portForward": "false", "nats:servers": (servers[0] as TestServer).url });
    await asset.apply({ name: "S" });
    expect(kubernetes.forwarded).toEqual([]);
  });
});

describe("a port-forward that cannot be", () => {
  it("for want of a ready pod", async () => {
    servers = [await startServer()];
    addPod(servers[0] as TestServer, false);
    await refused(
      {},
      `CN111 provider "${NAME}": no pod behind the Service is ready (1 found). Check the pods; nats:connectTimeout waits longer.`,
    );
  });

  it("for want of an answer of the pod", async () => {
    servers = [await startServer()];
    const pod = addPod(servers[0] as TestServer);
    await servers[0]?.kill();
    await refused(
      {},
      `CN112 provider "${NAME}": the Kubernetes API did not do it ("pod ${pod}: connect ECONNREFUSED 127.0.0.1:${kubernetes.pods[0]?.port}"). Check that the kubeconfig's cluster can be reached, and that the pods listen.`,
    );
  });

  it("for want of a Service", () =>
    refused(
      { "nats:portForward": "messaging/absent:4222" },
      'CN110 provider "messaging/absent:4222": there is no such Service. Check nats:portForward.',
    ));

  it("for want of the port", () =>
    refused(
      { "nats:portForward": "messaging/nats:4333" },
      'CN110 provider "messaging/nats:4333": the Service has no port 4333. Check nats:portForward.',
    ));

  it.each(["services", "pods"])("for want of a permission on %s", async (resource) => {
    kubernetes.forbidden.add(resource);
    await refused(
      {},
      `CN109 provider "${NAME}": Kubernetes refused the port-forward ("${resource} is forbidden: User "tester" cannot use it in the namespace "messaging"", 403). Grant the user of the kubeconfig get on services, list on pods, and get and create on pods/portforward there.`,
    );
  });

  it("for want of a permission to forward", async () => {
    servers = [await startServer()];
    addPod(servers[0] as TestServer);
    kubernetes.forbidden.add("portforward");
    await refused(
      {},
      `CN109 provider "${NAME}": Kubernetes refused the port-forward ("Unexpected server response: 403", 403). Grant the user of the kubeconfig get on services, list on pods, and get and create on pods/portforward there.`,
    );
  });

  it("for an old token", () =>
    refused(
      { "nats:portForwardKubeconfig": kubernetes.kubeconfig.replace(/token: \S+/, "token: expired") },
      `CN109 provider "${NAME}": Kubernetes refused the port-forward ("Unauthorized", 401). Grant the user of the kubeconfig get on services, list on pods, and get and create on pods/portforward there.`,
    ));

  it("for want of an answer", async () => {
    const nobody = kubernetes.kubeconfig.replace(/https:[^"]+/, "https://127.0.0.1:2");
    await refused(
      { "nats:portForwardKubeconfig": nobody },
      `CN112 provider "${NAME}": the Kubernetes API did not do it ("connect ECONNREFUSED 127.0.0.1:2"). Check that the kubeconfig's cluster can be reached, and that the pods listen.`,
    );
  });

  it("for want of the file", () =>
    refused(
      { "nats:portForwardKubeconfig": "/absent/config" },
      'CN108 provider "nats": the kubeconfig /absent/config cannot be read (ENOENT). Give the path or the text of a kubeconfig.',
    ));

  it("for a text that is no kubeconfig, without the text", () =>
    refused(
      { "nats:portForwardKubeconfig": "users:\n- token: SECRET\n  - x: [" },
      'CN108 provider "nats": the text of the kubeconfig is not a kubeconfig. Give the path or the text of a kubeconfig.',
    ));

  it("for want of the context", () =>
    refused(
      { "nats:portForwardContext": "absent" },
      'CN108 provider "nats": the text of the kubeconfig has no context "absent". It has "fake".',
    ));

  it("for want of any kubeconfig", () =>
    refused(
      { "nats:portForwardKubeconfig": "" },
      'CN108 provider "nats": there is no kubeconfig. Set KUBECONFIG, or the port-forward\'s kubeconfig.',
    ));

  it("for want of the client for Kubernetes", async () => {
    await provider.stop();
    provider = startProvider({}, join(process.env.HEADWATER_TEST_INSTALL as string, "node_modules", "headwater"));
    await refused(
      {},
      'CN107 provider "nats": nats:portForward needs @kubernetes/client-node, which is not installed. Run `npm i @kubernetes/client-node`, or set portForward: false and servers that can be reached.',
    );
  });
});
