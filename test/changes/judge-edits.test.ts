import { type JudgeOptions, judgeEdits } from "../../changes/judge-edits";
import type { Declared } from "../../model/declared";
import { formatFinding } from "../../model/finding";
import { unsettableEdits } from "../../render/nack/unsettable";

const stream = (name: string, fields: object = {}, more: Partial<Declared> = {}): Declared => ({
  kind: "stream",
  spec: { name, ...fields },
  ...more,
});
const judged = (previous: Declared[], next: Declared[], options?: JudgeOptions) => {
  const { edits, findings } = judgeEdits(previous, next, options);
  return {
    edits: edits.map(({ name, judged: isJudged, findings: found }) => [name, isJudged, found.map(formatFinding)]),
    findings: findings.map(formatFinding),
  };
};

it("judges what was declared before, and nothing that is new", () => {
  expect(judged([stream("A")], [stream("A"), stream("B")]).edits).toEqual([
    ["A", true, []],
    ["B", false, []],
  ]);
});

it("says what an edit does at its worst, until it is acknowledged", () => {
  const [before, after] = [[stream("A", { maxAge: "7d" })], [stream("A", { maxAge: "24h" })]];
  const message =
    'DL103 stream "A": maxAge "7d" -> "1d" deletes older messages at once, if there are any. To keep them: keep the old age, or copy to another stream first. To accept: allow: [{ code: "DL103", field: "maxAge", to: "1d", reason: "…" }].';
  expect(judged(before, after)).toEqual({ edits: [["A", false, [message]]], findings: [] });
  const said = { code: "DL103", field: "maxAge", to: "1d", reason: "agreed" };
  expect(judged(before, after, { allow: [said] })).toEqual({ edits: [["A", true, []]], findings: [] });
  expect(judged(before, after, { allow: [{ ...said, asset: "A" }] }).edits).toEqual([["A", true, []]]);
});

it("refuses what cannot be changed in place, acknowledged or not", () => {
  const { edits } = judged([stream("A")], [stream("A", { storage: "memory" })]);
  expect(edits).toEqual([
    ["A", false, [expect.stringMatching(/^RC101 stream "A": storage unset -> "memory" cannot be/)]],
  ]);
});

it("takes what else stands against an edit", () => {
  const edit = [[stream("A", { noAck: true })], [stream("A"), stream("B")], { against: unsettableEdits }] as const;
  expect(judged([...edit[0]], [...edit[1]], edit[2]).edits).toEqual([
    [
      "A",
      false,
      [
        'NK104 stream "A": noAck true -> unset cannot be made by NACK: NACK never sends it: the server keeps what it has. Make this edit on the server, with headwater apply or the nats CLI, and render once with updates "never".',
      ],
    ],
    ["B", false, []],
  ]);
});

it("lets harmless edits pass, and the same asset written in another way", () => {
  expect(judged([stream("A", { maxAge: "1h" })], [stream("A", { maxAge: "60m", description: "x" })]).edits).toEqual([
    ["A", true, []],
  ]);
});

it("reports acknowledgments that name nothing", () => {
  const said = { code: "DL103", field: "maxAge", to: "2d", reason: "agreed" };
  const one = [stream("A", { maxAge: "1d" })];
  const remedy = "Correct it, or remove it: an acknowledgment holds for one edit.";
  expect(judged(one, one, { allow: [said] }).findings).toEqual([
    `AK101 stream "A": allow[0] names target "2d" of maxAge, which is "1d". ${remedy}`,
  ]);
  expect(judged(one, [...one, stream("B")], { allow: [said] }).findings).toEqual([
    `AK101 topology "": allow[0] names an edit no asset has. ${remedy}`,
  ]);
  expect(judged(one, one, { allow: [{ ...said, asset: "Z" }] }).findings).toEqual([
    `AK101 topology "Z": allow[0] names asset "Z", which is not declared. ${remedy}`,
  ]);
});
