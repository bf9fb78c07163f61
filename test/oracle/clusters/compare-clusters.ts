import type { Finding } from "../../../model/finding";
import { isOlder } from "../../../model/version";
import type { ClusterRule } from "../../../preflight/cluster/rule";
import { clusterRules } from "../../../preflight/cluster/rules";
import type { StartVerdict } from "./start-verdict";

/** How preflight and a server differ about a cluster; `undefined` where they agree. */
export function compareClusters(
  findings: readonly Finding[],
  verdict: StartVerdict,
  version: string,
): string | undefined {
  const errors = findings.filter(({ severity }) => severity === "error");
  const codes = [...new Set(errors.map(({ code }) => code))];
  const rules = codes.flatMap((code) => clusterRules.find((rule) => rule.code === code) ?? []);
  const sure = rules.filter((rule) => isServers(rule, version) && !rule.refusesSome).map(({ code }) => code);
  if (verdict.accepted)
    return sure.length > 0 ? `preflight refuses (${sure.join(", ")}), the server starts` : undefined;
  if (rules.some((rule) => stands(rule, verdict.words)) || codes.includes("CL101")) return undefined;
  const said = `the server says: ${verdict.words}`;
  return codes.length > 0
    ? `preflight refuses (${codes.join(", ")}) for another reason, ${said}`
    : `preflight accepts, ${said}`;
}

/** True for a rule the servers of a version hold themselves. */
export function isServers({ refusals, refusedSince }: ClusterRule, version: string): boolean {
  return refusals.length > 0 && !(refusedSince && isOlder(version, refusedSince));
}

/** True when a rule is about what a server said. */
export function stands({ refusals }: ClusterRule, words: string): boolean {
  return refusals.some((part) => words.includes(part));
}
