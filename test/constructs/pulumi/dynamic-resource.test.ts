import * as pulumi from "@pulumi/pulumi";
import * as hw from "headwater";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly custom?: boolean;
}

const registered: Registered[] = [];
const setMocks = () =>
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => {
        registered.push({ type, name, inputs, custom });
        return { id: `${name}-id`, state: inputs };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
    false,
  );
beforeAll(setMocks);
beforeEach(() => {
  registered.length = 0;
});

const settled = () => pulumi.runtime.disconnect();
const named = (name: string) => registered.find((resource) => resource.name === name) as Registered;
const known = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

/** A resource as Pulumi's own class makes it. */
class Plain extends pulumi.dynamic.Resource {
  constructor(name: string, props: pulumi.Inputs) {
    const provider: pulumi.dynamic.ResourceProvider = { create: async (inputs) => ({ id: "x", outs: inputs }) };
    super(provider, name, props, {}, "nats", "Stream");
  }
}

it("registers what pulumi.dynamic.Resource would, with a constant provider", async () => {
  new Plain("plain", { name: "plain" });
  await known(new hw.Stream("ours").urn);
  await settled();
  const [plain, ours] = [named("plain"), named("ours")];
  expect(ours.type).toBe(plain.type);
  expect(ours.custom).toBe(plain.custom);
  expect(Object.keys(ours.inputs).sort()).toEqual([...Object.keys(plain.inputs), "owner"].sort());
  for (const { inputs } of [plain, ours]) expect(inputs.__provider).toMatch(/^exports\.handler ?=/);
  expect(ours.inputs.__provider).toBe(
    'exports.handler=()=>require("module").createRequire(process.cwd()+"/")("headwater/provider").stream',
  );
});

it.each([
  [hw.Stream, "pulumi-nodejs:dynamic/nats:Stream"],
  [hw.Consumer, "pulumi-nodejs:dynamic/nats:Consumer"],
  [hw.KeyValue, "pulumi-nodejs:dynamic/nats:KeyValue"],
  [hw.ObjectStore, "pulumi-nodejs:dynamic/nats:ObjectStore"],
])("%p is of type %s", (resource, type) => expect(resource.__pulumiType).toBe(type));

it("stamps a child with its parents' types, and gives names without a suffix", async () => {
  const { streams, consumers } = new hw.Topology("set", {
    streams: { ORDERS: { subjects: ["orders.>"] } },
    consumers: [{ stream: "ORDERS", name: "billing", kind: "pull", ackPolicy: "explicit" }],
    keyValues: { flags: { history: 2 } },
    objectStores: { files: {} },
  });
  expect(await known((streams.ORDERS as hw.Stream).name)).toBe("ORDERS");
  expect(await known((consumers["ORDERS/billing"] as hw.Consumer).stream)).toBe("ORDERS");
  await settled();
  expect(registered.map(({ name }) => name).sort()).toEqual([
    "set",
    "set-ORDERS",
    "set-ORDERS-billing",
    "set-files",
    "set-flags",
  ]);
  expect(named("set-ORDERS").inputs.owner).toBe("shop/dev/headwater:index:Topology$set-ORDERS");
});

it("tells a bucket's stamp from that of a stream of the same name", async () => {
  await known(new hw.KeyValue("same").urn);
  await known(new hw.ObjectStore("stored", { name: "files2" }).urn);
  const mirror = new hw.KeyValue("copy", { mirror: { name: pulumi.output("same") } });
  await known(mirror.urn);
  await settled();
  expect(named("same").inputs.owner).toBe("shop/dev/KeyValue:same");
  expect(named("stored").inputs.owner).toBe("shop/dev/ObjectStore:stored");
  expect(named("copy").inputs).toMatchObject({ mirror: { name: "same" } });
});

it("takes outputs at every leaf and checks what is known beside them", async () => {
  const later = pulumi.output("1h" as const);
  const stream = new hw.Stream("leafwise", { maxAge: later, subjects: ["leafwise.a", pulumi.output("leafwise.b")] });
  await known(stream.urn);
  await settled();
  expect(named("leafwise").inputs).toMatchObject({ maxAge: "1h", subjects: ["leafwise.a", "leafwise.b"] });
  const wrong = { maxAge: later, storage: "tape" } as unknown as hw.StreamArgs;
  expect(() => new hw.Stream("wrong", wrong)).toThrow(
    'SP101 stream "wrong": storage must be one of "file", "memory", got "tape".',
  );
});

it("finds overlaps and twins per provider, naming both", () => {
  const [eu, us] = [new hw.Provider("eu", { servers: "nats://eu" }), new hw.Provider("us", { servers: ["nats://us"] })];
  new hw.Stream("first", { name: "A", subjects: ["x.*"] }, { provider: eu });
  new hw.Stream("elsewhere", { name: "A", subjects: ["x.*"] }, { provider: us });
  expect(() => new hw.Stream("second", { name: "B", subjects: ["x.>"] }, { provider: eu })).toThrow(
    'SP201 stream "B": subjects[0] "x.>" overlaps "x.*" of stream "A".',
  );
  expect(() => new hw.Stream("twin", { name: "A", subjects: ["y"] }, { provider: eu })).toThrow(
    'SP202 stream "A": name is declared by resource "first" already. Remove one of the two, or give "twin" another name.',
  );
  new hw.KeyValue("bucket", { name: "cfg" }, { provider: eu });
  expect(() => new hw.Stream("inside", { subjects: ["$KV.>"] }, { provider: eu })).toThrow(
    'overlaps "$KV.cfg.>" of key-value bucket "cfg"',
  );
  const stream = new hw.Stream("s", { name: "S" }, { provider: eu });
  const consumer = { stream, name: "c", kind: "pull", ackPolicy: "explicit" } as const;
  new hw.Consumer("one", consumer);
  expect(() => new hw.Consumer("two", consumer)).toThrow(
    'SP204 consumer "S/c": name is declared by resource "one" already.',
  );
});

it("gives a provider's secrets to Pulumi as secrets", async () => {
  const provider = new hw.Provider("secret", {
    servers: ["nats://a", "nats://b"],
    user: "u",
    password: "p",
    tls: { ca: "pem", key: "k" },
  });
  await known(provider.urn);
  await settled();
  const { type, inputs } = named("secret");
  expect(type).toBe("pulumi:providers:pulumi-nodejs");
  const wrapped = (value: unknown) =>
    typeof value === "object" && JSON.stringify(value).includes("4dabf18193072939515e22adb298388d");
  expect(inputs).toMatchObject({
    "nats:servers": "nats://a,nats://b",
    "nats:user": "u",
    "nats:tls": "true",
    "nats:ca": "pem",
  });
  expect([inputs["nats:password"], inputs["nats:key"], inputs["nats:user"]].map(wrapped)).toEqual([true, true, false]);
});

it("forgets what was declared under other mocks", async () => {
  new hw.Stream("MOCKED", { subjects: ["mocked.>"] });
  expect(() => new hw.Stream("again", { name: "MOCKED" })).toThrow("SP202");
  await settled();
  await setMocks();
  expect(await known(new hw.Stream("MOCKED", { subjects: ["mocked.>"] }).name)).toBe("MOCKED");
});

it("refuses outputs in a topology, each with its place", () => {
  const subjects = pulumi.output(["later"]);
  const specs = { streams: { LATER: { subjects } }, consumers: [{ stream: "LATER", name: pulumi.output("c") }] };
  expect(() => new hw.Topology("later", specs as unknown as hw.TopologyArgs)).toThrow(
    `SP101 topology "later": streams.LATER.subjects takes plain values, not outputs. Use the single resources, hw.Stream and the others: they take outputs everywhere.
SP101 topology "later": consumers[0].name takes plain values, not outputs.`,
  );
  const whole = { streams: pulumi.output({}) } as unknown as hw.TopologyArgs;
  expect(() => new hw.Topology("whole", whole)).toThrow('SP101 topology "whole": streams takes plain values');
});

it("takes edits that are meant where the asset is written, beside those of the component", async () => {
  const said = (field: string) => ({ code: "DL101", field, to: 5, reason: "agreed" });
  new hw.Topology("meant", {
    streams: { MEANT: { maxMsgs: 5, allow: [said("maxMsgs")] }, PLAIN: {} },
    allow: { MEANT: [said("maxMsgsPerSubject")] },
  });
  await settled();
  expect(named("meant-MEANT").inputs.allow).toEqual([said("maxMsgsPerSubject"), said("maxMsgs")]);
  expect(named("meant-PLAIN").inputs.allow).toBeUndefined();
});

it("takes a stream's name for a name, whatever JavaScript means by it", async () => {
  const { consumers } = new hw.Topology("odd", {
    consumers: [{ stream: "toString", name: "c", kind: "pull", ackPolicy: "explicit" }],
    external: { toString: {} },
  });
  expect(await known((consumers["toString/c"] as hw.Consumer).stream)).toBe("toString");
});

it("says which resource has arguments that are none", () => {
  const none = null as unknown as hw.StreamArgs & hw.ConsumerArgs;
  expect(() => new hw.Stream("bare", none)).toThrow(
    'SP101 stream "bare": must have its arguments in an object, got null. Write {} for none.',
  );
  expect(() => new hw.Consumer("bare", none)).toThrow('SP101 consumer "bare": must have its arguments in an object');
  const metadata: Record<string, unknown> = {};
  metadata.self = metadata;
  expect(() => new hw.Stream("loop", { metadata } as hw.StreamArgs)).toThrow(
    'SP101 stream "loop": metadata.self must be a text, got a value that contains itself.',
  );
});
