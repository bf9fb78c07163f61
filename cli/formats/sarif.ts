import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { formatFinding } from "../../model/finding";
import type { Place } from "../../model/place";
import { waiverLine } from "../../policies/waiver-line";
import { packageVersion } from "../package-version";
import { groupFindings, type Report, type ReportFinding, type ReportWaived } from "../report";
import { sarifRules } from "./sarif-rules";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** SARIF 2.1.0, which code scanning services read. */
export function sarifReport(report: Report): string {
  const { policies } = report;
  const findings = groupFindings(report).flatMap((group) => group.findings);
  const waived = policies?.waived ?? [];
  const rules = sarifRules([...findings, ...waived.map(({ finding }) => finding)], policies);
  const ids = rules.map(({ id }) => id);
  const run = {
    tool: { driver: { name: "headwater", version: packageVersion(), rules } },
    columnKind: "utf16CodeUnits",
    results: policies
      ? [...findings.map((finding) => ruledResult(finding, ids, [])), ...waived.map((one) => waivedResult(one, ids))]
      : findings.map((finding) => result(finding, ids)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, undefined, 2)}\n`;
}

function result(finding: ReportFinding, ids: readonly string[]) {
  const { code, severity, file } = finding;
  return {
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: severity,
    message: { text: formatFinding(finding) },
    ...(file !== undefined && { locations: [{ physicalLocation: physicalLocation({ ...finding, file }) }] }),
  };
}

// Suppressions of a run are either all given or all left out: where waivers are judged, none is an empty list.
function ruledResult(finding: ReportFinding, ids: readonly string[], suppressions: readonly object[]) {
  const { kind, name, rule, level } = finding;
  const { locations, ...rest } = result(finding, ids);
  const asset = { name, fullyQualifiedName: `${kind}/${name}`, kind: "resource" };
  return {
    ...rest,
    locations: [{ ...locations?.[0], logicalLocations: [asset] }],
    suppressions,
    ...(rule !== undefined && { properties: { rule, level } }),
  };
}

function waivedResult({ finding, waiver, daysLeft, place }: ReportWaived, ids: readonly string[]) {
  const suppression = {
    kind: "external",
    status: "accepted",
    justification: waiverLine(waiver, daysLeft),
    ...(place && { location: { physicalLocation: physicalLocation(place) } }),
  };
  return ruledResult(finding, ids, [suppression]);
}

function physicalLocation({ file, line, column }: Place) {
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
