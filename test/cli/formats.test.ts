import { jsonReport } from "../../cli/formats/json";
import { junitReport } from "../../cli/formats/junit";
import { sarifReport } from "../../cli/formats/sarif";
import { textReport } from "../../cli/formats/text";
import type { Report } from "../../cli/report";
import type { LocatedFinding } from "../../model/place";

const { version } = require("../../package.json") as { version: string };

const overlap: LocatedFinding = {
  code: "SP104",
  severity: "error",
  kind: "stream",
  name: "ORDERS",
  field: "subjects[1]",
  value: "orders.>",
  problem: '"orders.>" overlaps subjects[0] "orders.new"',
  remedy: "Remove subjects[0]: subjects[1] already covers it.",
  file: "my files/b.yaml",
  line: 7,
  column: 9,
};
const warning: LocatedFinding = {
  code: "SP112",
  severity: "warning",
  kind: "stream",
  name: "ORDERS",
  field: "maxAge",
  problem: "is long",
  remedy: "Shorten it.",
  file: "my files/b.yaml",
  line: 5,
  column: 5,
};
const ofProgram: LocatedFinding = {
  ...overlap,
  kind: "consumer",
  name: "A&B/<x>\u001b",
  file: "a.ts",
  line: undefined,
  column: undefined,
};

const report: Report = {
  files: ["a.ts", "my files/b.yaml"],
  assets: [
    { kind: "consumer", name: "A&B/<x>\u001b", place: { file: "a.ts" } },
    { kind: "stream", name: "ORDERS", place: { file: "my files/b.yaml", line: 4, column: 3 } },
    { kind: "key-value bucket", name: "fine", place: { file: "my files/b.yaml", line: 9, column: 3 } },
  ],
  findings: [warning, overlap, ofProgram],
  judged: { version: "2.15.1" },
};
const fine: Report = { ...report, findings: [] };
const broken: Report = { ...report, judged: undefined, findings: [overlap] };

describe("textReport", () => {
  it("has every finding with its place, by file and asset, errors first", () => {
    expect(textReport(report)).toBe(`a.ts error
  SP104 consumer "A&B/<x>\\u001b": subjects[1] "orders.>" overlaps subjects[0] "orders.new". Remove subjects[0]: subjects[1] already covers it.

my files/b.yaml:7:9 error
  SP104 stream "ORDERS": subjects[1] "orders.>" overlaps subjects[0] "orders.new". Remove subjects[0]: subjects[1] already covers it.
my files/b.yaml:5:5 warning
  SP112 stream "ORDERS": maxAge is long. Shorten it.

2 errors, 1 warning in 1 stream, 1 consumer, 1 key-value bucket, 2 files, for nats-server 2.15.1
`);
  });

  it("says what was checked when all is well", () => {
    expect(textReport(fine)).toBe(
      "No problems in 1 stream, 1 consumer, 1 key-value bucket, 2 files, for nats-server 2.15.1\n",
    );
    const live = { ...fine, assets: [], judged: { version: "2.12.3", server: "nats://a" } };
    expect(textReport(live)).toBe("No problems in 0 streams, 2 files, for nats-server 2.12.3 at nats://a\n");
  });

  it("says when nothing was judged", () => {
    expect(textReport(broken).split("\n").at(-2)).toBe(
      "1 error in 2 files; nothing was judged, because not everything could be read",
    );
  });
});

describe("jsonReport", () => {
  it("has the documented shape", () => {
    expect(JSON.parse(jsonReport({ ...report, findings: [overlap, ofProgram] }))).toEqual({
      version: 1,
      report: "check",
      files: ["a.ts", "my files/b.yaml"],
      assets: { streams: 1, consumers: 1, keyValues: 1, objectStores: 0 },
      judged: { version: "2.15.1" },
      findings: [{ ...ofProgram, line: null, column: null }, { ...overlap }],
      summary: { errors: 2, warnings: 0 },
    });
  });

  it("has no value where a finding has none, and says when nothing was judged", () => {
    const { findings, judged } = JSON.parse(jsonReport({ ...broken, findings: [warning] }));
    expect(findings).toEqual([warning]);
    expect(judged).toBeNull();
  });
});

describe("sarifReport", () => {
  it("has a rule for each code and a result for each finding", () => {
    const text =
      'SP104 stream "ORDERS": subjects[1] "orders.>" overlaps subjects[0] "orders.new". Remove subjects[0]: subjects[1] already covers it.';
    const ofModule = text.replace('stream "ORDERS"', 'consumer "A&B/<x>\u001b"');
    const rule = (id: string, level: string) => ({
      id,
      help: { text: `${id} in docs/errors/SP.md`, markdown: `\`${id}\` in \`docs/errors/SP.md\`` },
      defaultConfiguration: { level },
    });
    const at = (uri: string, region: object) => [{ physicalLocation: { artifactLocation: { uri }, region } }];
    expect(JSON.parse(sarifReport(report))).toEqual({
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "headwater", version, rules: [rule("SP104", "error"), rule("SP112", "warning")] } },
          columnKind: "utf16CodeUnits",
          results: [
            {
              ruleId: "SP104",
              ruleIndex: 0,
              level: "error",
              message: { text: ofModule },
              locations: at("a.ts", { startLine: 1 }),
            },
            {
              ruleId: "SP104",
              ruleIndex: 0,
              level: "error",
              message: { text },
              locations: at("my%20files/b.yaml", { startLine: 7, startColumn: 9 }),
            },
            {
              ruleId: "SP112",
              ruleIndex: 1,
              level: "warning",
              message: { text: 'SP112 stream "ORDERS": maxAge is long. Shorten it.' },
              locations: at("my%20files/b.yaml", { startLine: 5, startColumn: 5 }),
            },
          ],
        },
      ],
    });
  });

  it("names a file outside the folder by its whole address", () => {
    const { runs } = JSON.parse(sarifReport({ ...report, findings: [{ ...overlap, file: "/tmp/a b.yaml" }] }));
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("file:///tmp/a%20b.yaml");
  });
});

it("has an address for standard input", () => {
  const { runs } = JSON.parse(sarifReport({ ...report, files: ["-"], findings: [{ ...overlap, file: "-" }] }));
  expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("stdin");
});

describe("junitReport", () => {
  it("has a suite for each file, a case for each asset, a failure for each error", () => {
    const said =
      "subjects[1] &quot;orders.&gt;&quot; overlaps subjects[0] &quot;orders.new&quot;. Remove subjects[0]: subjects[1] already covers it.";
    const ofModule = `SP104 consumer &quot;A&amp;B/&lt;x&gt;\ufffd&quot;: ${said}`;
    const ofStream = `SP104 stream &quot;ORDERS&quot;: ${said}`;
    expect(junitReport(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="headwater check" tests="3" failures="2" errors="0">
  <testsuite name="a.ts" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="a.ts" name="consumer &quot;A&amp;B/&lt;x&gt;\ufffd&quot;">
      <failure type="SP104" message="${ofModule}">a.ts error: ${ofModule}</failure>
    </testcase>
  </testsuite>
  <testsuite name="my files/b.yaml" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="my files/b.yaml" name="stream &quot;ORDERS&quot;">
      <failure type="SP104" message="${ofStream}">my files/b.yaml:7:9 error: ${ofStream}</failure>
      <system-out>my files/b.yaml:5:5 warning: SP112 stream &quot;ORDERS&quot;: maxAge is long. Shorten it.</system-out>
    </testcase>
    <testcase classname="my files/b.yaml" name="key-value bucket &quot;fine&quot;"/>
  </testsuite>
</testsuites>
`);
  });

  it("has a case for a file that could not be read", () => {
    const unread = { ...overlap, code: "TF101", kind: "file", name: "a.ts", file: "a.ts" } as const;
    const text = junitReport({ files: ["a.ts"], assets: [], findings: [unread] });
    expect(text).toContain('<testcase classname="a.ts" name="file">');
    expect(text).toContain('<testsuites name="headwater check" tests="1" failures="1" errors="0">');
  });
});
