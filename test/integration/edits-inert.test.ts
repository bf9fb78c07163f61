import { openLab } from "../oracle/edits/lab";
import { publish } from "../oracle/edits/messages";
import { closeConnections } from "../support/handlers";
import { startServer, type TestServer, until } from "../support/nats";
import { NEWEST, testVersions } from "../support/versions";

const versions = testVersions(NEWEST);

describe.each(versions)("nats-server %s", (version) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ version });
  });
  afterAll(async () => {
    await closeConnections();
    await server.stop();
  });

  it("takes a new first sequence without effect, and purges the stream when it opens it again", async () => {
    const lab = await openLab(server.url, version, false);
    const stream = { name: "S", subjects: ["in.>"] };
    const state = async () => (await lab.api.request("STREAM.INFO.S")).state as { messages: number; last_seq: number };
    await lab.api.request("STREAM.CREATE.S", stream);
    await publish(lab.nc, stream, 20);
    await lab.api.request("STREAM.UPDATE.S", { ...stream, first_seq: 500 });
    await publish(lab.nc, stream, 1);
    expect(await state()).toMatchObject({ messages: 21, last_seq: 21 });
    await closeConnections();
    await server.restart();
    await until("the stream to be open", async () => (await state()).last_seq > 0);
    expect(await state()).toMatchObject({ messages: 0, last_seq: 499 });
  });
});
