import type { RuleSeverity } from "../../policies/rule";
import type { RuleSetting } from "../../policies/settings";
import { type PolicyRun, type ReportFinding, rulesRun } from "../report";

/** What SARIF says about every code that was found and every rule that was run, by id. */
export function sarifRules(findings: readonly ReportFinding[], policies: PolicyRun | undefined) {
  const settings = policies ? rulesRun(policies) : [];
  const ruled = new Set(settings.map(({ rule }) => rule.id));
  const codes = [...new Set(findings.map(({ code }) => code))].filter((code) => !ruled.has(code));
  const all = [...settings.map(policyRule), ...codes.map((code) => codeRule(code, findings))];
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function codeRule(code: string, findings: readonly ReportFinding[]) {
  const { severity } = findings.find((finding) => finding.code === code) as ReportFinding;
  const page = `docs/errors/${code.slice(0, 2)}.md`;
  return {
    id: code,
    // `helpUri` must be absolute; the page comes with the package.
    help: { text: `${code} in ${page}`, markdown: `\`${code}\` in \`${page}\`` },
    defaultConfiguration: { level: severity },
  };
}

// Code scanning services show rules with this tag as a matter of security, and how grave it is, from 0 to 10.
const SECURITY = "security";
const GRAVITY: Readonly<Record<RuleSeverity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.5" };

function policyRule({ rule, level }: RuleSetting) {
  const { id, title, why, fix, severity, topics, frameworks = [] } = rule;
  const page = `docs/policies/${id}.md`;
  return {
    id,
    name: id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${fix}\n\n${page}`, markdown: `${why}\n\n**Fix:** ${fix}\n\n\`${page}\`` },
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: {
      tags: topics,
      severity,
      ...(frameworks.length > 0 && { frameworks }),
      ...(topics.includes(SECURITY) && { "security-severity": GRAVITY[severity] }),
    },
  };
}
