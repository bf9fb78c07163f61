import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatFinding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { check } from "../../policies/check";
import { createProject, type Project, type Run } from "../support/engine";
import { startServer, type TestServer } from "../support/nats";
import { messagesOf, violationsIn } from "../support/violations";

const PACK = ["--policy-pack", "node_modules/headwater/policies"];
const BOUNDED = "jetstream-retention-bounded";
const FAILED = 1;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const projects: Project[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) {
    // What was only previewed left nothing behind.
    if (project.state().includes("dynamic/nats:")) await project.destroy({ HEADWATER_ALLOW_DELETE: "*" });
    project.remove();
  }
});

interface Setup {
  readonly stack?: string;
  readonly policy?: object;
}

async function projectWith(program: string, { stack = "prod", policy }: Setup = {}): Promise<Project> {
  const project = await createProject({ servers: server.url, stack });
  projects.push(project);
  project.program(`const pulumi = require("@pulumi/pulumi");\nconst hw = require("headwater");\n${program}`);
  if (policy) writeFileSync(join(project.folder, "headwater.policy.json"), JSON.stringify(policy));
  return project;
}

/** Arguments for the pack with this configuration alone. */
function only(project: Project, config: object): string[] {
  const file = join(project.folder, "policy-config.json");
  writeFileSync(file, JSON.stringify({ all: "disabled", ...config }));
  return [...PACK, "--policy-pack-config", file];
}

const bounded = { [BOUNDED]: "mandatory", "jetstream-waiver-valid": "mandatory", "jetstream-waived": "advisory" };
const SIZE = `${BOUNDED} stream "ORDERS": maxBytes is not set: the stream grows until the volume is full. Set it to the disk the stream may take.`;
const ORDERS = (more = "") => `new hw.Stream("ORDERS", { subjects: ["orders.v1.placed"], maxAge: "7d", ${more} });`;
const ends = ({ code, text }: Run) => ({
  code,
  rules: violationsIn(text).map(({ rule, level }) => `${level} ${rule}`),
});

describe("the upstream provisioning settings", () => {
  const fixture = resolve(__dirname, "../fixtures/persistence-provisioning/topology.yaml");
  const {
    apiVersion: _,
    kind: __,
    ...topology
  } = JSON.parse(readFileSync(fixture, "utf8")) as TopologySpec & Record<string, unknown>;

  it("fail as a program, component and all, with what the library says of the same topology", async () => {
    const project = await projectWith(`new hw.Topology("persistence", ${JSON.stringify(topology)});`);
    const { code, text } = await project.preview(...PACK);
    expect(code).toBe(FAILED);
    const { findings } = check({ topology });
    expect(findings.filter(({ rule }) => rule === BOUNDED)).toHaveLength(3);
    const said = findings.map((one) => ({ level: one.level, rule: one.rule, message: formatFinding(one) }));
    const shown = violationsIn(text).map(({ level, rule, message }) => ({ level, rule, message }));
    expect(shown).toEqual(said.sort((a, b) => (a.rule + a.message < b.rule + b.message ? -1 : 1)));
  });
});

it("fails for an audit stream with one replica", async () => {
  const project = await projectWith(ORDERS(`maxBytes: "1GiB", dataClass: "audit", replicas: 1`));
  const run = await project.preview(...only(project, { "jetstream-audit-replicated": "mandatory" }));
  expect(ends(run)).toEqual({ code: FAILED, rules: ["mandatory jetstream-audit-replicated"] });
});

it("fails for a wildcard across versions", async () => {
  const project = await projectWith(`new hw.Stream("INGEST_V1", { subjects: ["ingest.*.raw"] });`);
  const run = await project.preview(...only(project, { "jetstream-subject-version-disjoint": "mandatory" }));
  expect(ends(run)).toEqual({ code: FAILED, rules: ["mandatory jetstream-subject-version-disjoint"] });
});

it("shows nothing a program marked as secret", async () => {
  const project = await projectWith(`new hw.Stream("INGEST_V1", { subjects: [pulumi.secret("classified.*.raw")] });`);
  const run = await project.preview(...only(project, { "jetstream-subject-version-disjoint": "mandatory" }));
  expect(ends(run)).toEqual({ code: FAILED, rules: ["mandatory jetstream-subject-version-disjoint"] });
  expect(run.text).not.toContain("classified");
});

describe("preview and up", () => {
  it("agree, fail with 1 and write nothing", async () => {
    const project = await projectWith(ORDERS());
    const pack = only(project, bounded);
    const [preview, up] = [await project.preview(...pack), await project.up(...pack)];
    expect(ends(preview)).toEqual({ code: FAILED, rules: [`mandatory ${BOUNDED}`] });
    expect(violationsIn(up.text)).toEqual(violationsIn(preview.text));
    expect(up.code).toBe(FAILED);
    expect(project.state()).not.toContain("nats:Stream");
  });

  it("agree, and pass with 0 where rules are advisory: by the name of the stack", async () => {
    const project = await projectWith(ORDERS(), { stack: "dev" });
    const [preview, up] = [await project.preview(...PACK), await project.up(...PACK)];
    expect([preview.code, up.code]).toEqual([0, 0]);
    expect(messagesOf(preview.text, BOUNDED)).toEqual([SIZE]);
    expect(violationsIn(up.text)).toEqual(violationsIn(preview.text));

    const asProd = await project.run(["preview", "--stack", "dev", "--color=never", ...PACK], {
      HEADWATER_POLICY_PRESET: "prod",
    });
    expect(asProd.code).toBe(FAILED);
    const said = ({ text }: Run) => violationsIn(text).map(({ level, rule, message }) => ({ level, rule, message }));
    const analyzed = await analyze(project, "dev", { HEADWATER_POLICY_PRESET: "dev" });
    expect(analyzed.code).toBe(0);
    expect(said(analyzed)).toEqual(said(up));
    // Without a run there is no stack whose name could decide: the strictest does.
    const strictest = await analyze(project, "dev");
    expect(strictest.code).toBe(FAILED);
    expect(said(strictest)).toEqual(said(asProd));
  });

  it("judge a value that comes from another resource when it is known", async () => {
    const size = `first.created.apply((created) => (created ? -1 : "1GiB"))`;
    const project = await projectWith(
      `const first = new hw.Stream("FIRST", { subjects: ["first"], maxAge: "1d", maxBytes: "1GiB" });\n${ORDERS(`maxBytes: ${size}`)}`,
    );
    const pack = only(project, bounded);
    expect(ends(await project.preview(...pack))).toEqual({ code: 0, rules: [] });
    const up = await project.up(...pack);
    expect(ends(up)).toEqual({ code: FAILED, rules: [`mandatory ${BOUNDED}`] });
    expect(messagesOf(up.text, BOUNDED)).toEqual([SIZE]);
  });
});

/** What `pulumi policy analyze` says of the exported state of a stack. */
async function analyze(project: Project, stack: string, env: Record<string, string> = {}): Promise<Run> {
  const file = join(project.folder, "state.json");
  await project.run(["stack", "export", "--stack", stack, "--file", file]);
  return project.run(["policy", "analyze", "--file", file, "--color=never", "--non-interactive", ...PACK], env);
}

describe("a waiver", () => {
  const waived = (expires: string) =>
    ORDERS(`waive: [{ rule: "${BOUNDED}", reason: "sized after a month", expires: "${expires}", ticket: "OPS-7" }]`);

  it("lets a finding pass, which is listed", async () => {
    const project = await projectWith(waived("2999-01-31"));
    const pack = only(project, {
      ...bounded,
      "jetstream-waiver-valid": { enforcementLevel: "mandatory", longest: "0s" },
    });
    for (const run of [await project.preview(...pack), await project.up(...pack)]) {
      expect(ends(run)).toEqual({ code: 0, rules: ["advisory jetstream-waived"] });
      expect(messagesOf(run.text, "jetstream-waived")).toEqual([
        expect.stringMatching(
          /^jetstream-retention-bounded stream "ORDERS": maxBytes is not set: .*\. Waived until 2999-01-31 \(\d+ days left\), OPS-7: sized after a month\. Written in waive\[0\]\.$/,
        ),
      ]);
    }
  });

  it("fails once it has expired, with its age", async () => {
    const project = await projectWith(waived("2026-01-31"));
    const run = await project.preview(...only(project, bounded));
    expect(ends(run)).toEqual({ code: FAILED, rules: [`mandatory ${BOUNDED}`, "mandatory jetstream-waiver-valid"] });
    expect(messagesOf(run.text, "jetstream-waiver-valid")).toEqual([
      expect.stringMatching(
        /^jetstream-waiver-valid stream "ORDERS": waive\[0\]\.expires of jetstream-retention-bounded expired \d+ days ago, on 2026-01-31\./,
      ),
    ]);
  });

  it("of the project's file counts as well", async () => {
    const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const policy = {
      preset: "staging",
      rules: { all: "disabled", ...bounded, "jetstream-waived": undefined },
      waivers: [{ name: "ORDERS", rule: BOUNDED, reason: "short", expires: inAMonth }],
    };
    const project = await projectWith(ORDERS(), { policy });
    const run = await project.preview(...PACK);
    expect(ends(run)).toEqual({ code: 0, rules: ["advisory jetstream-waived"] });
    expect(run.text).toContain("Written in headwater.policy.json waivers[0].");
  });
});

it("is not shown a stream that is only read: it is named as one that exists elsewhere", async () => {
  const owner = await projectWith(ORDERS(`maxBytes: "1GiB"`));
  expect((await owner.up()).code).toBe(0);
  const project = await projectWith(
    `hw.Stream.get("orders", "ORDERS");
     new hw.Consumer("reader", { stream: "ORDERS", name: "reader", kind: "pull", ackPolicy: "explicit" });`,
  );
  const judged = async (external: readonly string[]) => {
    const preflight = { enforcementLevel: "mandatory", external };
    return ends(await project.preview(...only(project, { "jetstream-preflight": preflight, [BOUNDED]: "mandatory" })));
  };
  expect(await judged([])).toEqual({ code: FAILED, rules: ["mandatory jetstream-preflight"] });
  expect(await judged(["ORDERS"])).toEqual({ code: 0, rules: [] });
});

describe("--policy-pack-config", () => {
  const consumer = `new hw.Consumer("reader", { stream: orders, name: "reader", kind: "pull", ackPolicy: "explicit" });`;
  const PREFIXED = "jetstream-consumer-durable-name-prefixed";

  it("turns a rule off, and an option changes a verdict", async () => {
    const project = await projectWith(`const orders = ${ORDERS(`maxBytes: "1GiB"`)}\n${consumer}`);
    const judged = async (config: object) => ends(await project.preview(...only(project, config)));
    expect(await judged({ [PREFIXED]: "mandatory" })).toEqual({ code: FAILED, rules: [`mandatory ${PREFIXED}`] });
    expect(await judged({ [PREFIXED]: { enforcementLevel: "mandatory", pattern: "^reader$" } })).toEqual({
      code: 0,
      rules: [],
    });
    expect(await judged({ [PREFIXED]: "disabled" })).toEqual({ code: 0, rules: [] });
    const { code, text } = await project.preview(
      ...only(project, { [PREFIXED]: { enforcementLevel: "mandatory", pattern: "(" } }),
    );
    expect(code).not.toBe(0);
    expect(text).toContain(
      `PC105 file "--policy-pack-config": ${PREFIXED}.pattern must be a regular expression, got "(". Correct the value.`,
    );
    expect(text).not.toMatch(/^ +at /m);
  });
});

it("fails for a policy file that is wrong, with a sentence, its place and no frames", async () => {
  const project = await projectWith(ORDERS(), { policy: { preset: "production" } });
  const { code, text } = await project.preview(...PACK);
  expect(code).not.toBe(0);
  expect(text).toContain(
    'headwater.policy.json:1:2: PC102 file "headwater.policy.json": preset must be one of "dev", "staging", "prod", got "production". Use one of these.',
  );
  expect(text).not.toMatch(/^ +at /m);
});
