import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { closeConnections, handlerOf, manage } from "../support/handlers";
import { patient, startCluster, type TestServer, urlsOf, withConnection } from "../support/nats";

let servers: TestServer[];
beforeAll(async () => {
  servers = await startCluster({ config: "server_tags: [ssd]" });
});
afterAll(async () => {
  await closeConnections();
  await Promise.all(servers.map((server) => server.stop()));
});

it("changes replicas and placement in one edit, up and down, and keeps every message", async () => {
  const stream = manage(
    await handlerOf("stream", { "nats:servers": urlsOf(servers) }),
    "project/stack/resource",
    "stream",
  );
  const spec = { name: "MOVES", subjects: ["moves.>"] };
  const info = () => withConnection(urlsOf(servers), async (nc) => (await jetstreamManager(nc)).streams.info("MOVES"));
  await stream.apply(spec);
  await withConnection(urlsOf(servers), async (nc) => {
    for (let i = 0; i < 20; i++) await jetstream(nc).publish("moves.a", "x", patient);
  });
  await stream.apply({ ...spec, replicas: 3, placement: { tags: ["ssd"] } });
  expect(await info()).toMatchObject({
    config: { num_replicas: 3, placement: { tags: ["ssd"] } },
    state: { messages: 20 },
  });
  await stream.apply({ ...spec, replicas: 1, placement: { cluster: "test" } });
  expect(await info()).toMatchObject({
    config: { num_replicas: 1, placement: { cluster: "test" } },
    state: { messages: 20 },
  });
});
