import { formatFinding } from "../../model/finding";
import { formatPlace } from "../../model/place";
import { waiverLine } from "../../policies/waiver-line";
import { groupFindings, type Report, type ReportFinding, type ReportWaived } from "../report";
import { attributes, escapeXml } from "./xml";

/** One test: an asset as servers see it, or an asset by one rule. */
interface Case {
  readonly name: string;
  readonly findings: readonly ReportFinding[];
  readonly waived?: readonly ReportWaived[];
}

/** JUnit XML as CI systems read it: a suite for each file, a case for each asset, a failure for each error. */
export function junitReport(report: Report): string {
  const suites = sourcesOf(report).map((file) =>
    suite(file ?? report.judged?.server ?? "account", casesOf(report, file)),
  );
  const tests = suites.reduce((sum, { cases }) => sum + cases.length, 0);
  const failures = suites.reduce((sum, { cases }) => sum + cases.filter(hasFailed).length, 0);
  const head = `<testsuites${attributes({ name: "headwater check", tests, failures, errors: 0 })}>`;
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites.map(({ text }) => text), "</testsuites>"];
  return `${lines.join("\n")}\n`;
}

// The files; a policy file with findings of its own; what is written in no file.
function sourcesOf({ files, findings, assets }: Report): (string | undefined)[] {
  return [...new Set([...files, ...findings.map(({ file }) => file), ...assets.map(({ place }) => place?.file)])];
}

function casesOf(report: Report, file: string | undefined): Case[] {
  const findings = report.findings.filter((finding) => finding.file === file);
  const waived = (report.policies?.waived ?? []).filter(({ finding }) => finding.file === file);
  const groups = groupFindings({ files: report.files, findings: findings.filter(({ rule }) => rule === undefined) });
  const found = new Map(groups.map((group) => [named(group), group.findings]));
  const assets = report.assets.filter(({ place }) => place?.file === file).map(named);
  const byServers = [...new Set([...found.keys(), ...assets])].map((name) => ({
    name,
    findings: found.get(name) ?? [],
  }));
  return [...byServers, ...casesByRule(findings, waived)];
}

// A case shows one outcome: what one rule says of one asset is a case of its own, so that each can be seen and skipped.
function casesByRule(findings: readonly ReportFinding[], waived: readonly ReportWaived[]): Case[] {
  const ruled = (finding: ReportFinding) => `${named(finding)}: ${finding.rule}`;
  const found = Map.groupBy(
    findings.filter(({ rule }) => rule !== undefined),
    ruled,
  );
  const lifted = Map.groupBy(waived, ({ finding }) => ruled(finding));
  return [
    ...[...found].map(([name, findings]) => ({ name, findings })),
    ...[...lifted].map(([name, waived]) => ({ name, findings: [], waived })),
  ];
}

function named({ kind, name }: { kind: string; name: string }): string {
  return kind === "file" ? "file" : `${kind} "${name}"`;
}

function suite(name: string, cases: readonly Case[]) {
  const failures = cases.filter(hasFailed).length;
  const skipped = cases.filter(({ waived }) => waived).length;
  const head = attributes({ name, tests: cases.length, failures, errors: 0, skipped });
  const body = cases.map((one) => testCase(name, one));
  return { cases, text: [`  <testsuite${head}>`, ...body, "  </testsuite>"].join("\n") };
}

function testCase(classname: string, { name, findings, waived = [] }: Case): string {
  const head = `    <testcase${attributes({ classname, name })}`;
  if (findings.length + waived.length === 0) return `${head}/>`;
  const warnings = findings.filter(({ severity }) => severity === "warning").map(line);
  const lines = [
    `${head}>`,
    ...skipped(waived),
    ...failuresOf(findings.filter(isError)),
    ...(warnings.length > 0 ? [`      <system-out>${escapeXml(warnings.join("\n"))}</system-out>`] : []),
    "    </testcase>",
  ];
  return lines.join("\n");
}

function skipped(waived: readonly ReportWaived[]): string[] {
  if (waived.length === 0) return [];
  const message = [...new Set(waived.map(({ waiver, daysLeft }) => `waived ${waiverLine(waiver, daysLeft)}`))].join(
    "\n",
  );
  const found = waived.map(({ finding }) => line(finding)).join("\n");
  return [`      <skipped${attributes({ message })}/>`, `      <system-out>${escapeXml(found)}</system-out>`];
}

// Many readers show the first failure of a case only: what one rule says is one.
function failuresOf(errors: readonly ReportFinding[]): string[] {
  const together = errors.every(({ rule }) => rule !== undefined) ? [errors] : errors.map((error) => [error]);
  return together.filter((some) => some.length > 0).map(failure);
}

function failure(findings: readonly ReportFinding[]): string {
  const [{ code }] = findings as readonly [ReportFinding];
  const head = attributes({ type: code, message: findings.map(formatFinding).join("\n") });
  return `      <failure${head}>${escapeXml(findings.map(line).join("\n"))}</failure>`;
}

function line(finding: ReportFinding): string {
  const { file, severity } = finding;
  return `${file === undefined ? "" : `${formatPlace({ ...finding, file })} `}${severity}: ${formatFinding(finding)}`;
}

const isError = ({ severity }: ReportFinding) => severity === "error";
const hasFailed = ({ findings }: Case) => findings.some(isError);
