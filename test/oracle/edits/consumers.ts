import { type Beside, bothWays, type EditCase, type Fields, oneWay } from "./edit-case";

const position = { delivered: 6, acked: 3 };
const some = { delivered: 3, acked: 1 };
const filters = (...filterSubjects: string[]): Fields => ({ filterSubjects });
const takesAll: Beside = { name: "all", delivered: 2, acked: 1 };
const takesRest: Beside = { name: "rest", delivered: 1, acked: 0, spec: filters("in.c", "in.d") };

const FILTERS: readonly [Fields, Fields][] = [
  [{}, filters("in.a")],
  [{}, filters("in.>")],
  [filters("in.a"), filters("in.b")],
  [filters("in.a", "in.b"), filters("in.a")],
  [filters("in.a", "in.b"), filters("in.a", "in.c")],
  [filters("in.*"), filters("in.a", "in.b")],
];
const STREAMS: readonly [Fields, readonly Beside[]][] = [
  [{}, []],
  [{ retention: "interest" }, []],
  [{ retention: "interest" }, [takesAll]],
  [{ retention: "interest" }, [takesRest]],
  [{ retention: "interest", storage: "memory" }, []],
  [{ retention: "workqueue" }, []],
];

const filtered = STREAMS.flatMap(([stream, consumers]) =>
  FILTERS.flatMap(([a, b]) =>
    [{ delivered: 0, acked: 0 }, some].flatMap((where) =>
      bothWays("consumer", "filterSubjects", a, b, {
        title: `${stream.retention ?? "limits"}, ${consumers.length} beside, ${where.delivered} delivered`,
        stream,
        consumers,
        position: where,
      }),
    ),
  ),
);
const queue = bothWays("consumer", "filterSubjects", filters("in.a", "in.b"), filters("in.a"), {
  stream: { retention: "workqueue" },
  consumers: [takesRest],
  position: some,
});

const PLACES: readonly [string, Fields, Fields][] = [
  ["ackWait", { ackWait: "1h" }, { ackWait: "1m" }],
  ["maxDeliver", { maxDeliver: 5 }, { maxDeliver: 1 }],
  ["maxAckPending", { maxAckPending: 100 }, { maxAckPending: 1 }],
  ["maxAckPending", {}, { maxAckPending: -1 }],
  ["backoff", {}, { backoff: ["1h", "2h"] }],
  ["headersOnly", {}, { headersOnly: true }],
  ["sampleFreq", {}, { sampleFreq: "50%" }],
  ["inactiveThreshold", {}, { inactiveThreshold: "1h" }],
  ["pauseUntil", {}, { pauseUntil: "2099-01-01T00:00:00Z" }],
  ["ackPolicy", {}, { ackPolicy: "all" }],
  ["ackPolicy", {}, { ackPolicy: "none" }],
  ["deliverPolicy", {}, { deliverPolicy: "new" }],
  ["deliverPolicy", {}, { deliverPolicy: "last" }],
  ["deliverPolicy", {}, { deliverPolicy: "by_start_sequence", optStartSeq: 5 }],
  [
    "optStartSeq",
    { deliverPolicy: "by_start_sequence", optStartSeq: 4 },
    { deliverPolicy: "by_start_sequence", optStartSeq: 9 },
  ],
  ["priorityGroups", {}, { priorityGroups: ["main"], priorityPolicy: "overflow" }],
  ["memStorage", {}, { memStorage: true }],
];
const positioned = [{}, { retention: "interest" }, { retention: "workqueue" }].flatMap((stream) =>
  PLACES.flatMap(([field, a, b]) =>
    bothWays("consumer", field, a, b, { stream, position, title: stream.retention ?? "limits" }),
  ),
);

const push = (spec: Fields = {}) => ({ kind: "push", deliverSubject: "deliver.here", ...spec });
const PUSHED: readonly [string, Fields, Fields][] = [
  ["deliverSubject", push(), push({ deliverSubject: "deliver.there" })],
  ["deliverGroup", push(), push({ deliverGroup: "workers" })],
  ["deliverGroup", push({ deliverGroup: "workers" }), push({ deliverGroup: "others" })],
  ["rateLimitBps", push(), push({ rateLimitBps: 1_000_000 })],
  ["maxAckPending", push({ maxAckPending: 40 }), push({ maxAckPending: 30 })],
];
const pushed = PUSHED.flatMap(([field, a, b]) =>
  [false, true].flatMap((bound) =>
    bothWays("consumer", field, a, b, {
      bound,
      position: { delivered: 20, acked: 5 },
      title: bound ? "bound" : "unbound",
    }),
  ),
);

const LIMITED: readonly [Fields, Fields][] = [
  [{ maxAckPending: 100 }, { maxAckPending: 50 }],
  [{ maxAckPending: 50 }, { maxAckPending: 50 }],
  [{ maxAckPending: -1 }, { maxAckPending: 50 }],
  [{}, { maxAckPending: 50 }],
  [{}, { maxAckPending: 5000 }],
  [{ inactiveThreshold: "2h" }, { inactiveThreshold: "1h" }],
  [{ inactiveThreshold: "30m" }, { inactiveThreshold: "1h" }],
  [{}, { inactiveThreshold: "1h" }],
];
const limited = LIMITED.map(([spec, consumerLimits]) =>
  oneWay(
    "stream",
    "consumerLimits",
    {},
    { consumerLimits },
    { consumers: [{ name: "one", ...position, spec }], title: JSON.stringify(spec) },
  ),
);
const three = ["one", "two", "three"].map((name) => ({ name, ...position }));
const counted = [
  ...bothWays("stream", "maxConsumers", { maxConsumers: 5 }, { maxConsumers: 3 }, { consumers: three }),
  oneWay("stream", "maxConsumers", { maxConsumers: 5 }, { maxConsumers: 1 }, { consumers: three }),
  oneWay("stream", "maxConsumers", {}, { maxConsumers: 1 }, { consumers: three }),
];

export const consumerCases: readonly EditCase[] = [
  ...filtered,
  ...queue,
  ...positioned,
  ...pushed,
  ...limited,
  ...counted,
];
