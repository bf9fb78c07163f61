import { pulumiPolicies } from "../../../policies/pulumi/pulumi-policies";
import { rules } from "../../../policies/rules";
import { type Resource, run, UNKNOWN } from "./support/ask";

const only = (id: string) => pulumiPolicies(rules, { config: [{ all: "disabled", [id]: "mandatory" }] });
const nack = (kind: string, spec: object, metadata: object = {}): Resource => ({
  type: `kubernetes:jetstream.nats.io/v1beta2:${kind}`,
  name: "orders",
  props: { apiVersion: "jetstream.nats.io/v1beta2", kind, metadata: { name: "orders", ...metadata }, spec },
  provider: "kubernetes",
});
const bus = (jetstream: object, metadata: object = {}): Resource => ({
  type: "kubernetes:argoproj.io/v1alpha1:EventBus",
  name: "bus",
  props: {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "EventBus",
    metadata: { name: "default", ...metadata },
    spec: { jetstream },
  },
  provider: "kubernetes",
});
const messages = async (id: string, ...resources: Resource[]) =>
  (await run(only(id), resources))
    .filter(({ policy }) => policy === id)
    .map(({ message }) => message.split("\n").at(-1));

const stream = { name: "ORDERS", subjects: ["orders.>"], storage: "file", replicas: 3, maxAge: "720h" };
const unbounded = "jetstream-retention-bounded";

it("judges resources of NACK by what they make on a server", async () => {
  expect(await messages(unbounded, nack("Stream", stream))).toEqual([
    'jetstream-retention-bounded stream "ORDERS": maxBytes is not set: the stream grows until the volume is full. Set it to the disk the stream may take.',
  ]);
  expect(await messages(unbounded, nack("Stream", { ...stream, maxBytes: 1_000_000 }))).toEqual([]);
  expect(
    await messages("jetstream-memory-only-for-ephemeral", nack("Stream", { name: "A", subjects: ["a"] })),
  ).toHaveLength(1);
});

it("says nothing of what is not known yet, and judges the rest", async () => {
  expect(await messages(unbounded, nack("Stream", { ...stream, maxBytes: UNKNOWN }))).toEqual([]);
  const named = { ...stream, name: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
  expect(await messages(unbounded, nack("Stream", named))).toEqual([
    expect.stringContaining('stream "orders": maxBytes is not set'),
  ]);
});

it("lifts what an annotation waives", async () => {
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const waivers = JSON.stringify([{ rule: unbounded, reason: "sized later", expires }]);
  const annotations = { "headwater.dev/waive": waivers };
  expect(await messages(unbounded, nack("Stream", stream, { annotations }))).toEqual([]);
  const replicated = "jetstream-event-bus-replicated";
  const other = { "headwater.dev/waive": JSON.stringify([{ rule: replicated, reason: "a trial", expires }]) };
  expect(await messages(replicated, bus({ version: "2.10.29", replicas: 1 }, { annotations: other }))).toEqual([]);
});

it("keeps accounts apart that resources of NACK name", async () => {
  const overlapping = "jetstream-preflight";
  const [a, b] = [
    { ...stream, name: "A" },
    { ...stream, name: "B" },
  ];
  const one = await messages(overlapping, nack("Stream", a), { ...nack("Stream", b), name: "other" });
  expect(one.join("\n")).toContain("orders.>");
  const apart = { ...nack("Stream", { ...b, account: "another" }), name: "other" };
  expect(await messages(overlapping, nack("Stream", a), apart)).toEqual([]);
});

it("judges event buses, as far as they are known", async () => {
  const id = "jetstream-event-bus-version-pinned";
  expect(await messages(id, bus({ version: "latest" }))).toEqual([
    expect.stringContaining('event bus "default": version "latest" is no single version'),
  ]);
  expect(await messages(id, bus({ version: UNKNOWN }))).toEqual([]);
  expect(await messages("jetstream-event-bus-persistence-set", bus({ version: UNKNOWN }))).toHaveLength(1);
  expect(
    await messages("jetstream-event-bus-persistence-set", bus({ version: "latest", persistence: UNKNOWN })),
  ).toEqual([]);
});
