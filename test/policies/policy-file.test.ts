import { formatFinding } from "../../model/finding";
import { formatPlace, type LocatedFinding, type Place } from "../../model/place";
import { type ReadPolicyFile, readPolicyConfig, readPolicyFile } from "../../policies/policy-file";
import { rules } from "../../policies/rules";

const written = (finding: LocatedFinding) => `${formatPlace(finding as Place)} ${formatFinding(finding)}`;
const read = (text: string, file = "p.json") => withoutPlace(readPolicyFile(file, text, rules));
const withoutPlace = ({ place: _, ...rest }: ReadPolicyFile) => rest;
const RULE = "jetstream-retention-bounded";
const waiver = (more: object = {}) => ({
  name: "A_V1",
  rule: RULE,
  reason: "sized in July",
  expires: "2026-07-31",
  ...more,
});
const file = (...waivers: object[]) => JSON.stringify({ waivers });

describe("readPolicyFile", () => {
  it("reads JSON", () => {
    const policy = {
      preset: "staging",
      rules: { all: "advisory", [RULE]: { enforcementLevel: "mandatory", reason: "disks were full twice" } },
      waivers: [waiver(), waiver({ name: "A_V1/a_b", kind: "consumer", ticket: "OPS-12" })],
    };
    expect(read(JSON.stringify(policy))).toEqual({ file: "p.json", policy, findings: [] });
  });

  it("reads YAML of the same shape, days as they are written", () => {
    const text = `preset: dev\nwaivers:\n  - {name: A_V1, rule: ${RULE}, reason: sized in July, expires: 2026-07-31}\n`;
    expect(read(text)).toEqual({ file: "p.json", policy: { preset: "dev", waivers: [waiver()] }, findings: [] });
  });

  it("reads a map that says nothing", () => expect(read("{}")).toEqual({ file: "p.json", policy: {}, findings: [] }));

  const MAP = '{"preset": "prod", "rules": {}}';
  it.each([
    [
      "no JSON",
      '{\n  "preset": \n',
      `p.json:2:13 PC101 file "p.json": cannot be parsed: flow map must end with a }. Correct the syntax.`,
    ],
    [
      "a key that comes twice",
      '{"rules": {},\n "rules": {}}',
      `p.json:2:2 PC101 file "p.json": cannot be parsed: key "rules" comes twice in one map. Correct the syntax.`,
    ],
    ["nothing", "", `p.json PC101 file "p.json": is empty. Write a map, such as ${MAP}, or leave the file out.`],
    ["a list", "\n[1]", `p.json:2:1 PC101 file "p.json": must be a map, got [1]. Write one map, such as ${MAP}.`],
    [
      "two documents",
      "preset: dev\n---\npreset: prod\n",
      `p.json:3:1 PC101 file "p.json": has more than one document. Write one map, such as ${MAP}.`,
    ],
  ])("reports %s and takes nothing of it", (_, text, whole) => {
    const { findings, policy } = read(text);
    expect(findings.map(written)).toEqual([whole]);
    expect(policy).toEqual({});
  });

  it.each([
    [
      "a key that is none",
      '{\n  "waiver": []\n}',
      'p.json:2:3 PC102 file "p.json": waiver is not a known field. Did you mean waivers?',
    ],
    [
      "a preset that is none",
      '{"preset": "production"}',
      'p.json:1:2 PC102 file "p.json": preset must be one of "dev", "staging", "prod", got "production". Use one of these.',
    ],
    [
      "rules that are no map",
      '{"rules": []}',
      'p.json:1:2 PC102 file "p.json": rules must be a map, got []. Correct the value.',
    ],
    [
      "waivers that are no list",
      '{"waivers": {}}',
      'p.json:1:2 PC102 file "p.json": waivers must be a list, got {}. Correct the value.',
    ],
    [
      "a waiver without a reason",
      file(waiver({ reason: undefined })),
      'p.json:1:13 PC102 file "p.json": waivers[0].reason is required. Set it.',
    ],
    [
      "a waiver without a date",
      file(waiver({ expires: undefined })),
      'p.json:1:13 PC102 file "p.json": waivers[0].expires is required. Set it.',
    ],
    [
      "a waiver of no asset",
      file(waiver({ name: undefined })),
      'p.json:1:13 PC102 file "p.json": waivers[0].name is required. Set it.',
    ],
    [
      "a day that is none",
      file(waiver({ expires: "2026-06-31" })),
      'p.json:1:90 PC102 file "p.json": waivers[0].expires must be a date such as "2026-12-31", got "2026-06-31". Correct the value.',
    ],
    [
      "a kind that is none",
      file(waiver({ kind: "bucket" })),
      'p.json:1:113 PC102 file "p.json": waivers[0].kind must be one of "stream", "consumer", "key-value bucket", "object store", "cluster", "event bus", got "bucket". Use one of these.',
    ],
    [
      "a field that is none",
      file(waiver({ until: "2026-07-31" })),
      'p.json:1:113 PC102 file "p.json": waivers[0].until is not a known field. Remove it, or correct its spelling.',
    ],
    [
      "a rule that is none",
      '{"rules": {\n  "jetstream-retention-bound": "advisory"}}',
      'p.json:2:3 PC103 file "p.json": rules.jetstream-retention-bound is not a known rule. Did you mean jetstream-retention-bounded?',
    ],
    [
      "a level that is none",
      `{"rules": {"${RULE}": {\n "enforcementLevel": "warn"}}}`,
      `p.json:2:2 PC104 file "p.json": rules.${RULE}.enforcementLevel must be one of "advisory", "mandatory", "disabled", got "warn". Use one of these.`,
    ],
    [
      "an option that is none",
      '{"rules": {"jetstream-consumer-max-deliver-bounded": {"most": "3"}}}',
      'p.json:1:55 PC105 file "p.json": rules.jetstream-consumer-max-deliver-bounded.most must be a whole number from 1 to 1000000, got "3". Correct the value.',
    ],
  ])("reports %s", (_, text, whole) => expect(read(text).findings.map(written)).toEqual([whole]));

  it("takes what is sound beside what is not", () => {
    const text = JSON.stringify({
      preset: "production",
      rules: { "no-rule": "advisory", [RULE]: "advisory" },
      waivers: [waiver({ expires: "soon" }), waiver({ name: "B_V1" })],
    });
    const { policy, findings } = read(text);
    expect(findings.map(({ code }) => code)).toEqual(["PC102", "PC102", "PC103"]);
    expect(policy).toEqual({
      rules: { "no-rule": "advisory", [RULE]: "advisory" },
      waivers: [waiver({ name: "B_V1" })],
    });
    expect(read('{"waivers": 3, "rules": 3}').policy).toEqual({});
  });
});

describe("readPolicyConfig", () => {
  const config = (text: string) => withoutPlace(readPolicyConfig("c.json", text, rules));

  it("reads what the engine takes", () => {
    expect(config(`{"all": "advisory", "${RULE}": {"enforcementLevel": "mandatory"}}`)).toEqual({
      file: "c.json",
      policy: { rules: { all: "advisory", [RULE]: { enforcementLevel: "mandatory" } } },
      findings: [],
    });
  });

  it.each([
    ["[]", "c.json:1:1 PC101", 'must be a map, got []. Write one map, such as {"all": "advisory"}.'],
    ['{"no-rule": {}}', "c.json:1:2 PC103", "no-rule is not a known rule. docs/policies.md lists the rules."],
    [
      `{"${RULE}": {"waivable": 0}}`,
      "c.json:1:34 PC105",
      `${RULE}.waivable must be true or false, got 0. Correct the value.`,
    ],
  ])("reports %s", (text, at, says) => {
    const [place, code] = at.split(" ");
    expect(config(text).findings.map(written)).toEqual([`${place} ${code} file "c.json": ${says}`]);
  });
});
