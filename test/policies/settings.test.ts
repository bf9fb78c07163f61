import fc from "fast-check";
import type { Options } from "../../policies/option";
import { type Level, levels, type PolicyRule, presets } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { clusterOddSize } from "../../policies/rules/jetstream-cluster-odd-size";
import { consumerAckWaitBounded } from "../../policies/rules/jetstream-consumer-ack-wait-bounded";
import { consumerDurableNamePrefixed } from "../../policies/rules/jetstream-consumer-durable-name-prefixed";
import { consumerMaxDeliverBounded } from "../../policies/rules/jetstream-consumer-max-deliver-bounded";
import { preflightPasses } from "../../policies/rules/jetstream-preflight";
import { storageWithinVolume } from "../../policies/rules/jetstream-storage-within-volume";
import { waiverUsed } from "../../policies/rules/jetstream-waiver-used";
import { configProblems, type PolicyConfig, type RuleSetting, resolveSettings } from "../../policies/settings";

const bounded = consumerMaxDeliverBounded;
// Configurations come from files: anything may be in them.
const as = (config: object) => config as PolicyConfig;
const settingOf = (rule: PolicyRule, ...configs: object[]) =>
  resolveSettings([rule], "prod", configs.map(as))[0] as RuleSetting;
const problems = (config: object) =>
  configProblems(rules, as(config)).map(
    ({ code, path, problem, remedy }) => `${code} ${path.join(".")} ${problem}. ${remedy}`,
  );

describe("resolveSettings", () => {
  it.each(presets)("takes the levels of %s, and the options' defaults", (preset) => {
    for (const { rule, level, options } of resolveSettings(rules, preset)) {
      expect(level).toBe(rule.levels[preset]);
      expect(Object.keys(options)).toEqual(Object.keys(rule.options ?? {}));
    }
  });

  it.each<[string, object[], Level, number]>([
    ["nothing", [], "mandatory", 100],
    ["a level", [{ [bounded.id]: "advisory" }], "advisory", 100],
    ["a level in a map", [{ [bounded.id]: { enforcementLevel: "disabled" } }], "disabled", 100],
    ["an option alone", [{ [bounded.id]: { most: 7, reason: "agreed" } }], "mandatory", 7],
    ["all", [{ all: "advisory" }], "advisory", 100],
    ["all as a map", [{ all: { enforcementLevel: "advisory" } }], "advisory", 100],
    ["all beside the rule", [{ all: "disabled", [bounded.id]: "mandatory" }], "mandatory", 100],
    ["all beside an option, in any order", [{ [bounded.id]: { most: 7 }, all: "advisory" }], "advisory", 7],
    ["several, the last one decides", [{ [bounded.id]: { most: 7 } }, { [bounded.id]: { most: 8 } }], "mandatory", 8],
    ["several that say different things", [{ [bounded.id]: { most: 7 } }, { all: "advisory" }], "advisory", 7],
    ["another rule", [{ "jetstream-retention-bounded": "disabled" }], "mandatory", 100],
    ["what is wrong", [{ [bounded.id]: { enforcementLevel: "strict", most: "many", least: 1 } }], "mandatory", 100],
    ["a level that is none", [{ [bounded.id]: "remediate", all: 3 }], "mandatory", 100],
    ["no level and no map", [{ [bounded.id]: ["advisory"], all: null }], "mandatory", 100],
  ])("configures %s", (_, configs, level, most) => {
    expect(settingOf(bounded, ...configs)).toMatchObject({ level, options: { most } });
    expect(Object.keys(settingOf(bounded, ...configs).options)).toEqual(["most"]);
  });

  it("forbids and allows waivers", () => {
    const waivable = (rule: PolicyRule, ...configs: object[]) => settingOf(rule, ...configs).waivable;
    expect([waivable(bounded), waivable(preflightPasses), waivable(waiverUsed)]).toEqual([true, false, false]);
    expect(waivable(bounded, { [bounded.id]: { waivable: false } })).toBe(false);
    expect(waivable(bounded, { all: { waivable: false } })).toBe(false);
    expect(waivable(bounded, { all: { waivable: false }, [bounded.id]: { waivable: true } })).toBe(true);
    expect(waivable(bounded, { all: { waivable: false } }, { all: { waivable: true } })).toBe(true);
    expect(waivable(bounded, { all: { waivable: false } }, { [bounded.id]: "advisory" })).toBe(false);
    expect(waivable(bounded, { [bounded.id]: { waivable: "yes" } })).toBe(true);
    expect(waivable(preflightPasses, { all: { waivable: true } })).toBe(false);
    expect(waivable(preflightPasses, { [preflightPasses.id]: { waivable: true } })).toBe(true);
    expect(waivable(waiverUsed, { all: { waivable: true }, [waiverUsed.id]: { waivable: true } })).toBe(false);
  });
});

describe("configProblems", () => {
  it("accepts what there is", () => {
    expect(
      problems({
        all: "advisory",
        [bounded.id]: { enforcementLevel: "mandatory", most: 3, waivable: false, reason: "as agreed" },
        [consumerAckWaitBounded.id]: { least: "250ms", most: "2h" },
        [storageWithinVolume.id]: { share: 1, volume: "", servers: 1 },
        [clusterOddSize.id]: {},
      }),
    ).toEqual([]);
    expect(problems({})).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      "a rule that is none",
      { "no-rule": "advisory" },
      "PC103 no-rule is not a known rule. docs/policies.md lists the rules.",
    ],
    [
      "a rule's misspelled name",
      { "jetstream-consumer-ack-explicitly": {} },
      "PC103 jetstream-consumer-ack-explicitly is not a known rule. Did you mean jetstream-consumer-ack-explicit?",
    ],
    ["all, misspelled", { All: "advisory" }, "PC103 All is not a known rule. Did you mean all?"],
    [
      "a name every object has",
      { constructor: 1 },
      "PC103 constructor is not a known rule. docs/policies.md lists the rules.",
    ],
    [
      "a level that is none",
      { all: "remediate" },
      'PC104 all must be one of "advisory", "mandatory", "disabled", got "remediate". Use one of these.',
    ],
    [
      "a level that is none, in a map",
      { [bounded.id]: { enforcementLevel: true } },
      `PC104 ${bounded.id}.enforcementLevel must be one of "advisory", "mandatory", "disabled", got true. Use one of these.`,
    ],
    [
      "no level and no map",
      { [bounded.id]: ["mandatory"] },
      `PC104 ${bounded.id} must be a level or a map, got ["mandatory"]. Write one of "advisory", "mandatory", "disabled".`,
    ],
    [
      "nothing",
      { [bounded.id]: null },
      `PC104 ${bounded.id} must be a level or a map, got null. Write one of "advisory", "mandatory", "disabled".`,
    ],
    [
      "an option that is none",
      { [bounded.id]: { mosst: 3 } },
      `PC105 ${bounded.id}.mosst is not an option of the rule. Did you mean most?`,
    ],
    [
      "an option unlike any other",
      { [bounded.id]: { toString: 3 } },
      `PC105 ${bounded.id}.toString is not an option of the rule. There are enforcementLevel, waivable, reason, most.`,
    ],
    [
      "an option for all",
      { all: { most: 3 } },
      "PC105 all.most is not an option all rules have. There are enforcementLevel, waivable, reason.",
    ],
    ["waivable", { all: { waivable: 1 } }, "PC105 all.waivable must be true or false, got 1. Correct the value."],
    [
      "waivers of what is said of waivers",
      { [waiverUsed.id]: { waivable: true } },
      `PC105 ${waiverUsed.id}.waivable cannot be true: no waiver lifts what is said of waivers. Remove it.`,
    ],
    ["a reason", { all: { reason: 1 } }, "PC105 all.reason must be a text, got 1. Correct the value."],
    [
      "a whole number",
      { [bounded.id]: { most: 1.5 } },
      `PC105 ${bounded.id}.most must be a whole number from 1 to 1000000, got 1.5. Correct the value.`,
    ],
    [
      "a number out of range",
      { [bounded.id]: { most: 0 } },
      `PC105 ${bounded.id}.most must be a whole number from 1 to 1000000, got 0. Correct the value.`,
    ],
    [
      "a share",
      { [storageWithinVolume.id]: { share: 80 } },
      `PC105 ${storageWithinVolume.id}.share must be a number above 0, at most 1, got 80. Correct the value.`,
    ],
    [
      "an amount",
      { [storageWithinVolume.id]: { volume: "large" } },
      `PC105 ${storageWithinVolume.id}.volume must be an amount such as "20GiB", got "large". Correct the value.`,
    ],
    [
      "a duration",
      { [consumerAckWaitBounded.id]: { most: 30 } },
      `PC105 ${consumerAckWaitBounded.id}.most must be a duration such as "7d", got 30. Correct the value.`,
    ],
    [
      "a pattern",
      { [consumerDurableNamePrefixed.id]: { pattern: "(" } },
      `PC105 ${consumerDurableNamePrefixed.id}.pattern must be a regular expression, got "(". Correct the value.`,
    ],
    [
      "a list",
      { [consumerDurableNamePrefixed.id]: { services: ["a", 1] } },
      `PC105 ${consumerDurableNamePrefixed.id}.services must be a list of texts, got ["a",1]. Correct the value.`,
    ],
    [
      "a text",
      { "jetstream-consumer-dead-letter": { metadataKey: 1 } },
      "PC105 jetstream-consumer-dead-letter.metadataKey must be a text, got 1. Correct the value.",
    ],
    [
      "a choice of two",
      { "jetstream-consumer-ack-explicit": { flowControl: "no" } },
      'PC105 jetstream-consumer-ack-explicit.flowControl must be true or false, got "no". Correct the value.',
    ],
  ])("reports %s", (_, config, whole) => expect(problems(config)).toEqual([whole]));

  it("reports everything at once, with the value got", () => {
    const config = as({ "no-rule": {}, all: "never", [bounded.id]: { most: 0, waivable: "no" } });
    expect(configProblems(rules, config).map(({ code, value }) => [code, value])).toEqual([
      ["PC103", undefined],
      ["PC104", "never"],
      ["PC105", 0],
      ["PC105", "no"],
    ]);
  });
});

// Keys and values that are nearly right, and some that are not at all.
const keys = fc.constantFrom(...rules.map(({ id }) => id), "all", "jetstream-none", "__proto__", "constructor");
const optionKeys = fc.constantFrom(
  ...new Set(rules.flatMap(({ options }) => Object.keys(options ?? {}))),
  ...["enforcementLevel", "waivable", "reason", "toString", "__proto__"],
);
const values = fc.oneof(
  fc.constantFrom<unknown>(...levels, "1d", "20GiB", "^a$", "(", "", true, false, 0, 1, 3, 0.5, -1, null, ["a"], [1]),
  fc.anything(),
);
const configs = fc.dictionary(keys, fc.oneof(values, fc.dictionary(optionKeys, values)));

describe("of any configuration", () => {
  it("problems are said and never thrown, and what is resolved can be run", () => {
    fc.assert(
      fc.property(configs, fc.constantFrom(...presets), (config, preset) => {
        for (const { path, problem, remedy } of configProblems(rules, as(config))) {
          expect(Object.hasOwn(config, path[0] as string)).toBe(true);
          expect(problem).not.toBe("");
          expect(remedy).toMatch(/[.?]$/);
        }
        for (const { rule, level, options, waivable } of resolveSettings(rules, preset, [as(config)])) {
          expect(levels).toContain(level);
          expect(typeof waivable).toBe("boolean");
          expect(Object.keys(options)).toEqual(Object.keys(rule.options ?? {}));
          for (const [key, option] of Object.entries((rule.options ?? {}) as Options))
            expect(option.accepts(options[key])).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("without problems everything it says holds", () => {
    let sound = 0;
    fc.assert(
      fc.property(configs, fc.constantFrom(...presets), (all, preset) => {
        const wrong = new Set(configProblems(rules, as(all)).map(({ path }) => path[0]));
        const config = Object.fromEntries(Object.entries(all).filter(([key]) => !wrong.has(key)));
        expect(configProblems(rules, as(config))).toEqual([]);
        for (const setting of resolveSettings(rules, preset, [as(config)])) {
          const written = config[setting.rule.id];
          if (written === undefined) continue;
          sound++;
          if (typeof written === "string") expect(setting.level).toBe(written);
          else
            expect({
              ...setting.options,
              enforcementLevel: setting.level,
              waivable: setting.waivable,
              reason: "",
            }).toMatchObject({ ...(written as object), ...("reason" in (written as object) && { reason: "" }) });
        }
      }),
      { numRuns: 500 },
    );
    expect(sound).toBeGreaterThan(50);
  });
});
