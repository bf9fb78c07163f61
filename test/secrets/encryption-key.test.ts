import { formatFinding } from "../../model/finding";
import { nextKeys } from "../../secrets/encryption-key";
import { generateKey } from "../../secrets/generate-key";
import { keyId } from "../../secrets/key-id";
import type { KeyState } from "../../secrets/key-state";
import type { RunningKeys } from "../../secrets/running-keys";

describe("generateKey", () => {
  it("is a letter and 43 letters or digits, more than 256 bits, and never the same", () => {
    const keys = Array.from({ length: 2_000 }, generateKey);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z][A-Za-z0-9]{43}$/);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(keys.join("")).size).toBe(62);
    expect(Math.log2(52) + 43 * Math.log2(62)).toBeGreaterThan(256);
  });
});

const one: KeyState = { rotate: 1, current: "A", retired: [] };
const both: KeyState = { rotate: 2, current: "B", previous: "A", retired: [] };
const dropped: KeyState = { rotate: 2, current: "B", retired: ["A"] };
const third: KeyState = { rotate: 3, current: "C", previous: "B", retired: ["A"] };

const on = (...keys: (string | undefined)[]): RunningKeys =>
  keys.map((key, i) => ({ server: `s${i}`, ...(key && { key: keyId(key) }) }));
const nobody: RunningKeys = { unknown: "no server answered" };

type Row = [string, KeyState | undefined, number, "keep" | "drop", RunningKeys, Partial<KeyState> | string];
const rows: Row[] = [
  ["the first key", undefined, 1, "keep", nobody, { rotate: 1, retired: [] }],
  ["no step", one, 1, "keep", nobody, one],
  ["nothing to drop", one, 1, "drop", nobody, one],
  ["a second key", one, 2, "keep", nobody, { rotate: 2, previous: "A", retired: [] }],
  ["the second key kept", both, 2, "keep", nobody, both],
  ["dropped where all are through", both, 2, "drop", on("B", "B", "B"), dropped],
  ["dropped stays dropped", dropped, 2, "drop", nobody, dropped],
  ["kept again does not come back", dropped, 2, "keep", nobody, dropped],
  ["a third key after the drop", dropped, 3, "keep", nobody, { rotate: 3, previous: "B", retired: ["A"] }],
  ["a third key where all are through", both, 3, "keep", on("B", "B"), { rotate: 3, previous: "B", retired: ["A"] }],
  [
    "rotate is no number",
    one,
    1.5,
    "keep",
    nobody,
    'EK101 encryption key "k": rotate must be a whole number from 1, got 1.5. Correct the value.',
  ],
  [
    "previous is another word",
    one,
    1,
    "forget" as "drop",
    nobody,
    'EK101 encryption key "k": previous must be one of "keep", "drop", got "forget". Correct the value.',
  ],
  [
    "back",
    both,
    1,
    "keep",
    on("B"),
    'EK102 encryption key "k": rotate cannot go back from 2 to 1: the servers hold data of key 2. Set it to 2, or to 3 for a new key.',
  ],
  [
    "two at once",
    one,
    3,
    "keep",
    on("A"),
    'EK103 encryption key "k": rotate cannot go from 1 to 3: servers open data of one key and the one before it. Set it to 2.',
  ],
  [
    "a first one that is not 1",
    undefined,
    2,
    "keep",
    nobody,
    'EK103 encryption key "k": rotate must begin with 1, got 2. Set it to 1.',
  ],
  [
    "changed without keeping the one before",
    one,
    2,
    "drop",
    on("A"),
    'EK104 encryption key "k": previous cannot be "drop" in the step that makes key 2: the servers hold data of key 1, which they could not open. Leave previous out, run up, bring every server to the new key, and drop the old one then.',
  ],
  [
    "a third key while a server has the first",
    both,
    3,
    "keep",
    on("B", "A", "A"),
    'EK105 encryption key "k": rotate key 3 cannot be made: "s1", "s2" do not run with key 2 yet and may hold data of the one before. Bring every server to the new key first, one after the other.',
  ],
  [
    "dropped while a server stores in the clear",
    both,
    2,
    "drop",
    on("B", undefined),
    'EK106 encryption key "k": previous key 1 cannot be dropped: "s1" does not run with key 2 yet and may hold data of the one before. Bring every server to the new key first, one after the other.',
  ],
  [
    "dropped where nobody knows",
    both,
    2,
    "drop",
    nobody,
    'EK107 encryption key "k": previous key 1 cannot be dropped: it is not known what the servers run with (no server answered). Let the servers be asked: servers and a provider of the system account. Or look yourself, and accept with allow: [{ code: "EK107", reason: "…" }].',
  ],
];

describe("nextKeys", () => {
  it.each(rows)("%s", (_, state, rotate, previous, running, expected) => {
    const next = nextKeys(state, { rotate, previous }, running, { name: "k" });
    if (typeof expected === "string") {
      expect(next.findings.map(formatFinding)).toEqual([expected]);
      expect(next.state).toBeUndefined();
    } else {
      expect(next.findings).toEqual([]);
      expect(next.state).toMatchObject(expected);
    }
  });

  it("never loses a key, whatever is accepted", () => {
    const allow = [{ code: "EK107", reason: "new volumes" }];
    let state: KeyState | undefined;
    const made = new Set<string>();
    for (let rotate = 1; rotate <= 20; rotate++) {
      for (const previous of ["keep", "drop"] as const) {
        state =
          nextKeys(state, { rotate, previous }, nobody, { name: "k", allow: previous === "drop" ? allow : [] }).state ??
          state;
        made.add(state?.current as string);
        const kept = [state?.current, state?.previous, ...(state?.retired ?? [])].filter(Boolean);
        expect(new Set(kept)).toEqual(made);
        expect(kept).toHaveLength(made.size);
      }
    }
    expect(made.size).toBe(20);
  });

  it("accepts what is unknown with a reason, and nothing else", () => {
    const accept = (state: KeyState, rotate: number, allow: { code: string; reason: string }[]) =>
      nextKeys(state, { rotate, previous: "drop" }, nobody, { name: "k", allow });
    expect(accept(both, 2, [{ code: "EK107", reason: "looked" }]).state).toEqual(dropped);
    expect(accept(both, 2, [{ code: "EK107", reason: " " }]).findings.map(formatFinding)).toEqual([
      'EK108 encryption key "k": allow[0].reason is missing. Say why this is right.',
    ]);
    expect(accept(one, 2, [{ code: "EK104", reason: "now" }]).findings.map(formatFinding)[1]).toBe(
      'EK108 encryption key "k": allow[0].code must be one of EK107, EK112, got "EK104". Everything else is refused because data would be lost: do the steps in their order.',
    );
    expect(nextKeys(third, { rotate: 3, previous: "drop" }, on("C"), { name: "k" }).state?.retired).toEqual(["A", "B"]);
  });

  it("names no key in what it refuses", () => {
    const state = nextKeys(undefined, { rotate: 1, previous: "keep" }, nobody, { name: "k" }).state as KeyState;
    const { findings } = nextKeys({ ...state, previous: "Zsecret" }, { rotate: 1, previous: "drop" }, on("X"), {
      name: "k",
    });
    expect(JSON.stringify(findings)).not.toContain(state.current);
    expect(JSON.stringify(findings)).not.toContain("Zsecret");
  });
});
