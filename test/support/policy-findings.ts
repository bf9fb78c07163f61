interface ReportedFinding {
  readonly rule?: string;
  readonly kind: string;
  readonly name: string;
  readonly field: string;
  readonly problem: string;
}

/** What rules found, `rule kind name field problem` a line and sorted: the same for the same assets, wherever they were read. */
export function policyFindings(findings: readonly ReportedFinding[]): string[] {
  return findings
    .filter(({ rule }) => rule !== undefined)
    .map(({ rule, kind, name, field, problem }) => [rule, kind, name, field, problem].join(" "))
    .sort();
}

/** The same of a report in JSON. */
export function reportedPolicyFindings(json: string): string[] {
  return policyFindings((JSON.parse(json) as { findings: ReportedFinding[] }).findings);
}
