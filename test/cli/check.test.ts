import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exportedSets } from "../../cli/read-module";
import { folderWith, headwater } from "../support/cli";

const HEAD = "apiVersion: headwater.dev/v1\nkind: Topology\n";
const GOOD = `${HEAD}streams:\n  ORDERS:\n    subjects: [orders.>]\n    allowBatched: true\n`;
const BAD = `${HEAD}streams:\n  BILLS:\n    subjects: [bills.>, bills.new]\n`;
const cwd = folderWith({
  "good.yaml": GOOD,
  "bad.yaml": BAD,
  "bus.yaml":
    "apiVersion: headwater.dev/v1\nkind: EventBus\nmetadata: {name: default}\ntype: native\nversion: latest\npersistence: {}\nsettings: {maxFileStore: 16GiB}\n",
  "broken.yaml": `${HEAD}streams:\n  A: {}\n  A: {}\n`,
  "latin.yaml": Uint8Array.from([0x61, 0x3a, 0x20, 0xe9]),
});
mkdirSync(join(cwd, "folder"));
const run = (line: string, options = {}) => headwater(line.split(" "), { cwd, ...options });

const OVERLAP =
  'SP104 stream "BILLS": subjects[1] "bills.new" overlaps subjects[0] "bills.>". Remove subjects[1]: subjects[0] already covers it.';

describe("headwater check", () => {
  it("ends with 0 and says what was checked", async () => {
    expect(await run("check good.yaml")).toEqual({
      code: 0,
      stdout: "No problems in 1 stream, 1 file, for nats-server 2.15.1\n",
      stderr: "",
    });
  });

  it("ends with 1 on errors", async () => {
    expect(await run("check good.yaml bad.yaml good.yaml ./bad.yaml folder/../good.yaml")).toEqual({
      code: 1,
      stdout: `bad.yaml:5:25 error\n  ${OVERLAP}\n\n1 error in 2 streams, 2 files, for nats-server 2.15.1\n`,
      stderr: "",
    });
  });

  it("ends with 0 on warnings", async () => {
    const { code, stdout } = await run("check bus.yaml");
    expect(code).toBe(0);
    expect(stdout).toBe(
      'bus.yaml:5:1 warning\n  EB201 event bus "default": version is "latest": nats-server 2.10.29 today, another one after an update of the controller. Set "2.10.29".\n\n1 warning in 1 event bus, 1 file, for nats-server 2.15.1\n',
    );
  });

  it.each([
    [
      "broken.yaml",
      'broken.yaml:5:3 error\n  TF101 file "broken.yaml": cannot be parsed: key "A" comes twice in one map.',
    ],
    ["none.yaml", 'none.yaml error\n  TF101 file "none.yaml": does not exist. Check the path.'],
    ["folder", 'folder error\n  TF101 file "folder": is a folder. Name the files in it.'],
    ["latin.yaml", 'latin.yaml error\n  TF101 file "latin.yaml": is no UTF-8 text. Save it as UTF-8.'],
  ])("ends with 2 and judges nothing when %s cannot be read", async (file, message) => {
    const { code, stdout } = await run(`check bad.yaml ${file}`);
    expect(code).toBe(2);
    expect(stdout).toContain(message);
    expect(stdout).not.toContain("SP104");
    expect(stdout).toMatch(/; nothing was judged, because not everything could be read\n$/);
  });

  it("reads standard input", async () => {
    const { code, stdout } = await run("check -", { stdin: BAD });
    expect(code).toBe(1);
    expect(stdout).toContain(`-:5:25 error\n  ${OVERLAP}`);
  });

  it("judges as the version asked for", async () => {
    const { code, stdout } = await run("check good.yaml --server-version 2.12");
    expect(code).toBe(1);
    expect(stdout).toContain(
      'good.yaml:6:5 error\n  SV101 stream "ORDERS": allowBatched needs nats-server 2.14.0 or newer, the server runs 2.12.0.',
    );
    expect((await run("check good.yaml --server-version v2.14.5")).code).toBe(0);
  });

  it("says that it does not know a version, and judges as the newest", async () => {
    expect(await run("check good.yaml --server-version 2.99")).toEqual({
      code: 0,
      stdout: "No problems in 1 stream, 1 file, for nats-server 2.15.1\n",
      stderr: "headwater: --server-version: 2.99 is newer than 2.15.1, the newest known: judged as 2.15.1.\n",
    });
  });

  it.each(["--json", "--format json"])("reports JSON with %s", async (option) => {
    const { code, stdout } = await run(`check bad.yaml ${option}`);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      report: "check",
      findings: [{ code: "SP104", file: "bad.yaml", line: 5, column: 25, value: "bills.new" }],
      summary: { errors: 1, warnings: 0 },
    });
  });

  it("writes the report to a file, and its summary to the terminal", async () => {
    const { code, stdout } = await run("check bad.yaml --format junit --output out.xml");
    expect(code).toBe(1);
    expect(stdout).toBe("1 error in 1 stream, 1 file, for nats-server 2.15.1; written to out.xml\n");
    expect(readFileSync(join(cwd, "out.xml"), "utf8")).toContain('<testsuite name="bad.yaml" tests="1" failures="1"');
    expect(await run("check bad.yaml --output no/where.txt")).toEqual({
      code: 2,
      stdout: "",
      stderr: "headwater: --output: cannot write no/where.txt (ENOENT).\n",
    });
    expect(existsSync(join(cwd, "no"))).toBe(false);
  });

  it("says nothing with --quiet when all is well, and what is wrong otherwise", async () => {
    expect(await run("check good.yaml --quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await run("check bad.yaml --quiet")).stdout).toContain(OVERLAP);
    expect((await run("check good.yaml --quiet --json")).stdout).toContain('"findings": []');
  });

  it.each([
    [true, {}, "", true],
    [false, {}, "", false],
    [true, { NO_COLOR: "1" }, "", false],
    [true, {}, " --no-color", false],
    [false, { FORCE_COLOR: "1" }, "", true],
    [true, { FORCE_COLOR: "0" }, "", false],
    [true, { TERM: "dumb" }, "", false],
    [false, { FORCE_COLOR: "1" }, " --no-color", false],
    [false, { FORCE_COLOR: "1" }, " --format json", false],
  ])("colors: terminal %s, environment %j, option%s: %s", async (terminal, env, option, colored) => {
    const { stdout } = await run(`check bad.yaml${option}`, { terminal, env });
    expect(stdout.includes("\u001b[31m")).toBe(colored);
  });

  it.each([
    ["check", "error: missing required argument 'file'\nTry: headwater check --help\n"],
    ["chek", "error: unknown command 'chek'\n(Did you mean check?)\nTry: headwater --help\n"],
    ["check a --servers", "error: unknown option '--servers'\n(Did you mean --server?)\nTry: headwater check --help\n"],
    [
      "check a --format xml",
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif, junit.\nTry: headwater check --help\n",
    ],
    [
      "check a --server nats://a --server-version 2.12",
      "error: option '--server-version <version>' cannot be used with option '--server <urls>'\nTry: headwater check --help\n",
    ],
    [
      "check good.yaml --server-version latest",
      'headwater: --server-version: "latest" is not a version such as 2.12.3.\n',
    ],
    [
      "check good.yaml --server-version 2.9.0",
      "headwater: --server-version: 2.9.0 is older than 2.10.0, the oldest known.\n",
    ],
    [
      "check good.yaml --server nats://u:pa55@a",
      'headwater: CN100 server "nats": --server contains a user or password. Move it to --user and --password-file.\n',
    ],
    [
      "check good.yaml --server nats://a --user u --creds good.yaml",
      'headwater: CN100 server "nats": --user, --creds are all set. Keep one way to log in; a jwt goes with its nkey.\n',
    ],
    [
      "check good.yaml --server nats://a --timeout soon",
      'headwater: CN100 server "nats": --timeout must be a duration such as "30s", got "soon". Correct the value.\n',
    ],
    [
      "check good.yaml --server nats://a --creds none.creds",
      `headwater: --creds: cannot read ${join(cwd, "none.creds")} (ENOENT).\n`,
    ],
    [
      "check good.yaml --server nats://a --nkey good.yaml",
      `headwater: --nkey: ${join(cwd, "good.yaml")} holds no seed of a user nkey (SU…).\n`,
    ],
    [
      "check good.yaml --server nats://a --tls-ca none.pem",
      `headwater: --tls-ca: cannot read ${join(cwd, "none.pem")} (ENOENT).\n`,
    ],
    [
      "check good.yaml --server nats://a --tls-ca good.yaml",
      `headwater: --tls-ca: ${join(cwd, "good.yaml")} holds no certificate in PEM.\n`,
    ],
    [
      "check good.yaml --server nats://a --tls-cert good.yaml --tls-key good.yaml",
      `headwater: --tls-cert: ${join(cwd, "good.yaml")} holds no certificate in PEM.\n`,
    ],
  ])("ends with 2 on %s", async (line, stderr) => {
    expect(await run(line)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("says in one message that no server answers", async () => {
    const { code, stdout, stderr } = await run("check good.yaml --server nats://127.0.0.1:1 --timeout 1s");
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^headwater: CN101 server "nats:\/\/127\.0\.0\.1:1": no server answered within 1 s \(".*"\)\. Check --server and that the servers run; --timeout waits longer\.\n$/,
    );
  });

  it("has help with examples and exit codes", async () => {
    const { code, stdout } = await run("check --help");
    expect(code).toBe(0);
    expect(stdout).toContain("headwater check topology.ts --server nats://localhost:4222 --creds deploy.creds");
    expect(stdout).toContain("Exit codes: 0 no errors, 1 errors found, 2 the command could not do its work.");
    expect((await run("--help")).stdout).toContain("check [options] [file...]");
    expect((await run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("exportedSets", () => {
  const [a, b] = [{ streams: {} }, { consumers: [] }];

  it.each([
    ["the default export", { default: a }, [a]],
    ["every named export, each once", { a, b, again: a, default: a }, [a, b]],
    ["what a CommonJS module exports", { default: { a, __esModule: true }, "module.exports": { a } }, [a]],
    [
      "a cluster",
      { default: { name: "nats", size: 3 }, named: { name: "one" } },
      [{ name: "nats", size: 3 }, { name: "one" }],
    ],
    [
      "nothing else",
      { text: "streams", list: [1], none: null, other: { stream: {} }, stream: { name: "A", subjects: [] } },
      [],
    ],
    ["one with a key that is wrong", { default: { ...a, steams: {} } }, [{ ...a, steams: {} }]],
  ])("takes %s", (_, exports, found) => expect(exportedSets(exports)).toEqual(found));
});
