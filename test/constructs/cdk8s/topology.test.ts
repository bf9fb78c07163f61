import { App, Chart, Yaml } from "cdk8s";
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
