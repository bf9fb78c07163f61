import { buildSystem } from "../../../policies/build-system";
import { storageWithinVolume } from "../../../policies/rules/jetstream-storage-within-volume";
import { runRules } from "../../../policies/run-rules";
import { type PolicyConfig, resolveSettings } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

type Change = Parameters<typeof messages>[1];
const judge = (change: Change, config?: PolicyConfig[string]) => messages(storageWithinVolume, change, { config });
const orders = (fields: object, config?: PolicyConfig[string]) =>
  judge(({ topology }) => Object.assign(topology.streams.ORDERS_V1, fields), config);
const volume = (size: unknown, config?: PolicyConfig[string]) =>
  judge(({ cluster }) => Object.assign(cluster.jetstream.volume, { size }), config);
const FIX = "Lower maxBytes, use larger volumes, or keep fewer replicas of what may be lost.";
const cluster = (problem: string) => [
  `jetstream-storage-within-volume cluster "nats": jetstream.volume.size is too little: streams may grow to ${problem}. ${FIX}`,
];
const orderStream = (problem: string) => [
  `jetstream-storage-within-volume stream "ORDERS_V1": maxBytes ${problem}. ${FIX}`,
];

it("accepts streams that fit", () => {
  expect(judge(() => {})).toEqual([]);
});

it("adds up streams and buckets with their copies, but for those in memory", () => {
  // 3 × (20 + 5 + 1 + 1 + 10) GiB.
  expect(volume("47GiB")).toEqual([]);
  expect(volume("46GiB")).toEqual(
    cluster("111.0 GiB with their replicas, above 80 % of 3 volumes of 46.0 GiB, 110.4 GiB"),
  );
});

it("takes the share the option says", () => {
  expect(volume("46GiB", { share: 0.9 })).toEqual([]);
  expect(volume("100GiB", { share: 0.25 })).toEqual(
    cluster("111.0 GiB with their replicas, above 25 % of 3 volumes of 100.0 GiB, 75.0 GiB"),
  );
});

it("reports a stream that is larger than a volume although all together fit", () => {
  expect(orders({ maxBytes: "90GiB", replicas: 1 })).toEqual(
    orderStream("lets it grow to 90.0 GiB, above 80 % of one volume of 100.0 GiB, 80.0 GiB"),
  );
  expect(orders({ maxBytes: "80GiB", replicas: 1 })).toEqual([]);
});

it("takes the volume of the options where no cluster is declared", () => {
  const alone = (config?: PolicyConfig[string]) =>
    judge((all) => {
      delete all.cluster;
    }, config);
  expect(alone()).toEqual([]);
  expect(alone({ volume: "47GiB" })).toEqual([]);
  expect(alone({ volume: "46GiB" })).toEqual(
    orderStream(
      "is the largest share of too much: streams may grow to 111.0 GiB with their replicas, above 80 % of 3 volumes of 46.0 GiB, 110.4 GiB",
    ),
  );
  expect(alone({ volume: "46GiB", servers: 5 })).toEqual([]);
  expect(alone({ volume: "100GiB", servers: 1 })).toEqual(
    orderStream(
      "is the largest share of too much: streams may grow to 111.0 GiB with their replicas, above 80 % of 1 volume of 100.0 GiB, 80.0 GiB",
    ),
  );
});

it("leaves streams without a bound to the rule about that", () => {
  expect(orders({ maxBytes: -1 })).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(volume(UNKNOWN)).toEqual([]);
  expect(orders({ maxBytes: UNKNOWN })).toEqual([]);
  expect(orders({ maxBytes: "90GiB", replicas: UNKNOWN })).toEqual(
    orderStream("lets it grow to 90.0 GiB, above 80 % of one volume of 100.0 GiB, 80.0 GiB"),
  );
  expect(orders({ maxBytes: UNKNOWN }, { share: 0.1 })).toEqual([
    ...cluster("51.0 GiB with their replicas, above 10 % of 3 volumes of 100.0 GiB, 30.0 GiB"),
  ]);
});

it("counts what exists, and reports only what is declared", () => {
  const streams = [{ spec: { name: "OLD", maxBytes: "90GiB", replicas: 1 } }];
  const found = (declared: readonly object[]) => {
    const system = buildSystem([{ declared, facts: { streams } }] as unknown as Parameters<typeof buildSystem>[0]);
    const settings = resolveSettings([storageWithinVolume], "prod", [
      { [storageWithinVolume.id]: { volume: "100GiB", servers: 1 } },
    ]);
    return runRules(system, settings).map(({ name }) => name);
  };
  expect(found([])).toEqual([]);
  expect(found([{ kind: "stream", spec: { name: "NEW", maxBytes: "1GiB" } }])).toEqual(["NEW"]);
});
