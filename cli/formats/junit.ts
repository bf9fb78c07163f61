import { formatFinding } from "../../model/finding";
import { formatPlace, type LocatedFinding } from "../../model/place";
import { groupFindings, type Report } from "../report";

interface Case {
  readonly name: string;
  readonly findings: readonly LocatedFinding[];
}

/** JUnit XML as CI systems read it: a suite for each file, a case for each asset, a failure for each error. */
export function junitReport(report: Report): string {
  const suites = report.files.map((file) => suite(file, casesOf(report, file)));
  const tests = suites.reduce((sum, { cases }) => sum + cases.length, 0);
  const failures = suites.reduce((sum, { cases }) => sum + cases.filter(hasFailed).length, 0);
  const head = `<testsuites${attributes({ name: "headwater check", tests, failures, errors: 0 })}>`;
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites.map(({ text }) => text), "</testsuites>"];
  return `${lines.join("\n")}\n`;
}

function casesOf(report: Report, file: string): Case[] {
  const groups = groupFindings(report).filter((group) => group.file === file);
  const named = ({ kind, name }: { kind: string; name: string }) => (kind === "file" ? "file" : `${kind} "${name}"`);
  const found = new Map(groups.map((group) => [named(group), group.findings]));
  const assets = report.assets.filter(({ place }) => place.file === file).map(named);
  return [...new Set([...found.keys(), ...assets])].map((name) => ({ name, findings: found.get(name) ?? [] }));
}

function suite(file: string, cases: readonly Case[]) {
  const failures = cases.filter(hasFailed).length;
  const head = attributes({ name: file, tests: cases.length, failures, errors: 0, skipped: 0 });
  const body = cases.map((one) => testCase(file, one));
  return { cases, text: [`  <testsuite${head}>`, ...body, "  </testsuite>"].join("\n") };
}

function testCase(file: string, { name, findings }: Case): string {
  const head = `    <testcase${attributes({ classname: file, name })}`;
  if (findings.length === 0) return `${head}/>`;
  const warnings = findings.filter(({ severity }) => severity === "warning").map(line);
  const lines = [
    `${head}>`,
    ...findings.filter(isError).map(failure),
    ...(warnings.length > 0 ? [`      <system-out>${escapeXml(warnings.join("\n"))}</system-out>`] : []),
    "    </testcase>",
  ];
  return lines.join("\n");
}

function failure(finding: LocatedFinding): string {
  const head = attributes({ type: finding.code, message: formatFinding(finding) });
  return `      <failure${head}>${escapeXml(line(finding))}</failure>`;
}

function line(finding: LocatedFinding): string {
  const { file, severity } = finding;
  return `${file === undefined ? "" : `${formatPlace({ ...finding, file })} `}${severity}: ${formatFinding(finding)}`;
}

const isError = ({ severity }: LocatedFinding) => severity === "error";
const hasFailed = ({ findings }: Case) => findings.some(isError);

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

// XML 1.0 cannot say control characters at all.
function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[&<>"\n\t]/g, (character) => ENTITIES[character] as string)
  );
}
