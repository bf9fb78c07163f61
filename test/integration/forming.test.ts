import { closeConnections, handlerOf, manage } from "../support/handlers";
import { startServers, type TestServer, urlsOf } from "../support/nats";
import { NEWEST, testVersions } from "../support/versions";

let servers: TestServer[] = [];
afterEach(async () => {
  await closeConnections();
  await Promise.all(servers.map((server) => server.stop()));
});

/** Starts the first servers of three, one after the other. */
async function beginning(version: string, count: number, pauseMs: number): Promise<void> {
  servers = await startServers(3, { version, late: true });
  servers.slice(0, count).forEach((server, i) => {
    // A server alone is not healthy: nobody waits for that here.
    setTimeout(() => void server.restart().catch(() => undefined), i * pauseMs);
  });
}

const stream = async (more: Record<string, string>) =>
  manage(await handlerOf("stream", { "nats:servers": urlsOf(servers), "nats:timeout": "1s", ...more }));

describe.each(testVersions(NEWEST))("a cluster of servers %s that is just being made", (version) => {
  it("is waited for until it has the servers a stream needs", async () => {
    await beginning(version, 3, 2_500);
    const asset = await stream({ "nats:connectTimeout": "60s", "nats:waitForServers": "3" });
    await asset.apply({ name: "S", replicas: 3 });
    expect(await asset.refresh()).toMatchObject({ name: "S", replicas: 3 });
  });

  it("is not waited for longer than told", async () => {
    await beginning(version, 2, 0);
    const asset = await stream({ "nats:connectTimeout": "12s", "nats:waitForServers": "3" });
    const started = Date.now();
    await expect(asset.apply({ name: "S", replicas: 3 })).rejects.toThrow(
      // Two of three may not even have elected a leader yet.
      /^SV102 stream "S": the server refused it \("(no suitable peers for placement.*", 10005|JetStream system temporarily unavailable", 10008)\)\./,
    );
    expect(Date.now() - started).toBeGreaterThan(8_000);
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});
