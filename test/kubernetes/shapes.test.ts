import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { serviceNames } from "../../render/kubernetes/certificates";
import { createAuthority } from "../../secrets/authority";
import { issueCertificate } from "../../secrets/certificate";
import { generateKey } from "../../secrets/generate-key";
import { manage } from "../support/handlers";
import { describeWith, install, kubectl, missing, ready, remove, secret } from "../support/kubernetes";
import { operatorTokens } from "../support/operator-tokens";
import { type ProviderProcess, startProvider } from "../support/provider-process";

const common = { kubernetes: { spread: "none", minReady: "0s" } } as const;
const volume = { size: "10GiB" } as const;
const password = (key: string) => ({ secretName: "logins", key });
const accounts = {
  SYS: { users: [{ user: "sys", password: password("sys") }] },
  APP: { users: [{ user: "app", password: password("app") }] },
};

/** A cluster as it is installed, and what else has to be there. */
interface Shape {
  readonly spec: ClusterSpec;
  readonly replicas: number;
  readonly login?: Readonly<Record<string, string>>;
}

const app = { "nats:user": "app", "nats:password": "secret-app" };
const own = (side: string) => ({ secretName: `${side}-tls` });

const shapes: Readonly<Record<string, Shape>> = {
  "one server with a volume": { spec: { ...common, name: "single", jetstream: { volume } }, replicas: 1 },
  "one server of a cluster, with its witness": {
    spec: { ...common, name: "witnessed", standalone: false, jetstream: {}, accounts },
    replicas: 1,
    login: app,
  },
  "three servers with accounts, TLS, encryption and an exporter": {
    spec: {
      ...common,
      name: "three",
      size: 3,
      jetstream: { maxFileStore: "1GiB", encryption: { key: password("key"), cipher: "aes" } },
      accounts,
      tls: { client: own("client"), cluster: own("cluster"), websocket: own("client") },
      websocket: {},
      monitoring: { exporter: true },
    },
    replicas: 3,
    login: app,
  },
  "a hub that accepts leaf nodes": {
    spec: { ...common, name: "hub", jetstream: { domain: "hub" }, accounts, leafNodes: { listen: true } },
    replicas: 1,
    login: { ...app, "nats:domain": "hub" },
  },
  "a leaf node of that hub": {
    spec: {
      ...common,
      name: "leaf",
      jetstream: { domain: "leaf" },
      leafNodes: { remotes: [{ urls: ["nats-leaf://hub.hub.svc:7422"], user: "app", password: password("app") }] },
    },
    replicas: 1,
    login: { "nats:domain": "leaf" },
  },
  // Clusters of a super-cluster elect one leader: there is none before the other one runs.
  "a cluster of a pair with gateways": {
    spec: {
      ...common,
      name: "west",
      standalone: false,
      jetstream: {},
      gateway: { remotes: [{ name: "east", urls: ["nats://east-headless.east.svc:7222"] }] },
    },
    replicas: 0,
  },
  "the other cluster of the pair": {
    spec: {
      ...common,
      name: "east",
      standalone: false,
      jetstream: {},
      gateway: { remotes: [{ name: "west", urls: ["nats://west-headless.west.svc:7222"] }] },
    },
    replicas: 1,
  },
  "one server of an operator": {
    spec: { ...common, name: "operated", jetstream: {}, operator: { ...operatorTokens(), resolver: { type: "full" } } },
    replicas: 0,
  },
};

async function secretsOf(spec: ClusterSpec) {
  const { namespace } = effectiveCluster(spec);
  const authority = await createAuthority({ commonName: "test", validity: "1d" });
  const { certificate, key } = await issueCertificate(authority, {
    commonName: spec.name,
    dnsNames: serviceNames(spec),
    usages: ["server", "client"],
    validity: "1d",
  });
  const pem = { "tls.crt": certificate, "tls.key": key, "ca.crt": authority.certificate };
  const plain = { sys: "secret-sys", app: "secret-app", key: generateKey() };
  const logins = secret(namespace, "logins", plain);
  return {
    ca: authority.certificate,
    objects: [
      logins,
      ...["client", "cluster"].map((side) => secret(namespace, `${side}-tls`, pem, "kubernetes.io/tls")),
    ],
  };
}

describeWith(missing.chart, "the chart with our values", () => {
  let provider: ProviderProcess;
  beforeAll(() => {
    provider = startProvider();
  });
  afterAll(async () => {
    await provider.stop();
    await Promise.all(Object.values(shapes).map(({ spec }) => remove(effectiveCluster(spec).namespace)));
  });

  it.each(Object.entries(shapes))(
    "installs %s: pods ready, and a stream made through the Kubernetes API",
    async (_, shape) => {
      const { spec, replicas } = shape;
      const { witness } = effectiveCluster(spec);
      const { ca, objects } = await secretsOf(spec);
      await install(spec, { before: objects });
      await ready(spec);
      if (witness) await ready(spec, `${spec.name}-witness`);
      if (replicas > 0)
        expect(await makeStream(shape, ca)).toMatchObject({ name: "ORDERS", created: expect.stringMatching(/^20/) });
    },
  );

  async function makeStream({ spec, replicas, login }: Shape, ca = "") {
    const { namespace, size } = effectiveCluster(spec);
    const stream = manage(
      await provider.handlerOf("stream", {
        "nats:servers": `${spec.tls ? "tls" : "nats"}://${spec.name}.${namespace}.svc:4222`,
        "nats:portForward": `${namespace}/${spec.name}:4222`,
        "nats:connectTimeout": "60s",
        "nats:waitForServers": String(size),
        ...(spec.tls && { "nats:tls": "true", "nats:ca": ca }),
        ...login,
      }),
    );
    await stream.apply({ name: "ORDERS", subjects: ["orders.>"], replicas });
    return stream.outputs;
  }

  it("spreads servers, budgets disruptions and gives them time to end", async () => {
    const budget = await kubectl("get", "pdb", "three", "-n", "three", "-o", "jsonpath={.spec.maxUnavailable}");
    const grace = await kubectl(
      "get",
      "pod",
      "three-0",
      "-n",
      "three",
      "-o",
      "jsonpath={.spec.terminationGracePeriodSeconds}",
    );
    expect([budget, grace]).toEqual(["1", "60"]);
  });

  it("connects the leaf node and the gateways", async () => {
    const ask = async (namespace: string, path: string) =>
      JSON.parse(
        await kubectl(
          "exec",
          "-n",
          namespace,
          `${namespace}-0`,
          "-c",
          "nats",
          "--",
          "wget",
          "-qO-",
          `http://127.0.0.1:8222${path}`,
        ),
      );
    expect((await ask("hub", "/leafz")).leafnodes).toBe(1);
    expect(Object.keys((await ask("west", "/gatewayz")).outbound_gateways)).toEqual(["east"]);
  });
});
