import { rmSync, truncateSync } from "node:fs";
import { jetstreamManager } from "@nats-io/jetstream";
import { createProject, finished, type Project, succeed } from "../support/engine";
import { startCluster, startServer, type TestServer, until, urlsOf, withConnection } from "../support/nats";

const STREAMS = 50;
const PROGRAM = `
const hw = require("headwater");
for (let i = 0; i < ${STREAMS}; i++) {
  const stream = new hw.Stream("S" + i, { subjects: ["s." + i], replicas: REPLICAS });
  if (i % 5 === 0) new hw.Consumer("C" + i, { stream, kind: "pull", ackPolicy: "explicit" });
}
`;
const ALL = STREAMS + STREAMS / 5 + 1;
const program = (replicas: number) => PROGRAM.replace("REPLICAS", String(replicas));

const streamsOn = (url: string) =>
  withConnection(url, async (nc) => (await (await jetstreamManager(nc)).getAccountInfo()).streams);
const UP = ["up", "--stack", "dev", "--yes", "--skip-preview", "--non-interactive", "--color=never"];

/** What docs/recovery.md says: cancel, without the attribute files where the kill cut one short; then up, and refresh. */
async function recover(project: Project): Promise<void> {
  const { text } = await project.run(["cancel", "--yes", "--stack", "dev"]);
  if (/failed to load checkpoint: .*EOF/.test(text)) {
    for (const file of [project.stateFile, `${project.stateFile}.bak`]) rmSync(`${file}.attrs`, { force: true });
    await succeed(project.run(["cancel", "--yes", "--stack", "dev"]));
  }
  await succeed(project.up());
  await succeed(
    project.run([
      "refresh",
      "--stack",
      "dev",
      "--yes",
      "--skip-preview",
      "--non-interactive",
      "--clear-pending-creates",
    ]),
  );
}

describe("an engine killed in the middle of an up", () => {
  let server: TestServer;
  let project: Project;
  beforeEach(async () => {
    server = await startServer();
    project = await createProject({ servers: server.url });
    project.program(program(1));
  });
  afterEach(async () => {
    project.remove();
    await server.stop();
  });

  it.each([
    ["1", 1, {}],
    ["20", 20, {}],
    ["45", 45, {}],
    ["25, without checkpoints", 25, { PULUMI_SKIP_CHECKPOINTS: "true" }],
  ])("after %s streams: cancel and up converge, nothing is orphaned or doubled", async (_, created, env) => {
    const child = project.start(UP, env);
    const ended = finished(child);
    await until(`${created} streams`, async () => (await streamsOn(server.url)) >= created);
    // The whole group: engine, language host, program and provider.
    process.kill(-(child.pid as number), "SIGKILL");
    await ended;

    await recover(project);
    expect(await streamsOn(server.url)).toBe(STREAMS);
    const again = await succeed(project.up());
    expect(again).toMatch(new RegExp(`Resources:\n +${ALL} unchanged`));
    expect(again).not.toMatch(/pending|interrupted/);
    await succeed(project.destroy());
    expect(await streamsOn(server.url)).toBe(0);
  });
});

describe("an engine killed while it wrote its state", () => {
  it("leaves an empty file of attributes: without it, up converges", async () => {
    const server = await startServer();
    const project = await createProject({ servers: server.url });
    project.program(program(1));
    await succeed(project.up());
    truncateSync(`${project.stateFile}.attrs`, 0);
    await recover(project);
    expect(await streamsOn(server.url)).toBe(STREAMS);
    expect(await succeed(project.up())).toMatch(new RegExp(`Resources:\n +${ALL} unchanged`));
    await succeed(project.destroy());
    project.remove();
    await server.stop();
  });
});

describe("a server of three killed in the middle of an up", () => {
  it("and started again: the same up converges", async () => {
    const servers = await startCluster();
    const project = await createProject({ servers: urlsOf(servers) });
    project.program(program(3));
    const [first, second, third] = servers as [TestServer, TestServer, TestServer];
    const ended = finished(project.start(UP));
    await until("10 streams", async () => (await streamsOn(second.url)) >= 10);
    await first.kill();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await first.restart();
    await succeed(ended);
    expect(await streamsOn(third.url)).toBe(STREAMS);
    expect(await succeed(project.up())).toMatch(new RegExp(`Resources:\n +${ALL} unchanged`));
    await succeed(project.destroy());
    expect(await streamsOn(third.url)).toBe(0);
    project.remove();
    await Promise.all(servers.map((server) => server.stop()));
  });
});
