import { type Beside, bothWays, type EditCase, oneWay } from "./edit-case";

const at = (name: string, delivered: number, acked: number, spec = {}): Beside => ({ name, delivered, acked, spec });
const only = (...filterSubjects: string[]) => ({ filterSubjects });

/** Who waits for what when a stream turns to interest. */
const GROUPS: readonly [string, readonly Beside[]][] = [
  ["no consumer", []],
  ["one that has got nothing", [at("one", 0, 0)]],
  ["one in the middle", [at("one", 6, 3)]],
  ["one with nothing acknowledged", [at("one", 6, 0)]],
  ["one that is done", [at("one", 20, 20)]],
  ["two apart", [at("one", 6, 3), at("two", 12, 10)]],
  ["two, one of them done", [at("one", 20, 20), at("two", 4, 2)]],
  ["three apart", [at("one", 6, 3), at("two", 12, 10), at("three", 20, 15)]],
  ["one of a part", [at("one", 0, 0, only("in.a"))]],
  ["one of a part, in the middle", [at("one", 3, 2, only("in.a"))]],
  ["one of a part, done", [at("one", 5, 5, only("in.a"))]],
  ["two of two parts", [at("one", 3, 2, only("in.a")), at("two", 2, 2, only("in.b"))]],
  ["one of two parts", [at("one", 4, 2, only("in.a", "in.b"))]],
  ["one of all, one of a part", [at("one", 8, 8), at("two", 1, 1, only("in.a"))]],
  ["one that acknowledges all before", [at("one", 6, 3, { ackPolicy: "all" })]],
  ["one that acknowledges nothing", [at("one", 6, 0, { ackPolicy: "none" })]],
  ["one that acknowledges nothing and has got nothing", [at("one", 0, 0, { ackPolicy: "none" })]],
  ["one that starts later", [at("one", 2, 1, { deliverPolicy: "by_start_sequence", optStartSeq: 11 })]],
  [
    "one that starts later and has got nothing",
    [at("one", 0, 0, { deliverPolicy: "by_start_sequence", optStartSeq: 11 })],
  ],
  ["one for new messages", [at("one", 4, 2, { deliverPolicy: "new" })]],
  ["one that gives up", [at("one", 6, 2, { maxDeliver: 1 })]],
];

const turned = GROUPS.flatMap(([title, consumers]) => [
  oneWay("stream", "retention", {}, { retention: "interest" }, { title, consumers }),
  oneWay("stream", "retention", { retention: "interest" }, {}, { title, consumers }),
]);

const inMemory = GROUPS.slice(0, 6).map(([title, consumers]) =>
  oneWay(
    "stream",
    "retention",
    { storage: "memory" },
    { storage: "memory", retention: "interest" },
    { title, consumers },
  ),
);

const queues = [{}, { retention: "interest" }].flatMap((other) =>
  bothWays("stream", "retention", other, { retention: "workqueue" }, { consumers: [at("one", 6, 3)] }),
);

const together = [
  oneWay("stream", "retention", {}, { retention: "interest", maxMsgs: 5 }, { consumers: [at("one", 6, 3)] }),
  oneWay("stream", "retention", {}, { retention: "interest", maxMsgsPerSubject: 2 }, { consumers: [at("one", 6, 3)] }),
  oneWay(
    "stream",
    "maxMsgs",
    { retention: "interest" },
    { retention: "interest", maxMsgs: 5 },
    { consumers: [at("one", 6, 3)] },
  ),
  oneWay(
    "stream",
    "maxMsgs",
    { retention: "workqueue" },
    { retention: "workqueue", maxMsgs: 5 },
    { consumers: [at("one", 6, 3)] },
  ),
];

export const retentionCases: readonly EditCase[] = [...turned, ...inMemory, ...queues, ...together];
