import { typeTokens } from "../../../model/type-tokens";
import { pulumiPolicies } from "../../../policies/pulumi/pulumi-policies";
import { defineRule } from "../../../policies/rule";
import { clusterOddSize } from "../../../policies/rules/jetstream-cluster-odd-size";
import { consumerDurableNamePrefixed } from "../../../policies/rules/jetstream-consumer-durable-name-prefixed";
import { maxMessageSizeSet } from "../../../policies/rules/jetstream-max-message-size-set";
import { retentionBounded } from "../../../policies/rules/jetstream-retention-bounded";
import { analyze, type Resource, secret, UNKNOWN } from "./support/ask";

const stream = (props: object): Resource => ({
  type: typeTokens.stream,
  name: "orders",
  props: { name: "ORDERS", subjects: ["orders.>"], owner: "demo/prod/orders", ...props },
});
const messages = async (policies: Parameters<typeof analyze>[0], resource: Resource) =>
  (await analyze(policies, resource)).map(({ message }) => message);

const aboutStreams = defineRule({ ...retentionBounded, kinds: ["stream"] });

const AGE =
  "A stream is bounded by age and by size, a bucket by size\n" +
  'jetstream-retention-bounded stream "ORDERS": maxAge is not set: messages never expire. Set it to how long a message is worth something.';
const SIZE =
  "A stream is bounded by age and by size, a bucket by size\n" +
  'jetstream-retention-bounded stream "ORDERS": maxBytes is not set: the stream grows until the volume is full. Set it to the disk the stream may take.';

describe("a rule about streams", () => {
  const policies = pulumiPolicies([aboutStreams]);

  it("reports each finding at its level, in the words of every report", async () => {
    expect(await analyze(policies, stream({}))).toEqual([
      { policy: "jetstream-retention-bounded", level: "mandatory", message: AGE, urn: "" },
      { policy: "jetstream-retention-bounded", level: "mandatory", message: SIZE, urn: "" },
    ]);
    expect(await messages(policies, stream({ maxAge: "7d", maxBytes: "1GiB" }))).toEqual([]);
  });

  it("reads values in any unit, as the other readers do", async () => {
    expect(await messages(policies, stream({ maxAge: "0s", maxBytes: -1 }))).toEqual([AGE, SIZE]);
    expect(await messages(policies, stream({ maxAge: "168h", maxBytes: 1_073_741_824 }))).toEqual([]);
  });

  it("judges what is known although another field is not known yet", async () => {
    expect(await messages(policies, stream({ maxBytes: UNKNOWN }))).toEqual([AGE]);
    expect(await messages(policies, stream({ maxAge: UNKNOWN, maxBytes: UNKNOWN }))).toEqual([]);
    expect(await messages(policies, stream({ placement: { tags: [UNKNOWN] }, metadata: { a: UNKNOWN } }))).toEqual([
      AGE,
      SIZE,
    ]);
  });

  it("calls an asset whose name is not known yet by that of its resource", async () => {
    const [first] = await messages(policies, stream({ name: UNKNOWN, maxBytes: "1GiB" }));
    expect(first).toContain('stream "orders": maxAge is not set');
  });

  it("reads secrets as the values they are", async () => {
    expect(await messages(policies, stream({ maxAge: secret("7d"), maxBytes: secret("1GiB") }))).toEqual([]);
  });

  it("does not judge what is left of a secret in an exported state", async () => {
    expect(await messages(policies, stream({ maxAge: "[secret]", maxBytes: "[secret]" }))).toEqual([]);
  });

  it("looks at nothing else", async () => {
    for (const type of [
      typeTokens.consumer,
      typeTokens.keyValue,
      typeTokens.objectStore,
      "aws:s3/bucket:Bucket",
      "headwater:index:Topology",
    ])
      expect(await messages(policies, { ...stream({}), type })).toEqual([]);
  });

  it("leaves out what manages the resource: that is nothing of the asset's", async () => {
    const control = {
      onDelete: "retain",
      adopt: true,
      allow: [],
      replace: "allow",
      created: "2026-01-01T00:00:00Z",
      stateVersion: 1,
      defaulted: { maxAge: 1 },
    };
    expect(await messages(policies, stream({ ...control, maxAge: "7d", maxBytes: "1GiB" }))).toEqual([]);
  });
});

it("is asked about a type alone where a rule is about one, so that the engine's SDK passes over others", () => {
  const types = pulumiPolicies([aboutStreams, consumerDurableNamePrefixed, clusterOddSize, maxMessageSizeSet])
    .filter((policy) => "validateResource" in policy)
    .map(({ validateResource }) => validateResource.__pulumiType);
  expect(types).toEqual([undefined, undefined, typeTokens.clusterChange, undefined]);
});

describe("a rule about buckets", () => {
  it("speaks of a bucket's own fields", async () => {
    const bucket = { type: typeTokens.keyValue, name: "sessions", props: { name: "sessions" } };
    expect((await messages(pulumiPolicies([maxMessageSizeSet]), bucket))[0]).toContain(
      'key-value bucket "sessions": maxValueSize is not set',
    );
    expect(await messages(pulumiPolicies([aboutStreams]), bucket)).toEqual([]);
  });
});

describe("a rule about consumers", () => {
  it("judges the consumer by itself", async () => {
    const props = { stream: "ORDERS", name: "cursor", kind: "pull", ackPolicy: "explicit" };
    const consumer = { type: typeTokens.consumer, name: "billing", props };
    const [message, ...others] = await messages(pulumiPolicies([consumerDurableNamePrefixed]), consumer);
    expect(others).toEqual([]);
    expect(message).toContain('consumer "ORDERS/cursor": name "cursor" does not match');
    const unnamed = { ...consumer, props: { ...props, name: UNKNOWN } };
    expect(await messages(pulumiPolicies([consumerDurableNamePrefixed]), unnamed)).toEqual([]);
  });
});

describe("a rule about clusters", () => {
  const change = (spec: unknown): Resource => ({
    type: typeTokens.clusterChange,
    name: "nats-change",
    props: { cluster: "nats", spec },
  });
  const policies = pulumiPolicies([clusterOddSize]);

  it("judges the spec of the component's child", async () => {
    expect(await messages(policies, change({ name: "nats", size: 4 }))).toEqual([
      'A cluster has an odd number of servers\njetstream-cluster-odd-size cluster "nats": size 4 is even: no more servers may be lost than with 3. Use 3 or 5 servers.',
    ]);
    expect(await messages(policies, change({ name: "nats", size: 3 }))).toEqual([]);
  });

  it("says nothing while the size, or all of it, is not known", async () => {
    expect(await messages(policies, change({ name: "nats", size: UNKNOWN }))).toEqual([]);
    expect(await messages(policies, change(UNKNOWN))).toEqual([]);
    expect(
      (await messages(policies, change({ name: "nats", size: 4, accounts: { A: { users: [{ user: UNKNOWN }] } } })))
        .length,
    ).toBe(1);
  });
});

it("tells the engine everything there is to say about a rule", () => {
  const [policy] = pulumiPolicies([consumerDurableNamePrefixed]);
  const { pattern } = consumerDurableNamePrefixed.options ?? {};
  expect(policy).toMatchObject({
    name: "jetstream-consumer-durable-name-prefixed",
    displayName: consumerDurableNamePrefixed.title,
    description: consumerDurableNamePrefixed.title,
    enforcementLevel: "mandatory",
    severity: "low",
    tags: ["naming", "ownership"],
    remediationSteps: consumerDurableNamePrefixed.fix,
    url: "docs/policies/jetstream-consumer-durable-name-prefixed.md",
    configSchema: {
      properties: {
        pattern: { type: "string", default: pattern?.default, description: pattern?.description },
        waivable: { type: "boolean", default: true },
        reason: { type: "string" },
      },
    },
  });
  expect(pulumiPolicies([retentionBounded])[0]?.framework).toEqual({
    name: "ISO/IEC 27001",
    version: "2022",
    reference: "A.8.6, A.8.10",
    specification: "ISO/IEC 27001:2022",
  });
});
