import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { createProject, failing, type Project, succeed } from "../support/engine";
import { startServer, type TestServer, withConnection } from "../support/nats";

let server: TestServer;
let project: Project;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  project = await createProject({ servers: server.url });
});
afterEach(async () => {
  await project.destroy({ HEADWATER_ALLOW_DELETE: "*" });
  project.remove();
});

const nats = <T>(use: Parameters<typeof withConnection<T>>[1]) => withConnection(server.url, use);
const infoOf = (name: string) => nats(async (nc) => (await jetstreamManager(nc)).streams.info(name));
const publish = (subject: string, count: number) =>
  nats(async (nc) => {
    for (let i = 0; i < count; i++) await jetstream(nc).publish(subject, "x".repeat(100));
  });

const stream = (args: string) => `
const hw = require("headwater");
new hw.Stream("ORDERS", { subjects: ["orders.>"], ${args} });
`;
const allow = (code: string, field: string, to: string) =>
  `allow: [{ code: "${code}", field: "${field}", to: ${to}, reason: "agreed with the owners" }]`;

describe("an edit that discards messages", () => {
  it("fails the preview with the exact numbers, goes through once acknowledged, and is silent afterwards", async () => {
    project.program(stream(""));
    await succeed(project.up());
    await publish("orders.new", 10);

    project.program(stream("maxMsgs: 4"));
    const refused = await failing(project.preview());
    expect(refused).toContain(
      'DL101 stream "ORDERS": maxMsgs unset -> 4 deletes the oldest messages at once: 6 of the 10 messages (1.4 KiB) stored now would go. To keep them: keep the old limit, or copy to another stream first. To accept: allow: [{ code: "DL101", field: "maxMsgs", to: 4, reason: "…" }].',
    );
    expect(refused).not.toMatch(/^ +at /m);
    expect((await infoOf("ORDERS")).state.messages).toBe(10);

    project.program(stream(`maxMsgs: 4, ${allow("DL101", "maxMsgs", "4")}`));
    expect(await succeed(project.preview())).toMatch(/~ 1 to update/);
    await succeed(project.up());
    expect((await infoOf("ORDERS")).state.messages).toBe(4);
    expect(project.state()).not.toContain("agreed with the owners");
    expect(await succeed(project.up())).toMatch(/2 unchanged/);

    project.program(stream("maxMsgs: 4"));
    expect(await succeed(project.up())).toMatch(/2 unchanged/);
  });

  it("needs nothing where nothing is lost, and the same program creates the next environment", async () => {
    project.program(stream(""));
    await succeed(project.up());
    project.program(stream(`maxMsgs: 4`));
    await succeed(project.up());
    await succeed(project.destroy({ HEADWATER_ALLOW_DELETE: "*" }));
    project.program(stream(`maxMsgs: 4, ${allow("DL101", "maxMsgs", "4")}`));
    await succeed(project.up());
    expect(await succeed(project.up())).toMatch(/2 unchanged/);
  });

  it("is judged against what is live when it is made: a limit raised by hand is not lowered unasked", async () => {
    project.program(stream("maxMsgs: 5"));
    await succeed(project.up());
    await nats(async (nc) => (await jetstreamManager(nc)).streams.update("ORDERS", { max_msgs: 100 }));
    await publish("orders.new", 10);
    project.program(stream('maxMsgs: 5, description: "edited"'));
    expect(await failing(project.up())).toContain(
      'DL101 stream "ORDERS": maxMsgs 100 -> 5 deletes the oldest messages',
    );
    expect((await infoOf("ORDERS")).state.messages).toBe(10);
  });
});

it("refuses an acknowledgment that names nothing", async () => {
  project.program(stream(`maxMsgs: 4, ${allow("DL101", "maxMsgs", "5")}`));
  expect(await failing(project.preview())).toContain(
    'AK101 stream "ORDERS": allow[0] names target 5 of maxMsgs, which is 4. Correct it, or remove it: an acknowledgment holds for one edit.',
  );
  project.program(`
const hw = require("headwater");
new hw.Topology("set", { streams: { A: {} }, allow: { B: [] } });
`);
  expect(await failing(project.preview())).toContain('AK101 topology "B": allow names no asset of the topology.');
});

describe("an edit that needs a recreation", () => {
  it("says how to move, is made on an empty stream with replace, and on a full one with an acknowledgment", async () => {
    project.program(stream(""));
    await succeed(project.up());
    await publish("orders.new", 3);
    project.program(stream('storage: "memory"'));
    expect(await failing(project.preview())).toContain(
      'RC101 stream "ORDERS": storage unset -> "memory" cannot be changed in place (stream configuration update can not change storage type); it holds 3 messages (420 bytes). Remove it again, or declare a stream with a new name',
    );
    project.program(stream('storage: "memory", replace: "allow"'));
    expect(await failing(project.preview())).toContain(
      'DL110 stream "ORDERS": storage unset -> "memory" recreates the stream: all 3 messages (420 bytes) are deleted. To accept: allow: [{ code: "DL110", field: "storage", to: "memory", reason: "…" }].',
    );
    project.program(stream(`storage: "memory", replace: "allow", ${allow("DL110", "storage", '"memory"')}`));
    expect(await succeed(project.preview())).toMatch(/1 to replace/);
    await succeed(project.up());
    expect(await infoOf("ORDERS")).toMatchObject({ config: { storage: "memory" }, state: { messages: 0 } });
    expect(await succeed(project.up())).toMatch(/2 unchanged/);
    project.program(stream('replace: "allow"'));
    await succeed(project.up());
    expect((await infoOf("ORDERS")).config.storage).toBe("file");
  });
});
