import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { formatFinding } from "../../model/finding";
import type { LocatedFinding } from "../../model/place";
import { packageVersion } from "../package-version";
import { groupFindings, type Report } from "../report";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** SARIF 2.1.0, which code scanning services read. */
export function sarifReport(report: Report): string {
  const findings = groupFindings(report).flatMap((group) => group.findings);
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const driver = {
    name: "headwater",
    version: packageVersion(),
    rules: codes.map((code) => rule(code, findings)),
  };
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => result(finding, codes)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, undefined, 2)}\n`;
}

function rule(code: string, findings: readonly LocatedFinding[]) {
  const { severity } = findings.find((finding) => finding.code === code) as LocatedFinding;
  const page = `docs/errors/${code.slice(0, 2)}.md`;
  return {
    id: code,
    // `helpUri` must be absolute; the page comes with the package.
    help: { text: `${code} in ${page}`, markdown: `\`${code}\` in \`${page}\`` },
    defaultConfiguration: { level: severity },
  };
}

function result(finding: LocatedFinding, codes: readonly string[]) {
  const { code, severity, file } = finding;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: formatFinding(finding) },
    ...(file !== undefined && { locations: [{ physicalLocation: physicalLocation({ ...finding, file }) }] }),
  };
}

function physicalLocation({ file, line, column }: LocatedFinding & { readonly file: string }) {
  return {
    artifactLocation: { uri: toUri(file) },
    // Services that show annotations want a line even where the whole file is meant.
    region: { startLine: line ?? 1, ...(column !== undefined && { startColumn: column }) },
  };
}

function toUri(file: string): string {
  if (file === "-") return "stdin";
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replaceAll("\\", "/").replace(/^\.\//, "").split("/").map(encodeURIComponent).join("/");
}
