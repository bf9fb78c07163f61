import { bigintAsText } from "../../model/walk";
import {
  countAssets,
  countFindings,
  groupFindings,
  type PolicyRun,
  type Report,
  type ReportFinding,
  type ReportWaived,
} from "../report";

/** Version of the shape: it rises when something is removed or changes its meaning, not when something is added. */
const VERSION = 1;

/** For programs: the shape `docs/cli.md` documents. */
export function jsonReport(report: Report): string {
  const { policies } = report;
  const shape = {
    version: VERSION,
    report: "check",
    files: report.files,
    assets: countAssets(report),
    judged: report.judged ?? null,
    ...(policies && { policies: policiesShape(policies) }),
    findings: groupFindings(report).flatMap((group) => group.findings.map(findingShape)),
    ...(policies && { waived: policies.waived.map(waivedShape) }),
    summary: { ...countFindings(report), ...(policies && { waived: policies.waived.length }) },
  };
  return `${JSON.stringify(shape, bigintAsText, 2)}\n`;
}

function findingShape(finding: ReportFinding) {
  const { code, rule, level, severity, kind, name, field, value, problem, remedy, file, line, column } = finding;
  return {
    code,
    rule,
    level,
    severity,
    kind,
    name,
    field,
    value,
    problem,
    remedy,
    file: file ?? null,
    line: line ?? null,
    column: column ?? null,
  };
}

function waivedShape({ finding, waiver, daysLeft, place }: ReportWaived) {
  const { rule, reason, expires, ticket } = waiver;
  const at = { file: place?.file ?? null, line: place?.line ?? null, column: place?.column ?? null };
  return { ...findingShape(finding), waiver: { rule, reason, expires, daysLeft, ticket, ...at } };
}

function policiesShape({ preset, files, settings }: PolicyRun) {
  const rules = settings.map(({ rule, level, waivable, options }) => ({ id: rule.id, level, waivable, options }));
  return { preset, files, rules };
}
