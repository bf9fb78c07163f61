import { App, Chart, Yaml } from "cdk8s";
import { Construct } from "constructs";
import * as hw from "../../../constructs/cdk8s/index";
import { nackTopology } from "../../../render/nack/nack-topology";
import { listen, newChart, problemsOf, synth } from "./support";

listen();

const PULL = { kind: "pull", ackPolicy: "explicit" } as const;

/** With keys in cdk8s' order. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedKeys(item)]));
}

describe("an asset", () => {
  it("is a resource of NACK with everything written out", () => {
    const chart = newChart("shop", { namespace: "messaging", labels: { team: "orders" } });
    new hw.Stream(chart, "ORDERS", {
      subjects: ["orders.v1.>"],
      replicas: 3,
      maxAge: "30d",
      metadata: { purpose: "billing" },
      connection: { account: "nats" },
      waive: [{ rule: "jetstream-description-set", reason: "moves away", expires: "2027-03-31" }],
      resource: { annotations: { note: "kept" } },
    });
    expect(synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "jetstream.nats.io/v1beta2",
    "kind": "Stream",
    "metadata": {
      "annotations": {
        "headwater.dev/waive": "[{"rule":"jetstream-description-set","reason":"moves away","expires":"2027-03-31"}]",
        "note": "kept",
      },
      "labels": {
        "team": "orders",
      },
      "name": "orders",
      "namespace": "messaging",
    },
    "spec": {
      "account": "nats",
      "compression": "none",
      "consumerLimits": {
        "inactiveThreshold": "0s",
      },
      "discard": "old",
      "duplicateWindow": "0s",
      "maxAge": "720h",
      "maxBytes": -1,
      "maxConsumers": -1,
      "maxMsgSize": -1,
      "maxMsgs": -1,
      "maxMsgsPerSubject": -1,
      "metadata": {
        "headwater.owner": "nack/messaging/orders",
        "purpose": "billing",
      },
      "name": "ORDERS",
      "preventDelete": true,
      "preventUpdate": true,
      "replicas": 3,
      "retention": "limits",
      "storage": "file",
      "subjectDeleteMarkerTtl": "0s",
      "subjects": [
        "orders.v1.>",
      ],
    },
  },
]
`);
  });

  it.each([
    [
      "KeyValue",
      (chart: Chart) => new hw.KeyValue(chart, "sessions", { history: 5, ttl: "1h" }),
      { bucket: "sessions", history: 5, ttl: "1h" },
    ],
    [
      "ObjectStore",
      (chart: Chart) => new hw.ObjectStore(chart, "artifacts", { maxBytes: "1GiB" }),
      { bucket: "artifacts", maxBytes: 2 ** 30 },
    ],
    [
      "Stream",
      (chart: Chart) => new hw.Stream(chart, "orders", { name: "ORDERS", subjects: ["orders"] }),
      { name: "ORDERS", subjects: ["orders"] },
    ],
  ])("is a %s", (kind, make, spec) => {
    const chart = newChart();
    make(chart);
    expect(synth(chart)).toEqual([
      expect.objectContaining({
        apiVersion: "jetstream.nats.io/v1beta2",
        kind,
        spec: expect.objectContaining({
          ...spec,
          replicas: 1,
          storage: "file",
          preventDelete: true,
          preventUpdate: true,
        }),
      }),
    ]);
  });

  it("has a name made from its own, or the one it is given, and keeps both apart", () => {
    const chart = newChart();
    new hw.Stream(chart, "ORDERS_V1", { subjects: ["a"] });
    new hw.Stream(chart, "b", { name: "B", subjects: ["b"], resource: { name: "second", namespace: "elsewhere" } });
    expect(synth(chart).map(({ metadata }) => metadata)).toEqual([
      { name: "orders-v1" },
      { name: "second", namespace: "elsewhere" },
    ]);
  });

  it("is deleted with its resource only where that is said, and edited where that is said", () => {
    const chart = newChart();
    hw.setDefaults(chart, { updates: "apply" });
    new hw.Stream(chart, "A", { subjects: ["a"], onDelete: "delete" });
    new hw.Stream(chart, "B", { subjects: ["b"], onDelete: "retain", updates: "never" });
    const said = synth(chart).map(({ spec }) => spec as Record<string, unknown>);
    expect(said.map(({ preventDelete, preventUpdate }) => [preventDelete, preventUpdate])).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});

describe("a consumer", () => {
  it("comes after its stream, and lives where that does", () => {
    const chart = newChart();
    const holder = new Construct(chart, "readers");
    const account = new hw.Account(chart, "nats", { servers: ["nats://nats:4222"] });
    const orders = new hw.Stream(new Construct(chart, "zone"), "ORDERS", {
      subjects: ["orders.>"],
      connection: account,
    });
    const billing = new hw.Consumer(holder, "billing", { ...PULL, stream: orders });
    new hw.Consumer(holder, "audit", { ...PULL, stream: "ORDERS", connection: account });
    expect([billing.name, billing.stream]).toEqual(["billing", "ORDERS"]);
    expect(
      synth(chart).map(({ kind, metadata, spec }) => [kind, metadata.name, (spec as { account?: string }).account]),
    ).toEqual([
      ["Account", "nats", undefined],
      ["Stream", "orders", "nats"],
      ["Consumer", "orders-billing", "nats"],
      ["Consumer", "orders-audit", "nats"],
    ]);
  });
});

describe("an account", () => {
  it("names servers, and Secrets for what is secret", () => {
    const chart = newChart("shop", { namespace: "messaging" });
    const tls = { secretName: "nats-tls", caKey: "ca.crt" };
    const user = { secretName: "nats-app", userKey: "user", passwordKey: "password" };
    const account = new hw.Account(chart, "EU", {
      servers: ["tls://nats:4222"],
      user,
      tls,
      tlsFirst: true,
      jsDomain: "eu",
    });
    expect(account.connection).toEqual({ account: "eu", tlsFirst: true, jsDomain: "eu" });
    expect(synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "jetstream.nats.io/v1beta2",
    "kind": "Account",
    "metadata": {
      "name": "eu",
      "namespace": "messaging",
    },
    "spec": {
      "servers": [
        "tls://nats:4222",
      ],
      "tls": {
        "ca": "ca.crt",
        "secret": {
          "name": "nats-tls",
        },
      },
      "tlsFirst": true,
      "user": {
        "password": "password",
        "secret": {
          "name": "nats-app",
        },
        "user": "user",
      },
    },
  },
]
`);
  });
});

describe("a topology", () => {
  it("is a construct for each asset, by name, with what holds for all", () => {
    const chart = newChart("shop");
    const topology = new hw.Topology(chart, "orders", {
      streams: { ORDERS: { subjects: ["orders.>"] }, orders: { subjects: ["small.>"] } },
      keyValues: { sessions: { ttl: "1h" } },
      objectStores: { artifacts: {} },
      consumers: [
        { ...PULL, stream: "ORDERS", name: "billing" },
        { ...PULL, stream: "ELSEWHERE", name: "r" },
      ],
      external: { ELSEWHERE: {} },
      connection: { servers: ["nats://nats:4222"], jsDomain: "eu" },
      onDelete: "delete",
    });
    expect([
      Object.keys(topology.streams),
      Object.keys(topology.consumers),
      topology.keyValues.sessions?.node.path,
      topology.objectStores.artifacts?.node.path,
    ]).toEqual([
      ["ORDERS", "orders"],
      ["ORDERS/billing", "ELSEWHERE/r"],
      "shop/orders/KV_sessions",
      "shop/orders/OBJ_artifacts",
    ]);
    const objects = synth(chart);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "Stream orders",
      "KeyValue sessions",
      "ObjectStore artifacts",
      "Stream orders-d0d6efb1",
      "Consumer orders-billing",
      "Consumer elsewhere-r",
    ]);
    for (const { spec } of objects)
      expect(spec).toMatchObject({ servers: ["nats://nats:4222"], jsDomain: "eu", preventDelete: false });
  });

  const related = {
    streams: {
      ORIGIN: { allowDirect: true, consumerLimits: { maxAckPending: 50, inactiveThreshold: "1h" } },
      COPY: { mirror: { name: "ORIGIN" } },
      KEYS: { mirror: { name: "KV_sessions" } },
    },
    keyValues: { sessions: { history: 5 }, Sessions: {} },
    objectStores: { artifacts: {} },
    consumers: [{ ...PULL, stream: "ORIGIN", name: "a" }],
  } as const;

  it("is what rendering it alone gives, to the letter", () => {
    const chart = newChart("shop", { namespace: "n" });
    const connection = { account: "nats" };
    new hw.Topology(chart, "all", { ...related, connection });
    const sorted = (objects: readonly object[]) => objects.map((object) => Yaml.stringify(sortedKeys(object))).sort();
    expect(sorted(synth(chart))).toEqual(sorted(nackTopology(related, { namespace: "n", connection }).objects));
  });

  it("may be in two charts: what one asset has from another is written, however late that comes", () => {
    const app = new App();
    const [first, second] = [new Chart(app, "first"), new Chart(app, "second")];
    new hw.Stream(first, "COPY", { mirror: { name: "ORIGIN" } });
    new hw.Consumer(first, "a", { ...PULL, stream: "ORIGIN" });
    const specs = (chart: Chart) => synth(chart).map(({ spec }) => spec);
    expect(specs(first)).toEqual([
      expect.not.objectContaining({ mirrorDirect: true }),
      expect.not.objectContaining({ maxAckPending: 50 }),
    ]);
    new hw.Stream(second, "ORIGIN", related.streams.ORIGIN);
    const implied = [{ mirrorDirect: true }, { maxAckPending: 50, inactiveThreshold: "1h" }];
    expect(specs(first)).toEqual(implied.map((each) => expect.objectContaining(each)));
    second.node.tryRemoveChild("ORIGIN");
    expect(specs(first)[0]).toEqual(expect.not.objectContaining({ mirrorDirect: true }));
  });

  it("refuses acknowledgments of assets it does not have", () => {
    const chart = newChart();
    const allow = { KV_sesions: [{ code: "DL102", field: "maxBytes", reason: "agreed" }] };
    new hw.Topology(chart, "orders", { keyValues: { sessions: {} }, allow });
    expect(problemsOf(chart)).toEqual([
      '[shop/orders] AK101 topology "orders": allow.KV_sesions names no asset of the topology. Correct the name: STREAM, STREAM/CONSUMER, KV_bucket or OBJ_bucket.',
    ]);
  });
});

describe("a provisioning job", () => {
  it("is a Job with its ConfigMap and ServiceAccount, and its topology is judged with the app", () => {
    const chart = newChart("shop", { namespace: "messaging" });
    const args = { image: "registry.example/headwater:0.1.0", servers: ["nats://nats:4222"] };
    new hw.ProvisioningJob(chart, "provision", {
      ...args,
      topology: { streams: { ORDERS: { subjects: ["orders.>"] } } },
    });
    const objects = synth(chart);
    expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
      ["ServiceAccount", "messaging"],
      ["ConfigMap", "messaging"],
      ["Job", "messaging"],
    ]);
    new hw.ProvisioningJob(chart, "again", {
      ...args,
      image: "",
      topology: { streams: { OLD: { subjects: ["orders.old"] } } },
    });
    expect(problemsOf(chart)).toEqual([
      '[shop/again] PJ101 provisioning job "again": image must be an image with its tag or digest, got "". Correct the value.',
      '[shop/again] SP201 stream "OLD": subjects[0] "orders.old" overlaps "orders.>" of stream "ORDERS". Let one stream own the subject: narrow one of the two, or use a source or a mirror.',
    ]);
  });
});

describe("an event bus", () => {
  it("is Argo's resource with a disruption budget", () => {
    const chart = newChart("events", { namespace: "argo" });
    new hw.EventBus(chart, "default", { type: "native", version: "2.10.29", persistence: { volumeSize: "20GiB" } });
    expect(synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "argoproj.io/v1alpha1",
    "kind": "EventBus",
    "metadata": {
      "name": "default",
      "namespace": "argo",
    },
    "spec": {
      "jetstream": {
        "persistence": {
          "volumeSize": "20Gi",
        },
        "version": "2.10.29",
      },
    },
  },
  {
    "apiVersion": "policy/v1",
    "kind": "PodDisruptionBudget",
    "metadata": {
      "name": "eventbus-default-js",
      "namespace": "argo",
    },
    "spec": {
      "maxUnavailable": 1,
      "selector": {
        "matchLabels": {
          "controller": "eventbus-controller",
          "eventbus-name": "default",
          "owner-name": "default",
        },
      },
    },
  },
]
`);
  });

  it("has its stream managed on servers that exist", () => {
    const chart = newChart("events");
    const bus = new hw.EventBus(chart, "default", {
      type: "exotic",
      url: "nats://nats:4222",
      streamConfig: { maxAge: "1d" },
      manageStream: { connection: { account: "nats" }, onDelete: "delete" },
    });
    expect(bus.stream?.name).toBe("default");
    expect(synth(chart).map(({ kind, spec }) => [kind, (spec as { subjects?: unknown }).subjects])).toEqual([
      ["Stream", ["default.*.*"]],
      ["EventBus", undefined],
    ]);
  });

  it("is judged", () => {
    const chart = newChart("events");
    new hw.EventBus(chart, "default", {
      type: "native",
      version: "2.10.29",
      replicas: 2,
      streamConfig: { replicas: 1 },
    });
    expect(problemsOf(chart)).toEqual([
      expect.stringMatching(/^\[events\/default\] EB\d+ event bus "default": replicas /),
    ]);
  });
});

describe("output", () => {
  const shop = () => {
    const app = new App();
    const chart = new Chart(app, "shop");
    const streams = Object.fromEntries(
      ["B", "A", "C"].map((name) => [name, { subjects: [name], metadata: { z: "1", a: "2" } }]),
    );
    new hw.Topology(chart, "all", { streams, consumers: [{ ...PULL, stream: "C", name: "c" }] });
    return app;
  };

  it("is the same, byte by byte, however often it is made", () => {
    const app = shop();
    expect(app.synthYaml()).toBe(shop().synthYaml());
    expect(app.synthYaml()).toBe(app.synthYaml());
  });
});
