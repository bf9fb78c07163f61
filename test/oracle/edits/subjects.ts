import { bothWays, type EditCase, type Fields, oneWay } from "./edit-case";

const subjects = (...list: string[]): Fields => ({ subjects: list });
const consumers = [{ name: "one", delivered: 6, acked: 3 }];

const listed = [{}, { storage: "memory" }, { retention: "interest" }, { retention: "workqueue" }].flatMap((base) => [
  ...bothWays(
    "stream",
    "subjects",
    { ...base, ...subjects("in.>") },
    { ...base, ...subjects("in.a", "in.b") },
    { consumers },
  ),
  ...bothWays(
    "stream",
    "subjects",
    { ...base, ...subjects("in.a", "in.b") },
    { ...base, ...subjects("in.a", "other.b") },
    { consumers },
  ),
  ...bothWays("stream", "subjects", { ...base, ...subjects("in.*") }, { ...base, ...subjects("in.>") }, { consumers }),
]);

// Sealing turns limits off and switches on.
const sealed = [
  {},
  { maxMsgs: 10 },
  { maxAge: "1h" },
  { discard: "new", maxMsgs: 30 },
  { allowRollupHdrs: true },
  { retention: "interest" },
  { storage: "memory", maxMsgsPerSubject: 3 },
].flatMap((base) => bothWays("stream", "sealed", base, { ...base, sealed: true }, { consumers }));

const switches = [
  "denyDelete",
  "denyPurge",
  "allowMsgTtl",
  "allowMsgSchedules",
  "allowMsgCounter",
  "allowDirect",
  "noAck",
].flatMap((field) =>
  bothWays("stream", field, { retention: "limits" }, { retention: "limits", [field]: true }, { consumers }),
);

const markers = [
  ...bothWays("stream", "subjectDeleteMarkerTtl", {}, { subjectDeleteMarkerTtl: "1m", maxAge: "1h" }),
  oneWay("stream", "subjectDeleteMarkerTtl", { subjectDeleteMarkerTtl: "1m" }, { allowMsgTtl: true }),
  oneWay("stream", "subjectDeleteMarkerTtl", { denyPurge: true }, { denyPurge: true, subjectDeleteMarkerTtl: "1m" }),
];

const inert = [
  ...bothWays("stream", "compression", { maxBytes: 50_000 }, { maxBytes: 50_000, compression: "s2" }, { consumers }),
  ...bothWays("stream", "compression", { storage: "memory" }, { storage: "memory", compression: "s2" }, { consumers }),
  ...bothWays("stream", "firstSeq", {}, { firstSeq: 500 }, { consumers }),
];

export const streamCases: readonly EditCase[] = [...listed, ...sealed, ...switches, ...markers, ...inert];
