import { showValue } from "../model/walk";
import { closest } from "../preflight/closest";
import { defaultsOf, type Option } from "./option";
import { type Level, levels, type PolicyRule, type Preset } from "./rule";

/** What is configured for one rule: a level, or a level and options. The engine's format of a policy pack's configuration. */
export type RuleConfig = Level | Readonly<Record<string, unknown>>;

/** What is configured, by rule; `all` is for every rule that is not named. */
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

/** Every rule with its level and options: the preset's, then each configuration's, the last one decides. */
export function resolveSettings(
  rules: readonly PolicyRule[],
  preset: Preset,
  configs: readonly PolicyConfig[] = [],
): RuleSetting[] {
  return rules.map((rule) => configs.reduce(configured, presetSetting(rule, preset)));
}

/** A rule as a preset has it. */
export function presetSetting(rule: PolicyRule, preset: Preset): RuleSetting {
  const options = defaultsOf(rule.options ?? {});
  return { rule, level: rule.levels[preset], waivable: rule.waivable !== false, options };
}

function configured(setting: RuleSetting, config: PolicyConfig): RuleSetting {
  const { rule } = setting;
  const own = Object.hasOwn(config, rule.id) ? config[rule.id] : config.all;
  if (own === undefined) return setting;
  if (typeof own === "string") return { ...setting, level: own };
  const { enforcementLevel = setting.level, waivable = setting.waivable, reason: _, ...options } = own;
  const known = Object.entries(options).filter(([key]) => Object.hasOwn(rule.options ?? {}, key));
  return {
    rule,
    level: enforcementLevel as Level,
    waivable: waivable === true,
    options: { ...setting.options, ...Object.fromEntries(known) },
  };
}

/** Everything wrong with a configuration. */
export function configProblems(rules: readonly PolicyRule[], config: PolicyConfig): ConfigProblem[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(config).flatMap(([id, own]) => {
    const rule = byId.get(id);
    if (!rule && id !== "all") return [unknownRule(id, [...byId.keys()])];
    if (typeof own === "string") return levelProblems([id], own);
    if (typeof own !== "object" || own === null || Array.isArray(own)) {
      const problem = `must be a level or a map, got ${showValue(own)}`;
      return [{ code: "PC104" as const, path: [id], value: own, problem, remedy: `Write one of ${listOf(levels)}.` }];
    }
    return Object.entries(own).flatMap(([key, value]) => keyProblems(id, key, value, rule?.options ?? {}));
  });
}

function unknownRule(id: string, known: readonly string[]): ConfigProblem {
  const meant = closest(id, known);
  const remedy = meant ? `Did you mean ${meant}?` : "docs/policies.md lists the rules.";
  return { code: "PC103", path: [id], problem: "is not a known rule", remedy };
}

function keyProblems(
  id: string,
  key: string,
  value: unknown,
  options: Readonly<Record<string, Option<unknown>>>,
): ConfigProblem[] {
  const path = [id, key];
  if (key === "enforcementLevel") return levelProblems(path, value);
  const wrong = (wanted: string): ConfigProblem[] => [
    { code: "PC105", path, value, problem: `${wanted}, got ${showValue(value)}`, remedy: "Correct the value." },
  ];
  if (key === "waivable") return typeof value === "boolean" ? [] : wrong("must be true or false");
  if (key === "reason") return typeof value === "string" ? [] : wrong("must be a text");
  const option = Object.hasOwn(options, key) ? options[key] : undefined;
  if (option) return option.accepts(value) ? [] : wrong(option.wanted);
  const known = [...COMMON, ...Object.keys(options)];
  const meant = closest(key, known);
  const remedy = meant ? `Did you mean ${meant}?` : `It has ${known.join(", ")}.`;
  return [{ code: "PC105", path, value, problem: "is not an option of the rule", remedy }];
}

function levelProblems(path: readonly string[], value: unknown): ConfigProblem[] {
  if ((levels as readonly unknown[]).includes(value)) return [];
  const problem = `must be one of ${listOf(levels)}, got ${showValue(value)}`;
  return [{ code: "PC104", path, value, problem, remedy: "Use one of these." }];
}

const listOf = (values: readonly string[]) => values.map((value) => JSON.stringify(value)).join(", ");
