import { jsonReport } from "../../cli/formats/json";
import { junitReport } from "../../cli/formats/junit";
import { sarifReport } from "../../cli/formats/sarif";
import { textReport } from "../../cli/formats/text";
import type { PolicyRun, Report, ReportFinding, ReportWaived } from "../../cli/report";
import type { PolicyRule } from "../../policies/rule";
import { validSarif } from "../support/sarif";

const rule = (id: string, more: Partial<PolicyRule> = {}) =>
  ({
    id,
    title: `Title of ${id}`,
    why: "It breaks.",
    fix: "Mend it.",
    severity: "high",
    topics: ["capacity"],
    ...more,
  }) as PolicyRule;
const setting = (one: PolicyRule, level: "mandatory" | "advisory" | "disabled") => ({
  rule: one,
  level,
  waivable: true,
  options: one.id === "jetstream-b" ? { least: 3 } : {},
});

const maxAge: ReportFinding = {
  code: "jetstream-a",
  rule: "jetstream-a",
  level: "mandatory",
  severity: "error",
  kind: "stream",
  name: "ORDERS",
  field: "maxAge",
  problem: "is not set",
  remedy: "Set it.",
  file: "a.yaml",
  line: 4,
  column: 3,
};
const maxBytes: ReportFinding = { ...maxAge, field: "maxBytes" };
const refused: ReportFinding = {
  ...maxAge,
  code: "SP104",
  rule: "jetstream-preflight",
  field: "subjects[1]",
  value: "a",
  problem: "overlaps",
};
const advised: ReportFinding = {
  ...maxAge,
  code: "jetstream-b",
  rule: "jetstream-b",
  level: "advisory",
  severity: "warning",
  field: "",
  problem: "is plain",
};
const expired: ReportFinding = {
  ...maxAge,
  code: "jetstream-waiver-valid",
  rule: "jetstream-waiver-valid",
  kind: "file",
  name: "headwater.policy.json",
  field: "waivers[1].expires",
  file: "headwater.policy.json",
  line: 9,
  column: 5,
};
const waived: ReportWaived = {
  finding: { ...maxAge, name: "BILLS", line: 7 },
  waiver: { rule: "jetstream-a", reason: "sized\nin <May>", expires: "2027-05-31", ticket: "OPS-12" },
  daysLeft: 191,
  place: { file: "headwater.policy.json", line: 6, column: 5 },
};
const lastDay: ReportWaived = {
  finding: advised,
  waiver: { rule: "jetstream-b", reason: "moves away", expires: "2026-11-21" },
  daysLeft: 0,
};

const policies: PolicyRun = {
  preset: "staging",
  files: ["headwater.policy.json"],
  settings: [
    setting(rule("jetstream-a", { frameworks: ["ISO/IEC 27001:2022 A.8.6"] }), "mandatory"),
    setting(rule("jetstream-b", { topics: ["security", "encryption"], severity: "critical" }), "advisory"),
    setting(rule("jetstream-off"), "disabled"),
    setting(rule("jetstream-waiver-valid"), "mandatory"),
  ],
  waived: [waived, lastDay],
};

const report: Report = {
  files: ["a.yaml"],
  assets: [
    { kind: "stream", name: "ORDERS", place: { file: "a.yaml", line: 3, column: 3 } },
    { kind: "stream", name: "BILLS", place: { file: "a.yaml", line: 6, column: 3 } },
  ],
  findings: [advised, maxAge, maxBytes, refused, expired],
  judged: { version: "2.15.1" },
  policies,
};
const onlyWaived: Report = { ...report, findings: [] };
const live: Report = {
  ...report,
  files: [],
  assets: [{ kind: "stream", name: "ORDERS" }],
  findings: [{ ...maxAge, file: undefined, line: undefined, column: undefined }],
  judged: { version: "2.15.1", server: "nats://a" },
  policies: { ...policies, waived: [] },
};

describe("textReport of a gate", () => {
  it("has findings, what is waived, and a summary that counts it", () => {
    expect(textReport(report)).toBe(`a.yaml:4:3 error
  jetstream-a stream "ORDERS": maxAge is not set. Set it.
a.yaml:4:3 error
  jetstream-a stream "ORDERS": maxBytes is not set. Set it.
a.yaml:4:3 error
  SP104 stream "ORDERS": subjects[1] overlaps. Set it.
a.yaml:4:3 warning
  jetstream-b stream "ORDERS": is plain. Set it.

headwater.policy.json:9:5 error
  jetstream-waiver-valid file "headwater.policy.json": waivers[1].expires is not set. Set it.

waived
  a.yaml:7:3 jetstream-a stream "BILLS": maxAge is not set.
    until 2027-05-31 (191 days left), OPS-12: sized in <May>
  a.yaml:4:3 jetstream-b stream "ORDERS": is plain.
    until 2026-11-21 (its last day): moves away

4 errors, 1 warning, 2 waived in 2 streams, 1 file, for nats-server 2.15.1, by 3 rules as in staging
`);
  });

  it("is no problem where all is waived", () => {
    expect(textReport(onlyWaived)).toMatch(
      /\nNo problems, 2 waived in 2 streams, 1 file, for nats-server 2\.15\.1, by 3 rules as in staging\n$/,
    );
  });

  it("names no files where a live account was judged", () => {
    expect(textReport(live)).toBe(`error
  jetstream-a stream "ORDERS": maxAge is not set. Set it.

1 error in 1 stream, for nats-server 2.15.1 at nats://a, by 3 rules as in staging
`);
  });
});

it("says of no file that nothing was judged where there is none", () => {
  expect(
    textReport({ files: [], assets: [], findings: [expired] })
      .split("\n")
      .at(-2),
  ).toBe("1 error; nothing was judged, because not everything could be read");
});

describe("jsonReport of a gate", () => {
  it("adds rules, levels and what is waived to the documented shape", () => {
    const { findings, ...rest } = JSON.parse(jsonReport(report));
    expect(findings).toEqual([maxAge, maxBytes, refused, advised, expired]);
    const { ticket: _, ...untracked } = { ...lastDay.waiver };
    expect(rest).toEqual({
      version: 1,
      report: "check",
      files: ["a.yaml"],
      assets: { streams: 2, consumers: 0, keyValues: 0, objectStores: 0 },
      judged: { version: "2.15.1" },
      policies: {
        preset: "staging",
        files: ["headwater.policy.json"],
        rules: [
          { id: "jetstream-a", level: "mandatory", waivable: true, options: {} },
          { id: "jetstream-b", level: "advisory", waivable: true, options: { least: 3 } },
          { id: "jetstream-off", level: "disabled", waivable: true, options: {} },
          { id: "jetstream-waiver-valid", level: "mandatory", waivable: true, options: {} },
        ],
      },
      waived: [
        { ...waived.finding, waiver: { ...waived.waiver, daysLeft: 191, ...waived.place } },
        { ...lastDay.finding, waiver: { ...untracked, daysLeft: 0, file: null, line: null, column: null } },
      ],
      summary: { errors: 4, warnings: 1, waived: 2 },
    });
  });
});

describe("sarifReport of a gate", () => {
  const run = validSarif(sarifReport(report));

  it("says of every rule that was run what it is for", () => {
    const described = (id: string, name: string, level: string, properties: object) => ({
      id,
      name,
      shortDescription: { text: `Title of ${id}.` },
      fullDescription: { text: "It breaks." },
      help: {
        text: `It breaks.\n\nMend it.\n\ndocs/policies/${id}.md`,
        markdown: `It breaks.\n\n**Fix:** Mend it.\n\n\`docs/policies/${id}.md\``,
      },
      defaultConfiguration: { level },
      properties,
    });
    expect(run.tool.driver.rules).toEqual([
      {
        id: "SP104",
        help: { text: "SP104 in docs/errors/SP.md", markdown: "`SP104` in `docs/errors/SP.md`" },
        defaultConfiguration: { level: "error" },
      },
      described("jetstream-a", "JetstreamA", "error", {
        tags: ["capacity"],
        severity: "high",
        frameworks: ["ISO/IEC 27001:2022 A.8.6"],
      }),
      described("jetstream-b", "JetstreamB", "warning", {
        tags: ["security", "encryption"],
        severity: "critical",
        "security-severity": "9.5",
      }),
      described("jetstream-waiver-valid", "JetstreamWaiverValid", "error", { tags: ["capacity"], severity: "high" }),
    ]);
  });

  it("has a result for each finding, and waived ones as suppressed", () => {
    const at = (uri: string, startLine: number, startColumn: number) => ({
      physicalLocation: { artifactLocation: { uri }, region: { startLine, startColumn } },
    });
    const { results } = run;
    expect(results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.length])).toEqual([
      ["jetstream-a", "error", 0],
      ["jetstream-a", "error", 0],
      ["SP104", "error", 0],
      ["jetstream-b", "warning", 0],
      ["jetstream-waiver-valid", "error", 0],
      ["jetstream-a", "error", 1],
      ["jetstream-b", "warning", 1],
    ]);
    expect(results[2]).toEqual({
      ruleId: "SP104",
      ruleIndex: 0,
      level: "error",
      message: { text: 'SP104 stream "ORDERS": subjects[1] overlaps. Set it.' },
      locations: [
        {
          ...at("a.yaml", 4, 3),
          logicalLocations: [{ name: "ORDERS", fullyQualifiedName: "stream/ORDERS", kind: "resource" }],
        },
      ],
      suppressions: [],
      properties: { rule: "jetstream-preflight", level: "mandatory" },
    });
    expect(results[5]?.suppressions).toEqual([
      {
        kind: "external",
        status: "accepted",
        justification: "until 2027-05-31 (191 days left), OPS-12: sized\nin <May>",
        location: at("headwater.policy.json", 6, 5),
      },
    ]);
    expect(results[6]?.suppressions).toEqual([
      { kind: "external", status: "accepted", justification: "until 2026-11-21 (its last day): moves away" },
    ]);
  });

  it("is told from what is no SARIF", () => {
    const log = (result: object) =>
      JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "x", rules: [] } }, results: [result] }] });
    expect(() => validSarif(log({ message: { text: "a" }, level: "bad" }))).toThrow("Invalid");
    expect(() => validSarif(log({ message: { text: "a" }, ruleId: "b", ruleIndex: 0 }))).toThrow();
  });

  it("is valid without files, without findings, and without policies", () => {
    for (const one of [live, { ...live, findings: [] }, { ...report, policies: undefined }])
      validSarif(sarifReport(one));
  });
});

describe("junitReport of a gate", () => {
  it("has a case for each asset, one for what each rule says of it, and waived ones as skipped", () => {
    const valid =
      "jetstream-waiver-valid file &quot;headwater.policy.json&quot;: waivers[1].expires is not set. Set it.";
    const age = "jetstream-a stream &quot;ORDERS&quot;: maxAge is not set. Set it.";
    const bytes = "jetstream-a stream &quot;ORDERS&quot;: maxBytes is not set. Set it.";
    const overlap = "SP104 stream &quot;ORDERS&quot;: subjects[1] overlaps. Set it.";
    expect(
      junitReport({ ...report, policies: { ...policies, waived: [waived] } }),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="headwater check" tests="7" failures="3" errors="0">
  <testsuite name="a.yaml" tests="6" failures="2" errors="0" skipped="1">
    <testcase classname="a.yaml" name="stream &quot;ORDERS&quot;"/>
    <testcase classname="a.yaml" name="stream &quot;BILLS&quot;"/>
    <testcase classname="a.yaml" name="stream &quot;ORDERS&quot;: jetstream-b">
      <system-out>a.yaml:4:3 warning: jetstream-b stream &quot;ORDERS&quot;: is plain. Set it.</system-out>
    </testcase>
    <testcase classname="a.yaml" name="stream &quot;ORDERS&quot;: jetstream-a">
      <failure type="jetstream-a" message="${age}&#10;${bytes}">a.yaml:4:3 error: ${age}&#10;a.yaml:4:3 error: ${bytes}</failure>
    </testcase>
    <testcase classname="a.yaml" name="stream &quot;ORDERS&quot;: jetstream-preflight">
      <failure type="SP104" message="${overlap}">a.yaml:4:3 error: ${overlap}</failure>
    </testcase>
    <testcase classname="a.yaml" name="stream &quot;BILLS&quot;: jetstream-a">
      <skipped message="waived until 2027-05-31 (191 days left), OPS-12: sized&#10;in &lt;May&gt;"/>
      <system-out>a.yaml:7:3 error: jetstream-a stream &quot;BILLS&quot;: maxAge is not set. Set it.</system-out>
    </testcase>
  </testsuite>
  <testsuite name="headwater.policy.json" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="headwater.policy.json" name="file: jetstream-waiver-valid">
      <failure type="jetstream-waiver-valid" message="${valid}">headwater.policy.json:9:5 error: ${valid}</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it("calls the suite of a live account after its servers", () => {
    const text = junitReport(live);
    expect(text).toContain('<testsuite name="nats://a" tests="2" failures="1" errors="0" skipped="0">');
    expect(text).toContain('<testcase classname="nats://a" name="stream &quot;ORDERS&quot;"/>');
  });
});
