import { bothWays, type EditCase, type Fields, oneWay } from "./edit-case";

const SIZES: readonly [string, Fields, Fields][] = [
  ["maxMsgs", {}, { maxMsgs: 8 }],
  ["maxMsgs", { maxMsgs: 50 }, { maxMsgs: 30 }],
  ["maxMsgs", { maxMsgs: 50 }, { maxMsgs: 1 }],
  ["maxBytes", {}, { maxBytes: 1500 }],
  ["maxBytes", { maxBytes: 100_000 }, { maxBytes: 50_000 }],
  ["maxBytes", { maxBytes: 100_000 }, { maxBytes: 900 }],
  ["maxMsgsPerSubject", {}, { maxMsgsPerSubject: 2 }],
  ["maxMsgsPerSubject", { maxMsgsPerSubject: 9 }, { maxMsgsPerSubject: 6 }],
  ["maxMsgsPerSubject", { maxMsgsPerSubject: 9 }, { maxMsgsPerSubject: 1 }],
  ["maxMsgs", {}, { maxMsgs: 8, maxBytes: 900 }],
  ["maxMsgs", {}, { maxMsgs: 8, maxMsgsPerSubject: 1 }],
  ["maxBytes", { maxMsgs: 15 }, { maxBytes: 900 }],
  ["maxMsgSize", {}, { maxMsgSize: 100 }],
];
const STORES: readonly Fields[] = [{}, { storage: "memory" }];
const POLICIES: readonly Fields[] = [{}, { discard: "new" }];

const sizes = SIZES.flatMap(([field, a, b]) =>
  STORES.flatMap((store) =>
    POLICIES.flatMap((policy) =>
      bothWays("stream", field, { ...store, ...policy, ...a }, { ...store, ...policy, ...b }),
    ),
  ),
);

const perSubject = { discard: "new", discardNewPerSubject: true };
const refusing = STORES.flatMap((store) => [
  ...bothWays(
    "stream",
    "maxMsgsPerSubject",
    { ...store, ...perSubject, maxMsgsPerSubject: 9 },
    { ...store, ...perSubject, maxMsgsPerSubject: 2 },
  ),
  ...bothWays(
    "stream",
    "discardNewPerSubject",
    { ...store, ...perSubject, maxMsgsPerSubject: 4 },
    { ...store, discard: "new", maxMsgsPerSubject: 4 },
  ),
  ...bothWays(
    "stream",
    "discard",
    { ...store, ...perSubject, maxMsgsPerSubject: 4 },
    { ...store, maxMsgsPerSubject: 4 },
  ),
]);

// Above a limit that refuses, because it came later.
const above = [
  { maxMsgs: 8 },
  { maxBytes: 900 },
  { maxMsgs: 8, maxBytes: 900 },
  { maxMsgs: 15, maxBytes: 900 },
  { maxMsgs: 30 },
].flatMap((limit) =>
  STORES.flatMap((store) => [
    oneWay("stream", "discard", { ...store, ...limit, discard: "new" }, { ...store, ...limit }, { grown: store }),
    oneWay("stream", "discard", { ...store, ...limit, discard: "new" }, store, { grown: store }),
    oneWay("stream", "discard", { ...store, discard: "new" }, { ...store, ...limit }),
    oneWay("stream", "discard", { ...store, ...limit }, { ...store, ...limit, discard: "new" }),
  ]),
);
const aboveStill = STORES.flatMap((store) => [
  oneWay("stream", "maxMsgs", { ...store, discard: "new", maxMsgs: 8 }, { ...store, maxMsgs: 15 }, { grown: store }),
  oneWay(
    "stream",
    "maxBytes",
    { ...store, discard: "new", maxBytes: 900 },
    { ...store, maxBytes: 1500 },
    { grown: store },
  ),
]);

const ages = STORES.flatMap((store) =>
  POLICIES.flatMap((policy) => {
    const base = { ...store, ...policy };
    const short = { ...base, maxAge: "2s" };
    return [
      oneWay("stream", "maxAge", base, short, { aged: true }),
      oneWay("stream", "maxAge", { ...base, maxAge: "1h" }, short, { aged: true }),
      oneWay("stream", "maxAge", { ...base, maxAge: "1h" }, { ...base, maxAge: "2h" }, { aged: true }),
      oneWay("stream", "maxAge", { ...base, maxAge: "1h" }, { ...base, maxAge: "90s" }, { aged: true }),
      oneWay("stream", "maxAge", { ...base, maxAge: "1h" }, base, { aged: true }),
      oneWay("stream", "maxAge", base, { ...short, maxMsgs: 5 }, { aged: true }),
      oneWay("stream", "maxAge", base, { ...short, maxMsgsPerSubject: 3 }, { aged: true }),
    ];
  }),
);
// Messages in the middle are gone already.
const gaps = [
  oneWay("stream", "maxAge", { maxMsgsPerSubject: 3 }, { maxMsgsPerSubject: 3, maxAge: "2s" }, { aged: true }),
  oneWay("stream", "maxMsgs", { maxMsgsPerSubject: 3 }, { maxMsgsPerSubject: 3, maxMsgs: 5 }),
  oneWay("stream", "maxBytes", { maxMsgsPerSubject: 3 }, { maxMsgsPerSubject: 3, maxBytes: 500 }),
];

const windows = [
  ...bothWays("stream", "duplicateWindow", {}, { duplicateWindow: "10s" }),
  ...bothWays("stream", "duplicateWindow", { maxAge: "1m" }, { maxAge: "1h" }, { title: "the default window follows" }),
  ...bothWays("stream", "duplicateWindow", { maxAge: "1h", duplicateWindow: "10s" }, { maxAge: "20s" }),
];

export const limitCases: readonly EditCase[] = [
  ...sizes,
  ...refusing,
  ...above,
  ...aboveStill,
  ...ages,
  ...gaps,
  ...windows,
];
