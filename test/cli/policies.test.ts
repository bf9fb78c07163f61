import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rules } from "../../policies/rules";
import { folderWith, headwater } from "../support/cli";

const HEAD = "apiVersion: headwater.dev/v1\nkind: Topology\n";
const ORDERS = `${HEAD}streams:
  ORDERS_V1:
    subjects: [orders.v1.placed]
    maxAge: 30d
`;
const UNBOUNDED =
  'jetstream-retention-bounded stream "ORDERS_V1": maxBytes is not set: the stream grows until the volume is full. Set it to the disk the stream may take.';
const ONLY = { all: "disabled", "jetstream-retention-bounded": "mandatory" };
/** A policy file by which only what bounds streams, and waivers, are judged. */
const policy = (more: object = {}, rules: object = {}) =>
  JSON.stringify({ rules: { ...ONLY, ...rules }, ...more }, undefined, 2);

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Runs `headwater check` with `--policies` in a fresh folder with files, some of them in folders. */
function check(files: Readonly<Record<string, string>>, line = "orders.yaml", at = ".") {
  const cwd = folderWith({});
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return headwater(["check", "--policies", ...line.split(" ")], { cwd: join(cwd, at) });
}
const json = async (...args: Parameters<typeof check>) => {
  const [files, line = "orders.yaml", at] = args;
  const { code, stdout } = await check(files, `${line} --json`, at);
  return { code, report: JSON.parse(stdout) };
};

describe("headwater check --policies", () => {
  it("ends with 1 on mandatory findings, each at its place", async () => {
    expect(await check({ "orders.yaml": ORDERS, "headwater.policy.json": policy() })).toEqual({
      code: 1,
      stdout: `orders.yaml:4:3 error\n  ${UNBOUNDED}\n\n1 error in 1 stream, 1 file, for nats-server 2.15.1, by 1 rule as in prod\n`,
      stderr: "",
    });
  });

  it("ends with 0 on advisory ones", async () => {
    const rules = { "jetstream-retention-bounded": "advisory" };
    const { code, stdout } = await check({ "orders.yaml": ORDERS, "headwater.policy.json": policy({}, rules) });
    expect([code, stdout.split("\n").slice(0, 2)]).toEqual([0, ["orders.yaml:4:3 warning", `  ${UNBOUNDED}`]]);
  });

  it("is silent with --quiet where nothing is found or waived", async () => {
    const good = { "orders.yaml": `${ORDERS}    maxBytes: 1GiB\n`, "headwater.policy.json": policy() };
    expect(await check(good, "orders.yaml --quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("changes nothing where it is not asked for", async () => {
    const cwd = folderWith({ "orders.yaml": ORDERS, "headwater.policy.json": "broken" });
    expect(await headwater(["check", "orders.yaml"], { cwd })).toEqual({
      code: 0,
      stdout: "No problems in 1 stream, 1 file, for nats-server 2.15.1\n",
      stderr: "",
    });
    const { stdout } = await headwater(["check", "orders.yaml", "--json"], { cwd });
    expect(Object.keys(JSON.parse(stdout))).toEqual([
      "version",
      "report",
      "files",
      "assets",
      "judged",
      "findings",
      "summary",
    ]);
    expect(JSON.parse(stdout).summary).toEqual({ errors: 0, warnings: 0 });
  });

  it("judges clusters and buckets beside streams, each at its place", async () => {
    const files = {
      "nats.yaml": "apiVersion: headwater.dev/v1\nkind: Cluster\nmetadata: { name: nats }\nsize: 4\n",
      "kv.yaml": `${HEAD}keyValues:\n  sessions:\n    storage: memory\n    compression: true\n`,
      "headwater.policy.json": policy(
        {},
        { "jetstream-cluster-odd-size": "mandatory", "jetstream-preflight-warnings": "advisory" },
      ),
    };
    const { code, report } = await json(files, "nats.yaml kv.yaml");
    const found = report.findings.map(({ code, rule, kind, name, level, file, line }: Record<string, unknown>) => [
      ...[code, rule, kind, name],
      ...[level, file, line],
    ]);
    const size = "jetstream-cluster-odd-size";
    expect(found).toContainEqual([size, size, "cluster", "nats", "mandatory", "nats.yaml", 4]);
    const warnings = ["SW106", "jetstream-preflight-warnings", "key-value bucket", "sessions"];
    expect(found).toContainEqual([...warnings, "advisory", "kv.yaml", 6]);
    expect(code).toBe(1);
  });
});

describe("what servers say", () => {
  const BAD = `${ORDERS}    maxBytes: 1GiB
  BILLS_V1: { subjects: [orders.v1.placed], maxAge: 1d, maxBytes: 1GiB }
consumers:
  - { stream: GONE, name: a_b, kind: pull, ackPolicy: explicit }
`;
  const rules = { all: "disabled", "jetstream-preflight": "mandatory" };
  const findings = async (own: object, waivers: object[] = []) => {
    const files = {
      "orders.yaml": BAD,
      "headwater.policy.json": JSON.stringify({ rules: { ...rules, ...own }, waivers }),
    };
    const { code, report } = await json(files);
    const found = report.findings as { code: string; severity: string; rule?: string; level?: string; line: number }[];
    return {
      code,
      found: found.map(({ code, severity, rule, level, line }) => [code, severity, rule, level, line]),
      report,
    };
  };

  it("is shown once, with its code and the rule that asks for it", async () => {
    const { code, found } = await findings({});
    expect(found).toEqual([
      ["SP201", "error", "jetstream-preflight", "mandatory", 8],
      ["SW102", "error", "jetstream-preflight", "mandatory", 10],
    ]);
    expect(code).toBe(1);
  });

  it("stays an error at every level, and its warnings have the rule's", async () => {
    expect((await findings({ "jetstream-preflight": "advisory" })).found).toEqual([
      ["SP201", "error", "jetstream-preflight", "mandatory", 8],
      ["SW102", "warning", "jetstream-preflight", "advisory", 10],
    ]);
    const { code, found } = await findings({ "jetstream-preflight": "disabled" });
    expect(found).toEqual([["SP201", "error", undefined, undefined, 8]]);
    expect(code).toBe(1);
  });

  it("is not lifted by a waiver where a server refuses it", async () => {
    const own = { "jetstream-preflight": { enforcementLevel: "mandatory", waivable: true } };
    const waive = (name: string) => ({ rule: "jetstream-preflight", name, reason: "later", expires: day(30) });
    const { code, found, report } = await findings(own, [waive("BILLS_V1"), waive("GONE/a_b")]);
    expect(found).toEqual([["SP201", "error", undefined, undefined, 8]]);
    expect(report.waived).toMatchObject([{ code: "SW102", rule: "jetstream-preflight", name: "GONE/a_b" }]);
    expect(code).toBe(1);
  });
});

describe("waivers", () => {
  const waiver = (days: number) => ({
    rule: "jetstream-retention-bounded",
    reason: "sized in May",
    expires: day(days),
    ticket: "OPS-12",
  });
  const own = (days: number) => `${ORDERS}    waive:\n      - ${JSON.stringify(waiver(days))}\n`;
  const strict = { "jetstream-waiver-valid": "mandatory", "jetstream-waiver-used": "advisory" };

  it("are listed with reason, date, days left and ticket, where an asset carries them", async () => {
    const files = { "orders.yaml": own(30), "headwater.policy.json": policy({}, strict) };
    const { code, stdout } = await check(files);
    expect([code, stdout]).toEqual([
      0,
      `waived
  orders.yaml:4:3 jetstream-retention-bounded stream "ORDERS_V1": maxBytes is not set: the stream grows until the volume is full.
    until ${day(30)} (30 days left), OPS-12: sized in May

No problems, 1 waived in 1 stream, 1 file, for nats-server 2.15.1, by 3 rules as in prod
`,
    ]);
    expect((await check(files, "orders.yaml --quiet")).stdout).toBe(stdout);
    const { report } = await json(files);
    expect(report.waived).toMatchObject([
      {
        name: "ORDERS_V1",
        field: "maxBytes",
        line: 4,
        waiver: { ...waiver(30), daysLeft: 30, file: "orders.yaml", line: 8, column: 9 },
      },
    ]);
  });

  it("hold to the end of their day", async () => {
    const { report } = await json({ "orders.yaml": own(0), "headwater.policy.json": policy({}, strict) });
    expect(report.waived).toMatchObject([{ waiver: { daysLeft: 0 } }]);
  });

  it("may be in the policy file, and what is wrong with one is said at its line", async () => {
    const waivers = [
      { ...waiver(1), name: "ORDERS_V1" },
      { ...waiver(-2), name: "OLD" },
      { ...waiver(5), name: "NEW" },
    ];
    const { code, report } = await json({
      "orders.yaml": ORDERS,
      "headwater.policy.json": policy({ waivers }, strict),
    });
    const at = (line: number) => ({ file: "headwater.policy.json", line });
    expect(report.findings).toMatchObject([
      { rule: "jetstream-waiver-valid", level: "mandatory", kind: "file", field: "waivers[1].expires", ...at(19) },
      { rule: "jetstream-waiver-used", level: "advisory", field: "waivers[2]", ...at(23) },
    ]);
    expect(report.waived).toMatchObject([{ waiver: { daysLeft: 1, ...at(9) } }]);
    expect(report.summary).toEqual({ errors: 1, warnings: 1, waived: 1 });
    expect(code).toBe(1);
  });
});

describe("the policy file", () => {
  const presetOf = async (files: Readonly<Record<string, string>>, line?: string, at?: string) => {
    const { report } = await json({ "orders.yaml": ORDERS, "a/b/orders.yaml": ORDERS, ...files }, line, at);
    return [report.policies.preset, report.policies.files];
  };
  const dev = '{"preset": "dev"}';

  it("is looked for here and above, up to the root of the repository", async () => {
    expect(await presetOf({})).toEqual(["prod", []]);
    expect(await presetOf({ "headwater.policy.json": dev })).toEqual(["dev", ["headwater.policy.json"]]);
    expect(await presetOf({ "headwater.policy.json": dev }, undefined, "a/b")).toEqual([
      "dev",
      ["../../headwater.policy.json"],
    ]);
    const nearer = { "headwater.policy.json": dev, "a/headwater.policy.json": '{"preset": "staging"}' };
    expect(await presetOf(nearer, undefined, "a/b")).toEqual(["staging", ["../headwater.policy.json"]]);
    expect(await presetOf({ "headwater.policy.json": dev, "a/.git": "gitdir: x" }, undefined, "a/b")).toEqual([
      "prod",
      [],
    ]);
    expect(await presetOf({ "headwater.policy.json": dev, ".git": "gitdir: x" }, undefined, "a/b")).toEqual([
      "dev",
      ["../../headwater.policy.json"],
    ]);
  });

  it("can be named, and be YAML; the option decides on the preset", async () => {
    const files = { "headwater.policy.json": dev, "strict.yaml": "preset: staging\n" };
    expect(await presetOf(files, "orders.yaml --policy-file strict.yaml")).toEqual(["staging", ["strict.yaml"]]);
    expect(await presetOf(files, "orders.yaml --preset prod")).toEqual(["prod", ["headwater.policy.json"]]);
  });

  it("gives way to --config, rule by rule", async () => {
    const config = { "jetstream-retention-bounded": { enforcementLevel: "advisory", reason: "not yet" } };
    const files = { "orders.yaml": ORDERS, "headwater.policy.json": policy(), "over.json": JSON.stringify(config) };
    const { code, report } = await json(files, "orders.yaml --config over.json");
    expect(code).toBe(0);
    expect(report.findings).toMatchObject([
      { rule: "jetstream-retention-bounded", level: "advisory", severity: "warning" },
    ]);
    expect(report.policies.files).toEqual(["headwater.policy.json", "over.json"]);
    expect(report.policies.rules).toContainEqual({
      id: "jetstream-cluster-odd-size",
      level: "disabled",
      waivable: true,
      options: { least: 1 },
    });
  });

  it("knows every rule there is, and runs those the preset asks for", async () => {
    const { report } = await json({ "orders.yaml": ORDERS }, "orders.yaml --preset dev");
    const run = report.policies.rules.map(({ id, level }: { id: string; level: string }) => [id, level]);
    expect(run).toEqual(rules.map(({ id, levels }) => [id, levels.dev]));
  });

  it.each([
    ["prod", "error"],
    ["staging", "error"],
    ["dev", "warning"],
  ])("judges with the levels of %s", async (preset, severity) => {
    const { report } = await json({ "orders.yaml": ORDERS }, `orders.yaml --preset ${preset}`);
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: "jetstream-retention-bounded", severity }));
  });
});

describe("what is wrong with the files of a gate ends with 2 and says where", () => {
  it.each([
    ["{", 'PC101 file "headwater.policy.json": cannot be parsed'],
    [
      "[]",
      'PC101 file "headwater.policy.json": must be a map, got []. Write one map, such as {"preset": "prod", "rules": {}}.',
    ],
    ['{\n "presets": "dev"}', 'headwater.policy.json:2:2 error\n  PC102 file "headwater.policy.json": presets '],
    [
      '{\n "waivers": [{"rule": "a", "name": "b", "reason": "c", "expires": "soon"}]}',
      'headwater.policy.json:2:56 error\n  PC102 file "headwater.policy.json": waivers[0].expires must be a date such as "2026-12-31", got "soon".',
    ],
    [
      '{"rules": {\n "jetstream-retention-bound": "mandatory"}}',
      'headwater.policy.json:2:2 error\n  PC103 file "headwater.policy.json": rules.jetstream-retention-bound is not a known rule. Did you mean jetstream-retention-bounded?',
    ],
    [
      '{"rules": {"all": "off"}}',
      'PC104 file "headwater.policy.json": rules.all must be one of "advisory", "mandatory", "disabled", got "off".',
    ],
  ])("%s", async (text, message) => {
    const { code, stdout, stderr } = await check({ "orders.yaml": ORDERS, "headwater.policy.json": text });
    expect([code, stderr]).toEqual([2, ""]);
    expect(stdout).toContain(message);
    expect(stdout).toMatch(/1 error in 1 file; nothing was judged, because not everything could be read\n$/);
  });

  it("in the configuration", async () => {
    const over = '{"jetstream-retention-bounded": {"enforcementLevel": "mandatory",\n "longest": 3}}';
    const { code, stdout } = await check(
      { "orders.yaml": ORDERS, "over.json": over },
      "orders.yaml --config over.json",
    );
    expect(code).toBe(2);
    expect(stdout).toContain(
      'over.json:2:2 error\n  PC105 file "over.json": jetstream-retention-bounded.longest is not an option of the rule.',
    );
  });
});

describe("wrong usage ends with 2", () => {
  const cwd = folderWith({ "orders.yaml": ORDERS, "latin.json": Uint8Array.from([0x22, 0xe9, 0x22]) });
  const HELP = "\nTry: headwater check --help\n";

  it.each([
    ["--policies", `error: --policies needs files, or --server for the live account${HELP}`],
    ["--server nats://a", `error: missing required argument 'file'${HELP}`],
    ["orders.yaml --preset dev", "headwater: --preset: nothing is judged by policies without --policies.\n"],
    [
      "orders.yaml --config a.json --policy-file b.json",
      "headwater: --config, --policy-file: nothing is judged by policies without --policies.\n",
    ],
    [
      "orders.yaml --policies --preset test",
      `error: option '--preset <environment>' argument 'test' is invalid. Allowed choices are dev, staging, prod.${HELP}`,
    ],
    ["orders.yaml --policies --config none.json", "headwater: --config: cannot read none.json (ENOENT).\n"],
    ["orders.yaml --policies --policy-file none.json", "headwater: --policy-file: cannot read none.json (ENOENT).\n"],
    ["orders.yaml --policies --config latin.json", "headwater: --config: cannot read latin.json (no UTF-8 text).\n"],
  ])("%s", async (line, stderr) => {
    expect(await headwater(["check", ...line.split(" ")], { cwd })).toEqual({ code: 2, stdout: "", stderr });
  });
});
