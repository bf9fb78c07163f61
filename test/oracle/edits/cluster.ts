import { type Beside, bothWays, type EditCase, type Fields, oneWay } from "./edit-case";

const placed = (tag: string) => ({ placement: { tags: [tag] } });
const one = (spec: Fields = {}): Beside => ({ name: "one", delivered: 6, acked: 3, spec });
const cluster = true;
const consumers = [one()];

const servers = [{}, { storage: "memory" }, { retention: "interest" }, { retention: "workqueue" }].flatMap((base) =>
  bothWays("stream", "replicas", base, { ...base, replicas: 3 }, { cluster, consumers }),
);

const stored = (["stream", "key-value bucket", "object store"] as const).flatMap((kind) => [
  ...bothWays(kind, "replicas", {}, { replicas: 3 }, { cluster }),
  ...bothWays(kind, "replicas", { replicas: 2 }, { replicas: 3 }, { cluster }),
  ...bothWays(kind, "placement", placed("ssd"), placed("disk"), { cluster }),
]);

const moved = [
  ...bothWays("stream", "placement", {}, placed("ssd"), { cluster, consumers }),
  ...bothWays("stream", "placement", { replicas: 3 }, { replicas: 3, ...placed("ssd") }, { cluster, consumers }),
];

// Limits are kept by every replica.
const lowered = [
  oneWay("stream", "maxMsgs", { replicas: 3 }, { replicas: 3, maxMsgs: 8 }, { cluster }),
  oneWay("stream", "maxBytes", { replicas: 3 }, { replicas: 3, maxBytes: 900 }, { cluster }),
  oneWay("stream", "maxMsgsPerSubject", { replicas: 3 }, { replicas: 3, maxMsgsPerSubject: 2 }, { cluster }),
  oneWay("stream", "maxAge", { replicas: 3 }, { replicas: 3, maxAge: "2s" }, { cluster, aged: true }),
  oneWay("stream", "replicas", { replicas: 3 }, { maxMsgs: 8 }, { cluster }),
  oneWay("key-value bucket", "history", { replicas: 3, history: 5 }, { replicas: 3, history: 2 }, { cluster }),
  oneWay("stream", "sealed", { replicas: 3 }, { replicas: 3, sealed: true }, { cluster }),
];

const GROUPS: readonly [string, readonly Beside[]][] = [
  ["no consumer", []],
  ["one in the middle", [one()]],
  ["one of its own replicas", [one({ replicas: 1 })]],
  ["one of as many replicas", [one({ replicas: 3 })]],
  ["one that is done", [{ ...one(), delivered: 20, acked: 20 }]],
  ["two apart", [one(), { name: "two", delivered: 12, acked: 10 }]],
];
const turned = GROUPS.flatMap(([title, group]) => [
  oneWay(
    "stream",
    "retention",
    { replicas: 3 },
    { replicas: 3, retention: "interest" },
    { cluster, consumers: group, title },
  ),
]);

const copies = [
  ...bothWays(
    "consumer",
    "replicas",
    {},
    { replicas: 1 },
    { stream: { replicas: 3 }, cluster, position: { delivered: 6, acked: 3 } },
  ),
  ...bothWays(
    "consumer",
    "replicas",
    { replicas: 3 },
    { replicas: 1 },
    { stream: { replicas: 3 }, cluster, position: { delivered: 6, acked: 3 } },
  ),
  ...bothWays(
    "consumer",
    "replicas",
    {},
    { replicas: 1 },
    { stream: { replicas: 3, retention: "interest" }, cluster, position: { delivered: 6, acked: 3 } },
  ),
  ...bothWays(
    "consumer",
    "filterSubjects",
    {},
    { filterSubjects: ["in.a"] },
    { stream: { replicas: 3, retention: "interest" }, cluster, position: { delivered: 6, acked: 3 } },
  ),
];

const limited: readonly [Fields, Fields][] = [
  [{ maxAckPending: 100 }, { maxAckPending: 50 }],
  [{ inactiveThreshold: "2h" }, { inactiveThreshold: "1h" }],
  [{}, { maxAckPending: 5000 }],
];
const below = limited.map(([spec, consumerLimits]) =>
  oneWay(
    "stream",
    "consumerLimits",
    { replicas: 3 },
    { replicas: 3, consumerLimits },
    { cluster, consumers: [one(spec)] },
  ),
);

/** What differs where there are several servers. */
export const clusterCases: readonly EditCase[] = [
  ...servers,
  ...stored,
  ...moved,
  ...lowered,
  ...turned,
  ...copies,
  ...below,
];
