import { bigintAsText } from "../../model/walk";
import { countAssets, countFindings, groupFindings, type Report } from "../report";

/** Version of the shape: it rises when something is removed or changes its meaning, not when something is added. */
const VERSION = 1;

/** For programs: the shape `docs/cli.md` documents. */
export function jsonReport(report: Report): string {
  const findings = groupFindings(report).flatMap((group) => group.findings);
  const shape = {
    version: VERSION,
    report: "check",
    files: report.files,
    assets: countAssets(report),
    judged: report.judged ?? null,
    findings: findings.map(({ code, severity, kind, name, field, value, problem, remedy, file, line, column }) => ({
      code,
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
    })),
    summary: countFindings(report),
  };
  return `${JSON.stringify(shape, bigintAsText, 2)}\n`;
}
