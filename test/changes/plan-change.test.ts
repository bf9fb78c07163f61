import fc from "fast-check";
import type { AssetFacts } from "../../changes/asset-facts";
import { isRefused } from "../../changes/change";
import { changeFinding } from "../../changes/describe";
import { mutability } from "../../changes/mutability";
import { planChange } from "../../changes/plan-change";
import type { SpecKind } from "../../model/finding";
import { formatFinding } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { specShapes } from "../../model/spec-shapes";
import { specOf, twinsOf } from "../support/spec-arbitrary";

type Fields = Readonly<Record<string, unknown>>;
const kinds = Object.keys(mutability) as SpecKind[];
const plan = (kind: SpecKind, from: Fields, to: Fields, facts?: AssetFacts, server?: string) =>
  planChange(kind, "X", from, to, { facts, server });
const codes = (...args: Parameters<typeof plan>) => plan(...args).map(({ code, field }) => `${code} ${field}`);
const messages = (kind: SpecKind, from: Fields, to: Fields, facts?: AssetFacts, server?: string) =>
  plan(kind, from, to, facts, server).map((change) => formatFinding(changeFinding(change, facts)));

it.each(kinds)("has a row for every field of a %s, and no other", (kind) => {
  expect(Object.keys(mutability[kind]).sort()).toEqual(Object.keys(specShapes[kind].fields.shape).sort());
});

it.each(kinds)("finds nothing between a %s and itself, however it is written", (kind) => {
  const normal = (spec: Fields) => normalizeSpec(kind, spec);
  fc.assert(
    fc.property(specOf(kind), (spec) => expect(plan(kind, normal(spec), normal(spec))).toEqual([])),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(twinsOf(kind), ([a, b]) => expect(plan(kind, normal(a), normal(b))).toEqual([])),
    { numRuns: 1000 },
  );
});

describe("an edit the server refuses", () => {
  it("quotes the server and says how to go on", () => {
    expect(messages("stream", {}, { storage: "memory" })).toEqual([
      'RC101 stream "X": storage unset -> "memory" cannot be changed in place (stream configuration update can not change storage type). Remove it again, or declare a stream with a new name that has this one as a source, move its consumers, then retire this one.',
    ]);
    expect(messages("stream", { denyDelete: true }, {})).toEqual([
      'OW101 stream "X": denyDelete true -> unset cannot be changed in place (stream configuration update can not cancel deny message deletes). Set it back to true: it cannot be undone. Without it, make a new stream and move to it.',
    ]);
    expect(messages("consumer", { maxWaiting: 5 }, {})).toEqual([
      'RC101 consumer "X": maxWaiting 5 -> unset cannot be changed in place (max waiting can not be updated). Set it back to 5, or declare a consumer with a new name, move its clients, then remove this one.',
    ]);
    expect(messages("stream", {}, { firstSeq: 5 })[0]).toMatch(
      /^IN101 stream "X": firstSeq unset -> 5 cannot be changed in place/,
    );
  });

  it.each<[string, Fields, Fields, number]>([
    ["retention limits to interest", { retention: "interest" }, {}, 0],
    ["retention to work queue", {}, { retention: "workqueue" }, 1],
    ["retention from work queue", { retention: "workqueue" }, {}, 1],
    ["a mirror removed", { mirror: { name: "O" } }, {}, 0],
    ["a mirror added", {}, { mirror: { name: "O" } }, 1],
    ["a one-way switch turned on", {}, { allowMsgTtl: true }, 0],
    ["delete markers removed while TTLs stay", { subjectDeleteMarkerTtl: "1m" }, { allowMsgTtl: true }, 0],
    ["delete markers removed with their TTLs", { subjectDeleteMarkerTtl: "1m" }, {}, 1],
    ["a seal over what refused deletes already", { denyDelete: true, denyPurge: true }, { sealed: true }, 0],
  ])("%s", (_, from, to, refused) => expect(plan("stream", from, to).filter(isRefused)).toHaveLength(refused));

  it("depends on the server's version", () => {
    expect(messages("stream", {}, { maxConsumers: 5 }, {}, "2.11.17")[0]).toContain(
      "maxConsumers unset -> 5 cannot be changed in place (needs nats-server 2.12.5 or newer, the server runs 2.11.17)",
    );
    expect(codes("stream", {}, { maxConsumers: 5 }, {}, "2.12.5")).toEqual(["BC105 maxConsumers"]);
  });
});

it("passes over values that are not known yet", () => {
  const isUnknown = (value: unknown) => value === "?";
  expect(planChange("stream", "S", { storage: "?" }, { storage: "memory" }, { isUnknown })).toEqual([]);
  expect(planChange("stream", "S", {}, { storage: "?", replicas: 3 }, { isUnknown })).toMatchObject([
    { code: "UP101" },
  ]);
  const hidden = planChange("key-value bucket", "B", { ttl: "1h" }, { ttl: "1m", sources: "?" }, { isUnknown });
  expect(hidden).toMatchObject([{ code: "DL103", field: "ttl" }]);
});

const DAY = "1d";
const old = { subjects: ["o.>"], maxMsgs: 100, maxBytes: "10GiB", maxAge: "30d", maxMsgsPerSubject: 5 };

describe("an edit of a stream", () => {
  it.each<[string, Fields, Fields, string[]]>([
    ["lower maxMsgs, old discarded", old, { ...old, maxMsgs: 50 }, ["DL101 maxMsgs"]],
    [
      "lower maxMsgs, new refused",
      { ...old, discard: "new" },
      { ...old, discard: "new", maxMsgs: 50 },
      ["BC104 maxMsgs"],
    ],
    ["a first maxMsgs", {}, { maxMsgs: 50 }, ["DL101 maxMsgs"]],
    ["higher maxMsgs", old, { ...old, maxMsgs: 500 }, ["UP101 maxMsgs"]],
    ["no maxMsgs any more", old, { ...old, maxMsgs: undefined }, ["UP101 maxMsgs"]],
    ["lower maxBytes", old, { ...old, maxBytes: "2GiB" }, ["DL102 maxBytes"]],
    [
      "lower maxAge, new refused",
      { ...old, discard: "new" },
      { ...old, discard: "new", maxAge: DAY },
      ["DL103 maxAge"],
    ],
    ["maxAge below the default window", old, { ...old, maxAge: "1m" }, ["DL103 maxAge", "GD102 maxAge"]],
    [
      "maxAge below a window of its own",
      { ...old, duplicateWindow: "30s" },
      { ...old, duplicateWindow: "30s", maxAge: "1m" },
      ["DL103 maxAge"],
    ],
    [
      "lower maxMsgsPerSubject, new refused",
      { ...old, discard: "new" },
      { ...old, discard: "new", maxMsgsPerSubject: 1 },
      ["DL104 maxMsgsPerSubject"],
    ],
    ["new refused to old discarded", { ...old, discard: "new" }, old, ["DL105 discard", "GD107 discard"]],
    ["old discarded to new refused", old, { ...old, discard: "new" }, ["BC103 discard"]],
    ["another discard without limits", { discard: "new" }, {}, ["UP101 discard"]],
    ["retention to interest", {}, { retention: "interest" }, ["DL106 retention", "GD108 retention"]],
    ["retention to limits", { retention: "interest" }, {}, ["UP101 retention"]],
    ["a seal", {}, { sealed: true }, ["OW102 sealed"]],
    [
      "a seal that takes the limits over",
      { maxAge: DAY, denyDelete: true },
      { sealed: true },
      ["UP101 maxAge", "OW102 sealed"],
    ],
    ["a mirror promoted", { mirror: { name: "O" } }, {}, ["OW103 mirror"]],
    ["fewer replicas", { replicas: 3 }, {}, ["GD101 replicas"]],
    ["a subject less", { subjects: ["a", "b"] }, { subjects: ["a"] }, ["BC101 subjects"]],
    ["a subject widened", { subjects: ["a.b"] }, { subjects: ["a.*"] }, ["UP101 subjects"]],
    ["a shorter window", { duplicateWindow: "2m" }, { duplicateWindow: "1m" }, ["GD102 duplicateWindow"]],
    ["the default window spelled out", {}, { duplicateWindow: "2m" }, ["UP101 duplicateWindow"]],
    [
      "a first source, which ends the default window",
      {},
      { sources: [{ name: "O" }], subjects: ["X"] },
      ["UP101 subjects", "GD102 sources"],
    ],
    [
      "a source less",
      { subjects: ["x"], sources: [{ name: "O" }, { name: "P" }] },
      { subjects: ["x"], sources: [{ name: "O" }] },
      ["BC107 sources"],
    ],
    [
      "a source with another filter",
      { sources: [{ name: "O" }] },
      { sources: [{ name: "O", filterSubject: "a" }] },
      ["BC108 sources"],
    ],
    [
      "a source with another start",
      { sources: [{ name: "O" }] },
      { sources: [{ name: "O", optStartSeq: 9 }] },
      ["IN103 sources"],
    ],
    [
      "a source where old messages give way",
      { maxMsgs: 5, subjects: ["x"], sources: [{ name: "P" }] },
      { maxMsgs: 5, subjects: ["x"], sources: [{ name: "O" }, { name: "P" }] },
      ["DL108 sources"],
    ],
    [
      "delete markers over what refuses purges",
      { denyPurge: true },
      { denyPurge: true, subjectDeleteMarkerTtl: "1m" },
      ["RC101 subjectDeleteMarkerTtl"],
    ],
    [
      "schedules over what refuses purges",
      { denyPurge: true },
      { denyPurge: true, allowMsgSchedules: true },
      ["RC101 allowMsgSchedules"],
    ],
    ["compression", {}, { compression: "s2" }, ["IN102 compression"]],
    ["delete markers", {}, { subjectDeleteMarkerTtl: "1m" }, ["OW102 subjectDeleteMarkerTtl"]],
    [
      "delete markers where TTLs are allowed",
      { allowMsgTtl: true },
      { subjectDeleteMarkerTtl: "1m", allowMsgTtl: true },
      ["UP101 subjectDeleteMarkerTtl"],
    ],
    [
      "no markers, and no roll-ups with them",
      { subjectDeleteMarkerTtl: "1m" },
      { allowMsgTtl: true },
      ["BC112 subjectDeleteMarkerTtl"],
    ],
    [
      "roll-ups that markers keep on",
      { allowRollupHdrs: true, allowMsgTtl: true },
      { subjectDeleteMarkerTtl: "1m", allowMsgTtl: true },
      ["UP101 allowRollupHdrs", "UP101 subjectDeleteMarkerTtl"],
    ],
    ["no roll-ups", { allowRollupHdrs: true }, {}, ["BC112 allowRollupHdrs"]],
    ["no direct gets", { allowDirect: true }, {}, ["BC111 allowDirect"]],
    ["no batches", { allowAtomic: true, allowBatched: true }, {}, ["BC113 allowAtomic", "BC113 allowBatched"]],
    ["no acknowledgments", {}, { noAck: true }, ["BC106 noAck"]],
    ["smaller messages", {}, { maxMsgSize: "1KiB" }, ["BC102 maxMsgSize"]],
    ["another transform", {}, { subjectTransform: { src: "a", dest: "b" } }, ["BC109 subjectTransform"]],
    ["a first republish", {}, { republish: { dest: "b" } }, ["UP101 republish"]],
    ["another republish", { republish: { dest: "c" } }, { republish: { dest: "b" } }, ["BC110 republish"]],
    ["a lower class", { dataClass: "audit" }, { dataClass: "standard" }, ["GD103 dataClass"]],
    ["a higher class", { dataClass: "standard" }, { dataClass: "audit" }, ["UP101 dataClass"]],
    [
      "refusals per subject",
      { ...old, discard: "new" },
      { ...old, discard: "new", discardNewPerSubject: true },
      ["BC103 discardNewPerSubject"],
    ],
    [
      "no refusals per subject",
      { ...old, discard: "new", discardNewPerSubject: true },
      { ...old, discard: "new" },
      ["DL105 discardNewPerSubject", "GD107 discardNewPerSubject"],
    ],
  ])("%s", (_, from, to, expected) => {
    const full = (spec: Fields) => normalizeSpec("stream", { name: "X", ...spec });
    expect(codes("stream", full(from), full(to)).sort()).toEqual([...expected].sort());
  });
});

describe("an edit of a consumer", () => {
  const limits: AssetFacts = { stream: { retention: "limits", replicas: 3 } };
  const interest: AssetFacts = { stream: { retention: "interest", replicas: 3 } };
  it.each<[string, Fields, Fields, string[], AssetFacts?]>([
    [
      "a first filter, the stream not known",
      {},
      { filterSubject: "a" },
      ["BC114 filterSubject", "DL107 filterSubject"],
    ],
    ["a first filter on a limits stream", {}, { filterSubject: "a" }, ["BC114 filterSubject"], limits],
    [
      "a narrower filter on an interest stream",
      { filterSubject: "a.>" },
      { filterSubject: "a.b" },
      ["BC114 filterSubject", "DL107 filterSubject"],
      interest,
    ],
    [
      "a narrower filter with nothing pending",
      { filterSubject: "a.>" },
      { filterSubject: "a.b" },
      ["BC114 filterSubject"],
      { ...interest, pending: 0, ackPending: 0 },
    ],
    ["a wider filter", { filterSubject: "a.b" }, { filterSubject: "a.>" }, ["UP101 filterSubject"], interest],
    ["no filter any more", { filterSubject: "a.b" }, {}, ["UP101 filterSubject"], interest],
    [
      "one filter instead of two",
      { filterSubjects: ["a", "b"] },
      { filterSubject: "a" },
      ["BC114 filterSubject", "UP101 filterSubjects"],
      limits,
    ],
    ["no payloads", {}, { headersOnly: true }, ["BC115 headersOnly"]],
    ["a pause", {}, { pauseUntil: "2999-01-01T00:00:00Z" }, ["BC116 pauseUntil"]],
    ["a pause that is over", {}, { pauseUntil: "1999-01-01T00:00:00Z" }, ["UP101 pauseUntil"]],
    ["smaller requests", {}, { maxBatch: 10 }, ["BC117 maxBatch"]],
    [
      "another group",
      { priorityGroups: ["a"], priorityPolicy: "overflow" },
      { priorityGroups: ["b"], priorityPolicy: "overflow" },
      ["BC118 priorityGroups"],
    ],
    [
      "a first group",
      {},
      { priorityGroups: ["a"], priorityPolicy: "overflow" },
      ["BC118 priorityGroups", "BC118 priorityPolicy"],
    ],
    [
      "no group any more",
      { priorityGroups: ["a"], priorityPolicy: "overflow" },
      {},
      ["UP101 priorityGroups", "UP101 priorityPolicy"],
    ],
    ["a shorter first backoff", {}, { backoff: ["1s", "5m"] }, ["GD104 backoff"]],
    ["a longer first backoff", { ackWait: "5s" }, { ackWait: "5s", backoff: ["1m"] }, ["UP101 backoff"]],
    ["fewer pending", {}, { maxAckPending: 5 }, ["GD109 maxAckPending"]],
    ["no more than the default pending", { maxAckPending: -1 }, {}, ["GD109 maxAckPending"]],
    ["more pending", {}, { maxAckPending: 5000 }, ["UP101 maxAckPending"]],
    ["another deliver subject", { deliverSubject: "a" }, { deliverSubject: "b" }, ["BC119 deliverSubject"]],
    [
      "another deliver subject while somebody listens",
      { deliverSubject: "a" },
      { deliverSubject: "b" },
      ["RC103 deliverSubject"],
      { bound: true },
    ],
    ["a shorter wait", {}, { ackWait: "5s" }, ["GD104 ackWait"]],
    ["a longer wait", {}, { ackWait: "5m" }, ["UP101 ackWait"]],
    ["fewer deliveries", {}, { maxDeliver: 5 }, ["GD105 maxDeliver"]],
    ["an end when idle", {}, { inactiveThreshold: "1h" }, ["GD106 inactiveThreshold"]],
    ["fewer replicas than the stream", {}, { replicas: 1 }, ["GD101 replicas"], limits],
    ["as many replicas as the stream", {}, { replicas: 3 }, ["UP101 replicas"], limits],
  ])("%s", (...[, from, to, expected, facts]) => {
    const full = (spec: Fields) => ({ stream: "S", name: "C", kind: "pull", ackPolicy: "explicit", ...spec });
    expect(codes("consumer", full(from), full(to), facts).sort()).toEqual([...expected].sort());
  });
});

describe("an edit of a bucket", () => {
  it.each<[string, SpecKind, Fields, Fields, string[]]>([
    ["fewer values of a key", "key-value bucket", { history: 5 }, { history: 3 }, ["DL104 history"]],
    ["one value of a key again", "key-value bucket", { history: 5 }, {}, ["DL104 history"]],
    ["a shorter life", "key-value bucket", { ttl: "1d" }, { ttl: "1m" }, ["DL103 ttl"]],
    ["less room, which refuses writes", "key-value bucket", {}, { maxBytes: "1MiB" }, ["BC104 maxBytes"]],
    ["smaller values", "key-value bucket", {}, { maxValueSize: "1KiB" }, ["BC102 maxValueSize"]],
    ["markers", "key-value bucket", {}, { limitMarkerTtl: "1m" }, ["OW102 limitMarkerTtl"]],
    ["a first source", "key-value bucket", {}, { sources: [{ name: "O" }] }, ["DL108 sources"]],
    ["a mirror promoted", "key-value bucket", { mirror: { name: "O" } }, {}, ["OW103 mirror"]],
    ["a seal", "object store", {}, { sealed: true }, ["OW102 sealed"]],
    ["no batches", "object store", { allowBatched: true }, {}, ["BC113 allowBatched"]],
  ])("%s", (_, kind, from, to, expected) => {
    expect(codes(kind, { name: "B", ...from }, { name: "B", ...to })).toEqual(expected);
  });
});

describe("limits for a stream's consumers", () => {
  const consumers = [{ name: "c", filters: [], pending: 0, ackPending: 0, maxAckPending: 100 }];
  it("are refused below what a consumer has", () => {
    expect(messages("stream", {}, { consumerLimits: { maxAckPending: 50 } }, { consumers })).toEqual([
      'RC102 stream "X": consumerLimits unset -> {"maxAckPending":50} is refused by the server: consumer "c" has more. Lower the consumers first.',
    ]);
    expect(codes("stream", {}, { consumerLimits: { maxAckPending: 100 } }, { consumers })).toEqual([
      "UP101 consumerLimits",
    ]);
  });
});

it("knows what older servers refuse of consumers", () => {
  const consumers = [{ name: "c", filters: [], pending: 0, ackPending: 0, maxAckPending: 100, replicas: 1 }];
  const to = { consumerLimits: { inactiveThreshold: "1h" } };
  expect(codes("stream", {}, to, { consumers }, "2.11.17")).toEqual(["RC102 consumerLimits"]);
  expect(codes("stream", {}, to, { consumers }, "2.12.15")).toEqual(["UP101 consumerLimits"]);
  const interest = { replicas: 3, retention: "interest" };
  expect(codes("stream", { replicas: 3 }, interest, { consumers }, "2.14.5")).toEqual(["RC104 retention"]);
  expect(codes("stream", { replicas: 3 }, interest, { consumers }, "2.15.1")).toEqual([
    "DL106 retention",
    "GD108 retention",
  ]);
});

it("refuses what only an older server lets through", () => {
  expect(codes("stream", { maxConsumers: 9 }, { maxConsumers: 5 })).toEqual(["BC105 maxConsumers"]);
});
