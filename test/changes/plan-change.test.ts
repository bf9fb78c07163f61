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
    ["new refused to old discarded", { ...old, discard: "new" }, old, ["DL105 discard"]],
    ["old discarded to new refused", old, { ...old, discard: "new" }, ["BC103 discard"]],
    ["another discard without limits", { discard: "new" }, {}, ["UP101 discard"]],
    ["retention to interest", {}, { retention: "interest" }, ["DL106 retention"]],
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
    ["no acknowledgements", {}, { noAck: true }, ["BC106 noAck"]],
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
      ["DL105 discardNewPerSubject"],
    ],
  ])("%s", (_, from, to, expected) => {
    const full = (spec: Fields) => normalizeSpec("stream", { name: "X", ...spec });
    expect(codes("stream", full(from), full(to)).sort()).toEqual([...expected].sort());
  });
});
