import { isObject, showValue } from "../model/walk";
import { closest } from "../preflight/closest";
import { defaultsOf, type Option, type Options } from "./option";
import { type Level, levels, type PolicyRule, type Preset } from "./rule";

/** What is configured for one rule: a level, or a level and options. The engine's format of a policy pack's configuration. */
export type RuleConfig = Level | Readonly<Record<string, unknown>>;

/** What is configured, by rule. `all` is for every rule; what a rule's own name says goes before it. */
export type PolicyConfig = Readonly<Record<string, RuleConfig>>;

/** A rule as it is to be run. */
export interface RuleSetting {
  readonly rule: PolicyRule;
  readonly level: Level;
  /** Whether a waiver can lift its findings. */
  readonly waivable: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Something wrong with a configuration. */
export interface ConfigProblem {
  readonly code: "PC103" | "PC104" | "PC105";
  /** Where it is: `["jetstream-replicas-odd", "enforcementLevel"]`. */
  readonly path: readonly string[];
  readonly value?: unknown;
  readonly problem: string;
  readonly remedy: string;
}

/** Keys of a rule's configuration that are no options. `reason` is for readers. */
const COMMON = ["enforcementLevel", "waivable", "reason"];

/**
 * Every rule with its level and options: the preset's, then each configuration's, the last one decides. What is wrong with
 * a configuration is passed over: `configProblems` says it.
 */
export function resolveSettings(
  rules: readonly PolicyRule[],
  preset: Preset,
  configs: readonly PolicyConfig[] = [],
): RuleSetting[] {
  return rules.map((rule) => configs.reduce(configured, presetSetting(rule, preset)));
}

/** A rule as a preset has it. */
export function presetSetting(rule: PolicyRule, preset: Preset): RuleSetting {
  return { rule, level: rule.levels[preset], waivable: isWaivable(rule), options: defaultsOf(rule.options ?? {}) };
}

// As the engine does it: `all` gives the level, then the rule's own entry what it has.
function configured(setting: RuleSetting, config: PolicyConfig): RuleSetting {
  const { id, options = {} } = setting.rule;
  const [all, own] = [entryOf(config, ALL), entryOf(config, id)];
  // For all rules at once waivers can be forbidden, and allowed again where a rule does not forbid them itself.
  const forAll = typeof all.waivable === "boolean" ? all.waivable && isWaivable(setting.rule) : setting.waivable;
  const accepted = Object.entries(own).filter(([key, value]) => optionOf(options, key)?.accepts(value));
  return {
    rule: setting.rule,
    level: [own.enforcementLevel, all.enforcementLevel].find(isLevel) ?? setting.level,
    waivable: typeof own.waivable === "boolean" ? own.waivable && canBeWaivable(setting.rule) : forAll,
    options: { ...setting.options, ...Object.fromEntries(accepted) },
  };
}

const ALL = "all";

// What is written for one rule, as a map; nothing where it is neither level nor map.
function entryOf(config: PolicyConfig, id: string): Readonly<Record<string, unknown>> {
  const own: unknown = Object.hasOwn(config, id) ? config[id] : undefined;
  return typeof own === "string" ? { enforcementLevel: own } : isObject(own) ? own : {};
}

const isLevel = (value: unknown): value is Level => (levels as readonly unknown[]).includes(value);
const isWaivable = (rule: PolicyRule) => rule.waivable !== false && canBeWaivable(rule);
// What is said of a waiver is lifted by no other one.
const canBeWaivable = ({ on }: PolicyRule) => on !== "waivers";

function optionOf(options: Options, key: string): Option<unknown> | undefined {
  return Object.hasOwn(options, key) && !COMMON.includes(key) ? options[key] : undefined;
}

/** Everything wrong with a configuration. */
export function configProblems(rules: readonly PolicyRule[], config: PolicyConfig): ConfigProblem[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(config).flatMap(([id, own]: [string, unknown]) => {
    const rule = byId.get(id);
    if (!rule && id !== ALL) return [unknownRule(id, [...byId.keys(), ALL])];
    if (typeof own === "string") return levelProblems([id], own);
    if (isObject(own)) return Object.entries(own).flatMap(([key, value]) => keyProblems(id, key, value, rule));
    const problem = `must be a level or a map, got ${showValue(own)}`;
    return [{ code: "PC104" as const, path: [id], value: own, problem, remedy: `Write one of ${listOf(levels)}.` }];
  });
}

function unknownRule(id: string, known: readonly string[]): ConfigProblem {
  const meant = closest(id, known);
  const remedy = meant ? `Did you mean ${meant}?` : "docs/policies.md lists the rules.";
  return { code: "PC103", path: [id], problem: "is not a known rule", remedy };
}

function keyProblems(id: string, key: string, value: unknown, rule: PolicyRule | undefined): ConfigProblem[] {
  const path = [id, key];
  if (key === "enforcementLevel") return levelProblems(path, value);
  const wrong = (wanted: string): ConfigProblem[] => [
    { code: "PC105", path, value, problem: `${wanted}, got ${showValue(value)}`, remedy: "Correct the value." },
  ];
  if (key === "waivable" && typeof value !== "boolean") return wrong("must be true or false");
  if (key === "waivable") return value && rule && !canBeWaivable(rule) ? [neverWaivable(path)] : [];
  if (key === "reason") return typeof value === "string" ? [] : wrong("must be a text");
  const options: Options = rule?.options ?? {};
  const option = optionOf(options, key);
  if (option) return option.accepts(value) ? [] : wrong(option.wanted);
  return [
    unknownOption(path, value, Object.keys(options), rule ? "an option of the rule" : "an option all rules have"),
  ];
}

function unknownOption(path: readonly string[], value: unknown, options: readonly string[], what: string) {
  const known = [...COMMON, ...options];
  const meant = closest(path.at(-1) ?? "", known);
  const remedy = meant ? `Did you mean ${meant}?` : `There are ${known.join(", ")}.`;
  return { code: "PC105" as const, path, value, problem: `is not ${what}`, remedy };
}

function neverWaivable(path: readonly string[]): ConfigProblem {
  const problem = "cannot be true: no waiver lifts what is said of waivers";
  return { code: "PC105", path, value: true, problem, remedy: "Remove it." };
}

function levelProblems(path: readonly string[], value: unknown): ConfigProblem[] {
  if (isLevel(value)) return [];
  const problem = `must be one of ${listOf(levels)}, got ${showValue(value)}`;
  return [{ code: "PC104", path, value, problem, remedy: "Use one of these." }];
}

const listOf = (values: readonly string[]) => values.map((value) => JSON.stringify(value)).join(", ");
