import { HeadwaterError } from "../../model/finding";
import type { Level, PolicyRule, Preset } from "../rule";
import { type ConfigProblem, configProblems, type PolicyConfig, type RuleSetting, resolveSettings } from "../settings";

/** The settings of a pack's rules: what is written down, and over it what the engine was told on the command line. */
export interface PackSettings {
  /** As it is written down. */
  readonly of: (rule: PolicyRule) => RuleSetting;
  /** As the engine asks for it now. Throws where the configuration makes no sense. */
  readonly configured: (rule: PolicyRule, config: object) => RuleSetting;
  /** Every rule, with what the engine asked for; disabled where it never did. */
  readonly asked: () => readonly RuleSetting[];
  /** Every rule, with what the engine asked for where it did. */
  readonly all: () => readonly RuleSetting[];
}

/**
 * `preset` is asked for as late as can be: the stack's name may decide it. `told` is what the engine was told of all policies,
 * where that was heard before they are asked.
 */
export function packSettings(
  rules: readonly PolicyRule[],
  preset: () => Preset,
  config: readonly PolicyConfig[],
  told: () => PolicyConfig = () => ({}),
): PackSettings {
  const asked = new Map<string, { readonly text: string; readonly setting: RuleSetting }>();
  const of = (rule: PolicyRule, own: readonly PolicyConfig[] = []) =>
    resolveSettings([rule], preset(), [...config, ...own])[0] as RuleSetting;
  const written = new Map<Preset, Map<PolicyRule, RuleSetting>>();
  const asWritten = (rule: PolicyRule): RuleSetting => {
    const known = written.get(preset()) ?? new Map<PolicyRule, RuleSetting>();
    written.set(preset(), known);
    const setting = known.get(rule) ?? of(rule);
    known.set(rule, setting);
    return setting;
  };
  // A policy the engine has not asked yet: what it was told of it is known where it was heard.
  const untold = (rule: PolicyRule, level?: Level): RuleSetting => {
    const own = told();
    if (Object.hasOwn(own, rule.id)) return of(rule, [own]);
    return level === undefined ? asWritten(rule) : { ...asWritten(rule), level };
  };
  return {
    of: asWritten,
    configured(rule, given) {
      const text = JSON.stringify(given);
      const known = asked.get(rule.id);
      if (known?.text === text) return known.setting;
      const own = { [rule.id]: given } as PolicyConfig;
      const problems = configProblems([rule], own);
      if (problems.length > 0) throw misconfigured(problems);
      // The engine asks nothing of a policy that is disabled: its level is its own matter.
      const { level, ...rest } = of(rule, [own]);
      const setting = { ...rest, level: level === "disabled" ? ("advisory" as const) : level };
      asked.set(rule.id, { text, setting });
      return setting;
    },
    asked: () => rules.map((rule) => asked.get(rule.id)?.setting ?? untold(rule, "disabled")),
    all: () => rules.map((rule) => asked.get(rule.id)?.setting ?? untold(rule)),
  };
}

// The engine shows the stack of what is thrown: here it is the message alone.
function misconfigured(problems: readonly ConfigProblem[]): Error {
  const about = { severity: "error", kind: "file", name: "--policy-pack-config" } as const;
  const error = new HeadwaterError(
    problems.map(({ code, path, problem, remedy }) => ({ code, ...about, field: path.join("."), problem, remedy })),
  );
  error.stack = error.message;
  return error;
}
