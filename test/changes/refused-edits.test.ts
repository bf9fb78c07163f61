import fc from "fast-check";
import { findRefusedEdits, mutability } from "../../changes/refused-edits";
import type { SpecKind } from "../../model/finding";
import { formatFinding } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { specShapes } from "../../model/spec-shapes";
import { specOf } from "../support/spec-arbitrary";

const kinds = Object.keys(mutability) as SpecKind[];
const messages = (...args: Parameters<typeof findRefusedEdits>) => findRefusedEdits(...args).map(formatFinding);

it.each(kinds)("has a row for every field of a %s, and no other", (kind) => {
  expect(Object.keys(mutability[kind]).sort()).toEqual(Object.keys(specShapes[kind].fields.shape).sort());
});

it.each(kinds)("finds nothing between a %s and itself", (kind) => {
  fc.assert(
    fc.property(specOf(kind), (spec) => {
      const normal = normalizeSpec(kind, spec);
      expect(findRefusedEdits(kind, "X", normal, normal)).toEqual([]);
    }),
  );
});

it("quotes the server and says how to go on", () => {
  expect(messages("stream", "S", { name: "S" }, { name: "S", storage: "memory" })).toEqual([
    'RC101 stream "S": storage unset -> "memory" cannot be changed in place (stream configuration update can not change storage type). Remove it again, or declare a stream with a new name that has this one as a source, move its consumers, then retire this one.',
  ]);
  expect(messages("stream", "S", { denyDelete: true }, {})).toEqual([
    'OW101 stream "S": denyDelete true -> unset cannot be changed in place (stream configuration update can not cancel deny message deletes). Set it back to true: it cannot be undone. Without it, make a new stream and move to it.',
  ]);
  expect(messages("consumer", "S/C", { maxWaiting: 5 }, {})).toEqual([
    'RC101 consumer "S/C": maxWaiting 5 -> unset cannot be changed in place (max waiting can not be updated). Set it back to 5, or declare a consumer with a new name, move its clients, then remove this one.',
  ]);
  expect(messages("stream", "S", {}, { firstSeq: 5 })[0]).toMatch(
    /^IN101 stream "S": firstSeq unset -> 5 cannot be changed in place/,
  );
});

it.each([
  ["retention limits to interest", { retention: "interest" }, {}, 0],
  ["retention to work queue", {}, { retention: "workqueue" }, 1],
  ["retention from work queue", { retention: "workqueue" }, {}, 1],
  ["a mirror removed", { mirror: { name: "O" } }, {}, 0],
  ["a mirror added", {}, { mirror: { name: "O" } }, 1],
  ["a one-way switch turned on", {}, { allowMsgTtl: true }, 0],
  ["delete markers removed while TTLs stay", { subjectDeleteMarkerTtl: "1m" }, { allowMsgTtl: true }, 0],
  ["delete markers removed with their TTLs", { subjectDeleteMarkerTtl: "1m" }, {}, 1],
])("%s", (_, from, to, refused) => {
  expect(findRefusedEdits("stream", "S", from, to)).toHaveLength(refused);
});

it("knows what an older server refuses", () => {
  expect(messages("stream", "S", {}, { maxConsumers: 5 }, { server: "2.11.17" })[0]).toContain(
    "maxConsumers unset -> 5 cannot be changed in place (needs nats-server 2.12.5 or newer, the server runs 2.11.17)",
  );
  expect(messages("stream", "S", {}, { maxConsumers: 5 }, { server: "2.12.5" })).toEqual([]);
});

it("passes over values that are not known yet", () => {
  const isUnknown = (value: unknown) => value === "?";
  expect(findRefusedEdits("stream", "S", {}, { storage: "?" }, { isUnknown })).toEqual([]);
});
