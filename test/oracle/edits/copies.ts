import { bothWays, type EditCase, type Fields, oneWay } from "./edit-case";

const from = (source: Fields = {}, name = "ORIGIN") => ({ name, ...source });
const only = (subject: string) => ({ filterSubject: `from.ORIGIN.${subject}` });
const moved = (dest: string) => ({ subjectTransforms: [{ src: "from.ORIGIN.>", dest: `${dest}.>` }] });

const mirrors = [
  oneWay("stream", "mirror", { mirror: from() }, { subjects: [] }, { copied: 12, adds: 0 }),
  oneWay("stream", "mirror", { mirror: from() }, { subjects: ["in.>"] }, { copied: 12, adds: 0 }),
  oneWay(
    "stream",
    "mirror",
    { mirror: from() },
    { sources: [from({}, "OTHER")], subjects: undefined },
    { copied: 12, adds: 12 },
  ),
  oneWay("stream", "mirror", { mirror: from(), storage: "memory" }, { storage: "memory" }, { copied: 12, adds: 0 }),
  oneWay("stream", "mirror", { mirror: from() }, { maxMsgs: 5 }, { copied: 12, adds: 0 }),
  oneWay("stream", "maxMsgs", { mirror: from() }, { mirror: from(), maxMsgs: 5 }, { copied: 12, adds: 0 }),
  oneWay("stream", "mirror", {}, { mirror: from() }),
  ...bothWays("stream", "mirror", { mirror: from() }, { mirror: from({}, "OTHER") }, { copied: 12 }),
  oneWay("stream", "mirror", { mirror: from() }, { mirror: from(only("a")) }, { copied: 12 }),
  oneWay("stream", "mirror", { mirror: from({ optStartSeq: 5 }) }, { mirror: from({ optStartSeq: 9 }) }, { copied: 8 }),
  oneWay("stream", "mirror", { mirror: from({ optStartSeq: 5 }) }, { mirror: from() }, { copied: 8 }),
  ...bothWays(
    "stream",
    "mirrorDirect",
    { mirror: from({}, "ABSENT") },
    { mirror: from({}, "ABSENT"), mirrorDirect: true },
  ),
  oneWay("key-value bucket", "mirror", { mirror: from() }, {}, { copied: 4, adds: 0 }),
  oneWay("key-value bucket", "mirror", {}, { mirror: from() }),
];

const edits: readonly [string, readonly Fields[], readonly Fields[], number, number][] = [
  ["added", [], [from()], 20, 12],
  ["another one added", [from()], [from(), from({}, "OTHER")], 32, 12],
  ["removed", [from()], [], 32, 0],
  ["one of two removed", [from(), from({}, "OTHER")], [from()], 44, 0],
  ["replaced by another", [from()], [from({}, "OTHER")], 32, 12],
  ["filtered", [from()], [from(only("a"))], 32, 3],
  ["filtered otherwise", [from(only("a"))], [from(only("b"))], 23, 3],
  ["not filtered any more", [from(only("a"))], [from()], 23, 12],
  ["stored elsewhere", [from()], [from(moved("out"))], 32, 12],
  ["started later", [from()], [from({ optStartSeq: 9 })], 32, 0],
  ["started earlier", [from({ optStartSeq: 9 })], [from()], 24, 0],
  ["started at another time", [from()], [from({ optStartTime: "2026-01-01T00:00:00Z" })], 32, 0],
  ["filtered and started later", [from()], [from({ ...only("a"), optStartSeq: 9 })], 32, 1],
  ["added, to start at a time before", [], [from({ optStartTime: "2026-01-01T00:00:00Z" })], 20, 0],
  ["in another order", [from(), from({}, "OTHER")], [from({}, "OTHER"), from()], 44, 0],
];

const sources = edits.flatMap(([title, a, b, copied, adds]) =>
  [{}, { storage: "memory" }].map((store) =>
    oneWay("stream", "sources", copying(store, a), copying(store, b), { title, copied, adds }),
  ),
);

// Without subjects of its own, a stream that copies nothing stores what is published to its name.
function copying(store: Fields, list: readonly Fields[]): Fields {
  return list.length > 0 ? { ...store, sources: list } : store;
}

// Where the first message is gone, a new source starts at the time of the last one.
const beheaded = [{ maxMsgs: 10 }, { maxMsgs: 10, storage: "memory" }].flatMap((base) => [
  oneWay("stream", "sources", base, { ...base, sources: [from()] }, { copied: 10, adds: 0 }),
  oneWay(
    "stream",
    "sources",
    { ...base, sources: [from()] },
    { ...base, sources: [from(only("a"))] },
    { copied: 10, adds: 0 },
  ),
]);

const buckets = [
  oneWay("key-value bucket", "sources", { sources: [from()] }, {}, { messages: 0, copied: 4, adds: 0 }),
  oneWay("key-value bucket", "sources", {}, { sources: [from()] }, { messages: 0, adds: 4 }),
  // The bucket's first message is gone: what is new starts at the time of its last one.
  oneWay(
    "key-value bucket",
    "sources",
    { sources: [from()] },
    { sources: [from({}, "OTHER")] },
    { messages: 0, copied: 4, adds: 0 },
  ),
];

export const copyCases: readonly EditCase[] = [...mirrors, ...sources, ...beheaded, ...buckets];
