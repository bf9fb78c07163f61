import type { AssetFacts } from "../../changes/asset-facts";
import { type Change, type ChangeCode, changeCodes, isDangerous } from "../../changes/change";
import { describe as describeChange } from "../../changes/describe";
import { lossOf } from "../../changes/loss";

const change = (code: ChangeCode, to: unknown, detail = {}): Change => {
  const names = {
    only: ["a"],
    sources: ["O"],
    removed: ["a"],
    consumers: ["c"],
    why: "the server says so",
    replicas: 3,
    from: "2m",
    to: "1m",
  };
  return { code, kind: "stream", name: "S", field: "f", from: undefined, to, detail: { ...names, ...detail } };
};
const texts = (code: ChangeCode, to: unknown, facts: AssetFacts, detail = {}) =>
  describeChange(change(code, to, detail), facts).problem;

const stored: AssetFacts = { messages: 10, bytes: 7_945_689_498n };

describe("with live facts", () => {
  it.each<[ChangeCode, unknown, AssetFacts, Record<string, unknown>, string]>([
    ["DL101", 4, stored, {}, "6 of the 10 messages (7.4 GiB) stored now would go"],
    ["DL102", "2GiB", stored, {}, "at least 5.4 GiB of the 7.4 GiB stored now would go"],
    [
      "DL103",
      "1h",
      { ...stored, expired: { maxAge: "1h", messages: 3 } },
      {},
      "3 of the 10 messages (7.4 GiB) stored now would go",
    ],
    [
      "DL103",
      "1h",
      { ...stored, firstTime: "2020-01-01T00:00:00Z", lastTime: "2020-01-02T00:00:00Z" },
      {},
      "all 10 messages (7.4 GiB) stored now would go",
    ],
    [
      "DL104",
      1,
      { ...stored, subjects: { a: 4, b: 1, c: 5 } },
      { limit: 1 },
      "7 of the 10 messages (7.4 GiB) stored now would go",
    ],
    ["DL105", "old", stored, { maxMsgs: 8 }, "2 of the 10 messages (7.4 GiB) stored now would go"],
    [
      "DL106",
      "interest",
      { ...stored, consumers: [{ name: "c", filters: [], pending: 3, ackPending: 1 }] },
      {},
      "6 of the 10 messages (7.4 GiB) stored now would go",
    ],
    ["DL110", "memory", stored, {}, "recreates the stream: all 10 messages (7.4 GiB) are deleted"],
    ["RC101", "memory", stored, {}, "cannot be changed in place (the server says so); it holds 10 messages (7.4 GiB)"],
    ["BC104", 5, stored, {}, "refuses writes while more is stored (now 10 messages, 7.4 GiB); nothing is deleted"],
    [
      "BC101",
      ["b"],
      { subjects: { a: 3 } },
      {},
      "its publishers get no answer, and the 3 messages stored under it stay",
    ],
    ["BC105", 1, { consumers: [] }, {}, "(now 0)"],
  ])("%s has the numbers", (code, to, facts, detail, expected) => {
    expect(texts(code, to, facts, detail)).toContain(expected);
  });

  it("gives bounds where a number cannot be known", () => {
    expect(texts("DL103", "1h", { messages: 10 }, {})).toContain("1 to 10 of the 10 messages stored now would go");
    expect(texts("DL104", 1, { messages: 10 }, { limit: 1 })).toContain("up to 9 of the 10 messages");
    const consumers = [
      { name: "a", filters: [], pending: 3, ackPending: 0 },
      { name: "b", filters: [], pending: 4, ackPending: 0 },
    ];
    expect(texts("DL106", "interest", { messages: 10, consumers })).toContain("3 to 6 of the 10 messages");
    const filtered = [{ name: "a", filters: ["x"], pending: 3, ackPending: 0 }];
    expect(texts("DL106", "interest", { messages: 10, consumers: filtered })).toContain("up to 7 of the 10 messages");
  });
});

describe("without facts", () => {
  it.each(Object.keys(changeCodes) as ChangeCode[])("%s says what it does in at most three lines", (code) => {
    const { problem, remedy } = describeChange(change(code, 5));
    expect(problem).toMatch(/^unset -> 5 \S+/);
    expect(`${problem}. ${remedy}`.length).toBeLessThan(480);
    expect(remedy.includes("To accept: allow:")).toBe(isDangerous({ code }));
    expect(problem).not.toMatch(/undefined|\[object/);
  });

  it("assumes the worst and says under which condition", () => {
    expect(texts("DL101", 4, {})).toContain("deletes the oldest messages at once, if more are stored");
    expect(lossOf(change("DL101", 4), {})).toBeUndefined();
  });
});
