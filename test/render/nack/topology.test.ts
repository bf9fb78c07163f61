import { yamlText } from "../../../model/yaml-text";
import { accountObject } from "../../../render/nack/account-object";
import { metadataName, metadataNames } from "../../../render/nack/metadata-name";
import { assetsAsRendered, nackTopology } from "../../../render/nack/nack-topology";
import { toNack } from "../../../render/nack/to-nack";

const stream = (name: string) => ({ kind: "stream" as const, spec: { name } });

describe("names of resources", () => {
  it.each([
    ["ORDERS_DLQ", "orders-dlq"],
    ["orders", "orders"],
    ["-Größe-", "gr-e"],
    ["日本", "stream-cf2abf0c"],
  ])("%s is %s", (name, expected) => expect(metadataName(stream(name))).toBe(expected));

  it("have at most 253 characters, and are those of RFC 1123", () => {
    const spec = { stream: "S".repeat(200), name: "C".repeat(200) };
    const name = metadataName({ kind: "consumer", spec });
    expect(name).toHaveLength(253);
    expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  });

  it("differ where they would be one, whatever the order", () => {
    const names = ["ORDERS", "orders", "Orders", "OTHER"];
    const made = Object.fromEntries(names.map((name, i) => [name, metadataNames(names.map(stream))[i]]));
    expect(made).toEqual({ ORDERS: "orders-d0d6efb1", orders: "orders", Orders: "orders-b7e8acdd", OTHER: "other" });
    const reversed = names.toReversed();
    expect(metadataNames(reversed.map(stream))).toEqual(reversed.map((name) => made[name]));
  });

  it("tell consumers apart that are written alike", () => {
    const consumers = [
      { kind: "consumer" as const, spec: { stream: "a-b", name: "c" } },
      { kind: "consumer" as const, spec: { stream: "a", name: "b-c" } },
    ];
    expect(new Set(metadataNames(consumers)).size).toBe(2);
  });
});

describe("a resource", () => {
  it("writes what NACK would take otherwise", () => {
    const { object } = toNack(
      "stream",
      { name: "ORDERS", subjects: ["orders.>"], maxAge: "7d", maxBytes: "10GiB", dataClass: "audit" },
      { namespace: "apps", connection: { account: "nats" } },
    );
    expect(yamlText(object)).toBe(`apiVersion: jetstream.nats.io/v1beta2
kind: Stream
metadata:
  name: orders
  namespace: apps
spec:
  name: ORDERS
  subjects:
    - orders.>
  retention: limits
  maxConsumers: -1
  maxMsgs: -1
  maxBytes: 10737418240
  discard: old
  maxAge: 168h
  maxMsgsPerSubject: -1
  maxMsgSize: -1
  storage: file
  replicas: 1
  duplicateWindow: 0s
  compression: none
  consumerLimits:
    inactiveThreshold: 0s
  subjectDeleteMarkerTtl: 0s
  metadata:
    headwater.data-class: audit
    headwater.owner: nack/apps/orders
  account: nats
  preventDelete: true
  preventUpdate: true
`);
  });

  it.each([
    [{}, true, true],
    [{ judged: true }, true, false],
    [{ updates: "apply" as const }, true, false],
    [{ updates: "never" as const, judged: true }, true, true],
    [{ onDelete: "delete" as const }, false, true],
    [{ onDelete: "retain" as const }, true, true],
  ])("with %j", (options, preventDelete, preventUpdate) => {
    expect(toNack("stream", { name: "S" }, options).object.spec).toMatchObject({ preventDelete, preventUpdate });
  });

  it("keeps what NACK has no field for as annotations", () => {
    const waive = [{ rule: "jetstream-description-set", reason: "soon", expires: "2027-03-31" }];
    const options = { onDelete: "retain", waive, owner: "", labels: { a: "b" }, annotations: { c: "d" } } as const;
    const { object } = toNack("key-value bucket", { name: "B", dataClass: "audit" }, options);
    expect(object.metadata).toEqual({
      name: "b",
      labels: { a: "b" },
      annotations: {
        c: "d",
        "headwater.dev/waive": JSON.stringify(waive),
        "headwater.dev/on-delete": "retain",
        "headwater.dev/data-class": "audit",
      },
    });
  });

  it("holds numbers beyond 2^53 with every digit", () => {
    const { object } = toNack("stream", { name: "S", firstSeq: "9007199254740993", maxMsgs: "9007199254740994" });
    expect(yamlText(object)).toContain("firstSequence: 9007199254740993\n");
    expect(yamlText(object)).toContain("maxMsgs: 9007199254740994\n");
  });

  it("is asked for strictly: what servers would fill in is written", () => {
    const spec = (kind: "stream" | "consumer", fields: object) => toNack(kind, { name: "S", ...fields }).object.spec;
    expect(spec("stream", { maxAge: "1m" })).toMatchObject({ duplicateWindow: "1m" });
    expect(spec("stream", { subjectDeleteMarkerTtl: "1m" })).toMatchObject({ allowMsgTtl: true, allowRollup: true });
    expect(spec("stream", { allowMsgSchedules: true })).toMatchObject({ allowRollup: true });
    expect(spec("stream", { republish: { dest: "c.>" } })).toMatchObject({ republish: { source: ">" } });
    const pull = { stream: "T", kind: "pull", ackPolicy: "explicit" };
    expect(spec("consumer", { ...pull, backoff: ["5s", "1d"] })).toMatchObject({
      ackWait: "5s",
      backoff: ["5s", "24h"],
    });
    expect(spec("consumer", { ...pull, priorityPolicy: "pinned_client", priorityGroups: ["a"] })).toMatchObject({
      pinnedTtl: "2m",
    });
  });
});

describe("a set", () => {
  it("writes what one asset has from another", () => {
    const { objects, findings } = nackTopology({
      streams: {
        ORIGIN: { allowDirect: true, consumerLimits: { maxAckPending: 50, inactiveThreshold: "1h" } },
        COPY: { mirror: { name: "ORIGIN" } },
        KEYS: { mirror: { name: "KV_BUCKET" } },
        PLAIN: { mirror: { name: "COPY" }, mirrorDirect: true },
        FAR: { mirror: { name: "ORIGIN", external: { api: "$JS.hub.API" } } },
      },
      keyValues: { BUCKET: {} },
      consumers: [
        { stream: "ORIGIN", name: "a", kind: "pull", ackPolicy: "explicit" },
        { stream: "ORIGIN", name: "b", kind: "pull", ackPolicy: "explicit", maxAckPending: 5 },
      ],
    });
    expect(findings).toEqual([]);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "Stream origin",
      "Stream copy",
      "Stream keys",
      "Stream plain",
      "Stream far",
      "KeyValue bucket",
      "Consumer origin-a",
      "Consumer origin-b",
    ]);
    const specs = objects.map(({ spec }) => spec as Record<string, unknown>);
    expect(specs.slice(1, 5).map(({ mirrorDirect }) => mirrorDirect)).toEqual([true, true, undefined, undefined]);
    expect(specs.slice(6).map(({ maxAckPending, inactiveThreshold }) => [maxAckPending, inactiveThreshold])).toEqual([
      [50, "1h"],
      [5, "1h"],
    ]);
  });

  it("is read back as it is compared with the next one", () => {
    const topology = {
      streams: {
        ORIGIN: { allowDirect: true, consumerLimits: { maxAckPending: 50 } },
        COPY: { mirror: { name: "ORIGIN" } },
      },
      consumers: [{ stream: "ORIGIN", name: "a", kind: "pull", ackPolicy: "explicit", sampleFreq: "30" }],
    } as const;
    expect(assetsAsRendered(topology).slice(1)).toEqual([
      { kind: "stream", spec: { name: "COPY", mirror: { name: "ORIGIN" }, mirrorDirect: true } },
      {
        kind: "consumer",
        spec: {
          stream: "ORIGIN",
          name: "a",
          kind: "pull",
          ackPolicy: "explicit",
          sampleFreq: "30%",
          maxAckPending: 50,
        },
      },
    ]);
  });

  it("takes options of single assets and their waivers", () => {
    const waive = [{ rule: "r", reason: "soon", expires: "2027-03-31" }];
    const { objects } = nackTopology(
      { streams: { A: { waive }, B: {} } },
      { namespace: "n", of: ({ spec }) => (spec.name === "B" ? { judged: true, onDelete: "delete" } : undefined) },
    );
    expect(objects[0]?.metadata.annotations).toEqual({ "headwater.dev/waive": JSON.stringify(waive) });
    expect(objects[1]).toMatchObject({
      metadata: { name: "b", namespace: "n" },
      spec: { preventDelete: false, preventUpdate: false },
    });
  });
});

it("an Account names its Secrets", () => {
  const account = accountObject({
    name: "nats",
    namespace: "apps",
    servers: ["nats://nats.nats:4222"],
    creds: { secretName: "nats-creds", key: "user.creds" },
    tls: { secretName: "nats-tls", caKey: "ca.crt" },
  });
  expect(account).toEqual({
    apiVersion: "jetstream.nats.io/v1beta2",
    kind: "Account",
    metadata: { name: "nats", namespace: "apps" },
    spec: {
      servers: ["nats://nats.nats:4222"],
      creds: { secret: { name: "nats-creds" }, file: "user.creds" },
      tls: { secret: { name: "nats-tls" }, ca: "ca.crt" },
    },
  });
});
