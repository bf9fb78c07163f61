import { typeTokens } from "../../../model/type-tokens";
import type { Waiver } from "../../../model/waiver";
import { type PackOptions, pulumiPolicies } from "../../../policies/pulumi/pulumi-policies";
import { rules } from "../../../policies/rules";
import { clusterOddSize } from "../../../policies/rules/jetstream-cluster-odd-size";
import { preflightPasses } from "../../../policies/rules/jetstream-preflight";
import { retentionBounded } from "../../../policies/rules/jetstream-retention-bounded";
import { storageWithinVolume } from "../../../policies/rules/jetstream-storage-within-volume";
import { waiverUsed } from "../../../policies/rules/jetstream-waiver-used";
import { waiverValid } from "../../../policies/rules/jetstream-waiver-valid";
import { analyze, analyzeStack, type Resource, run, UNKNOWN, urnOf } from "./support/ask";

const SOUND = { maxAge: "7d", maxBytes: "1GiB" };
const stream = (name: string, props: object, provider?: string): Resource => ({
  type: typeTokens.stream,
  name,
  props: { name, ...props },
  provider,
});
const consumer = (name: string, on: string, props: object = {}): Resource => ({
  type: typeTokens.consumer,
  name,
  props: { name, stream: on, kind: "pull", ackPolicy: "explicit", ...props },
});

describe("a rule about assets beside each other", () => {
  const policies = pulumiPolicies([preflightPasses]);
  const overlapping = (provider: string) => [
    stream("A", { subjects: ["a.>"] }, "eu"),
    stream("B", { subjects: ["a.b"] }, provider),
  ];

  it("compares the streams of one account", async () => {
    const [violation, ...others] = await analyzeStack(policies, overlapping("eu"));
    expect(others).toEqual([]);
    expect(violation).toMatchObject({
      policy: "jetstream-preflight",
      level: "mandatory",
      urn: urnOf({ type: typeTokens.stream, name: "B" }),
    });
    expect(violation?.message).toContain('stream "B": subjects[0] "a.b" overlaps');
  });

  it("never compares those of two accounts", async () => {
    expect(await analyzeStack(policies, overlapping("us"))).toEqual([]);
  });

  it("judges the others where a field is not known yet", async () => {
    const resources = [...overlapping("eu"), stream("C", { subjects: UNKNOWN }, "eu")];
    expect(await analyzeStack(policies, resources)).toHaveLength(1);
  });

  it("misses a stream of another stack, unless it is said to exist", async () => {
    const [violation] = await analyzeStack(policies, [consumer("tail", "ORDERS")]);
    expect(violation?.message).toContain('SW102 consumer "ORDERS/tail": stream "ORDERS" is not declared');
    const told = pulumiPolicies([preflightPasses], { config: [{ "jetstream-preflight": { external: ["ORDERS"] } }] });
    expect(await analyzeStack(told, [consumer("tail", "ORDERS")])).toEqual([]);
    expect(await analyzeStack(told, [consumer("tail", "OTHERS")])).toHaveLength(1);
    const mirror = stream("COPY", { mirror: { name: "ORDERS" } });
    expect(await analyzeStack(policies, [mirror])).toHaveLength(1);
    expect(await analyzeStack(told, [mirror])).toEqual([]);
  });
});

it("judges clusters and streams together", async () => {
  const resources = [
    {
      type: typeTokens.clusterChange,
      name: "nats-change",
      props: { cluster: "nats", spec: { name: "nats", size: 3, jetstream: { volume: { size: "10GiB" } } } },
    },
    stream("ORDERS", { subjects: ["orders.>"], maxBytes: "9GiB", replicas: 3 }, "eu"),
  ];
  const violations = await analyzeStack(pulumiPolicies([storageWithinVolume]), resources);
  expect(violations.map(({ message, urn }) => [message.split("\n")[1]?.split(",")[0], urn])).toEqual([
    [
      'jetstream-storage-within-volume stream "ORDERS": maxBytes lets it grow to 9.0 GiB',
      urnOf({ type: typeTokens.stream, name: "ORDERS" }),
    ],
    [
      'jetstream-storage-within-volume cluster "nats": jetstream.volume.size is too little: streams may grow to 27.0 GiB with their replicas',
      urnOf({ type: typeTokens.clusterChange, name: "nats-change" }),
    ],
  ]);
});

describe("waivers", () => {
  const pack = (options: PackOptions = {}) =>
    pulumiPolicies([retentionBounded, clusterOddSize, preflightPasses, waiverValid, waiverUsed], {
      today: () => new Date("2026-06-15T12:00:00Z"),
      ...options,
    });
  const waiver = { rule: "jetstream-retention-bounded", reason: "replayed every night", expires: "2026-06-30" };
  const waived = (...waive: Waiver[]) => [stream("ORDERS", { subjects: ["orders.>"], maxAge: "7d", waive }, "eu")];
  const lines = async (resources: readonly Resource[], options?: PackOptions) =>
    (await run(pack(options), resources)).map(
      ({ policy, level, message }) => `${policy} ${level}: ${message.split("\n")[1]}`,
    );
  const URN = urnOf({ type: typeTokens.stream, name: "ORDERS" });

  it("lifts a finding, and lists it with its reason and its date", async () => {
    expect(await run(pack(), waived({ ...waiver, ticket: "OPS-1" }))).toEqual([
      {
        policy: "jetstream-waived",
        level: "advisory",
        message:
          'Waived for a while\njetstream-retention-bounded stream "ORDERS": maxBytes is not set: the stream grows until the volume is full. Waived until 2026-06-30 (15 days left), OPS-1: replayed every night. Written in waive[0].',
        urn: URN,
      },
    ]);
  });

  it.each([
    ["2026-06-15", "its last day"],
    ["2026-06-16", "1 day left"],
  ])("counts the days until %s: %s", async (expires, left) => {
    expect((await lines(waived({ ...waiver, expires })))[0]).toContain(`Waived until ${expires} (${left}):`);
  });

  it("reports again what an expired waiver lifted, and the waiver with its age", async () => {
    expect(await run(pack(), waived({ ...waiver, expires: "2026-06-10" }))).toEqual([
      expect.objectContaining({ policy: "jetstream-retention-bounded", level: "mandatory" }),
      {
        policy: "jetstream-waiver-valid",
        level: "mandatory",
        message:
          'A waiver names a rule that can be lifted, and has not expired\njetstream-waiver-valid stream "ORDERS": waive[0].expires of jetstream-retention-bounded expired 5 days ago, on 2026-06-10. Mend what it lifted and remove it, or agree on a later date and give the reason anew.',
        urn: URN,
      },
    ]);
  });

  it("says that a waiver lifts nothing, or what cannot be lifted", async () => {
    const sound = [stream("ORDERS", { subjects: ["orders.>"], ...SOUND, waive: [waiver] }, "eu")];
    expect(await lines(sound)).toEqual([
      'jetstream-waiver-used advisory: jetstream-waiver-used stream "ORDERS": waive[0] lifts nothing: jetstream-retention-bounded finds nothing here (it holds until 2026-06-30). Remove it.',
    ]);
    expect(await lines(waived({ ...waiver, rule: "jetstream-preflight" }))).toEqual([
      expect.stringContaining("jetstream-retention-bounded mandatory"),
      expect.stringContaining(
        'jetstream-waiver-valid mandatory: jetstream-waiver-valid stream "ORDERS": waive[0].rule names jetstream-preflight, which cannot be waived',
      ),
    ]);
    expect(await lines(waived({ ...waiver, rule: "jetstream-retention-bound" }))).toContainEqual(
      expect.stringContaining("Did you mean jetstream-retention-bounded?"),
    );
  });

  it("says nothing of a waiver whose rule was not asked for", async () => {
    const off = { config: [{ "jetstream-retention-bounded": "disabled" as const }] };
    expect(await lines([stream("ORDERS", { subjects: ["orders.>"], ...SOUND, waive: [waiver] }, "eu")], off)).toEqual(
      [],
    );
  });

  it("lifts what a file says", async () => {
    const waivers = [
      {
        file: "headwater.policy.json",
        waivers: [
          { ...waiver, name: "ORDERS" },
          { ...waiver, name: "OTHER" },
        ],
      },
    ];
    expect(await lines(waived(), { waivers })).toEqual([
      expect.stringContaining(
        'jetstream-waiver-used advisory: jetstream-waiver-used file "headwater.policy.json": waivers[1] lifts nothing',
      ),
      expect.stringMatching(
        /^jetstream-waived advisory: .*: replayed every night\. Written in headwater\.policy\.json waivers\[0\]\.$/,
      ),
    ]);
  });

  it("lifts nothing in another account", async () => {
    const same = (provider: string, props: object) => ({
      ...stream("ORDERS", { subjects: ["orders.>"], ...props }, provider),
      name: `orders-${provider}`,
    });
    const resources = [same("eu", { maxAge: "7d", waive: [waiver] }), same("us", { maxAge: "7d" })];
    expect((await run(pack(), resources)).map(({ policy }) => policy)).toEqual([
      "jetstream-retention-bounded",
      "jetstream-waived",
    ]);
  });

  it("can be forbidden by the configuration", async () => {
    const config = [{ "jetstream-retention-bounded": { waivable: false } }];
    expect((await lines(waived(waiver), { config })).map((line) => line.split(":")[0])).toEqual([
      "jetstream-retention-bounded mandatory",
      "jetstream-waiver-valid mandatory",
    ]);
  });

  it("answers the same when it is asked twice: a process may serve the preview and the update", async () => {
    const policies = pack();
    const first = await run(policies, waived(waiver));
    expect(await run(policies, waived(waiver))).toEqual(first);
    const mended = [stream("ORDERS", { subjects: ["orders.>"], ...SOUND }, "eu")];
    expect(await run(policies, mended)).toEqual([]);
  });
});

describe("levels", () => {
  const level = (options: PackOptions) =>
    pulumiPolicies(rules, options).find(({ name }) => name === "jetstream-retention-bounded");

  it("are the preset's, and what is configured over them", () => {
    expect(level({})?.enforcementLevel).toBe("mandatory");
    expect(level({ preset: "dev" })?.enforcementLevel).toBe("advisory");
    expect(level({ preset: "dev", config: [{ all: "disabled" }] })?.enforcementLevel).toBe("disabled");
  });

  it("are asked for late: the stack's name may decide them", () => {
    let preset: "dev" | "prod" = "prod";
    const policy = level({ preset: () => preset });
    preset = "dev";
    expect(policy?.enforcementLevel).toBe("advisory");
  });
});

describe("resources the engine shows nothing of, because their provider is not configured yet", () => {
  const orders = stream("ORDERS", { name: "ORDERS", subjects: ["orders.>"], maxAge: "7d" }, "eu");
  const twin = stream("OTHERS", { name: "OTHERS", subjects: ["orders.new"] }, "eu");
  const reader = {
    type: typeTokens.consumer,
    name: "billing",
    props: { stream: "ORDERS", name: "billing", kind: "pull", ackPolicy: "explicit" },
    provider: "eu",
  };
  const blank = ({ type, name, provider }: Resource): Resource => ({ type, name, provider, props: {} });

  it("are judged by the inputs it showed before", async () => {
    const policies = pulumiPolicies(rules, { preset: "prod" });
    const all = [orders, twin, reader];
    const shown = await run(pulumiPolicies(rules, { preset: "prod" }), all);
    for (const resource of all) await analyze(policies, resource);
    const atTheEnd = await analyzeStack(policies, all.map(blank));
    expect(atTheEnd).toEqual(shown.filter(({ urn }) => urn !== ""));
    expect(atTheEnd.map(({ policy }) => policy)).toContain("jetstream-preflight");
  });

  it("raise no alarm where it never showed any", async () => {
    const policies = pulumiPolicies(rules, { preset: "prod" });
    expect(await analyzeStack(policies, [orders, twin, reader].map(blank))).toEqual([]);
  });
});
