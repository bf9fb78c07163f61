import type { Finding } from "../model/finding";

// Warnings of a preflight, and the rule that says the same at the organization's level.
const RULES: Readonly<Record<string, string>> = {
  EB201: "jetstream-event-bus-version-pinned",
  EB203: "jetstream-event-bus-persistence-set",
};

const keyOf = (code: string, { kind, name, field }: Finding) => JSON.stringify([code, kind, name, field]);

/** Tells the warnings a rule has said already, or that are waived with it: nobody is told one thing twice. */
export function saidByRules(findings: readonly Finding[]): (warning: Finding) => boolean {
  const said = new Set(findings.map((one) => keyOf(one.code, one)));
  return (warning) => {
    const rule = warning.severity === "warning" ? RULES[warning.code] : undefined;
    return rule !== undefined && said.has(keyOf(rule, warning));
  };
}
