import { rmSync } from "node:fs";
import { jetstreamManager } from "@nats-io/jetstream";
import { serverFolder } from "../../local/home";
import { localStatus } from "../../local/status";
import { stop } from "../../local/stop";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { localFolder, publishTo, readNumbers, replicasOf } from "../support/local";
import { until, withConnection } from "../support/nats";

const folder = localFolder();
afterAll(() => folder.removeAll());

const jetstream = { maxFileStore: "1GiB", maxMemoryStore: "64MiB" } as const;
const use = <T>(name: string, run: Parameters<typeof withConnection<T>>[1]) =>
  withConnection(folder.urls(name).join(","), run);

describe("a single server", () => {
  const single: ClusterSpec = { name: "single", jetstream };

  it("starts, lets everybody in, keeps what it stores over a stop, and does nothing twice", async () => {
    const first = await folder.up(single);
    expect(first.changed).toBe(1);
    await use("single", async (nc) => {
      await (await jetstreamManager(nc)).streams.add({ name: "KEPT", subjects: ["kept"] });
      await nc.request("kept", "message 0");
    });
    const again = await folder.up(single);
    expect(again).toMatchObject({ changed: 0, state: { servers: first.state.servers } });
    expect(await stop(folder.run("single"))).toEqual(["single-1"]);
    expect((await localStatus(folder.run("single"))).servers).toMatchObject([{ condition: "stopped" }]);
    await folder.up(single);
    const status = await localStatus(folder.run("single"));
    expect(status).toMatchObject({
      connect: { open: true, urls: [`nats://${folder.urls("single")[0]}`] },
      streams: [{ account: "$G", name: "KEPT", messages: 1, replicas: 1 }],
      servers: [{ condition: "healthy", version: expect.stringMatching(/^2\.15\./) }],
    });
  });

  it("does not become a cluster in place while it stores anything", async () => {
    const pid = folder.pid("single", "single-1");
    await expect(folder.up({ ...single, size: 3 })).rejects.toThrow(
      'LC109 cluster "single": standalone cannot become false in place: the streams of the server would be deleted. Start a cluster of another name beside it and move the streams: docs/moving-to-a-cluster.md.',
    );
    await expect(folder.up({ ...single, jetstream: { ...jetstream, domain: "other" } })).rejects.toThrow(
      'CG201 cluster "single": jetstream.domain cannot change in place.',
    );
    expect(folder.pid("single", "single-1")).toBe(pid);
    expect((await localStatus(folder.run("single"))).servers).toHaveLength(1);
  });
});

describe("a cluster", () => {
  const spec = (size: number): ClusterSpec => ({ name: "cluster", size, standalone: false, jetstream });

  it("grows from one server to five and shrinks to three while messages are published, and loses none", async () => {
    await folder.up(spec(1));
    expect((await localStatus(folder.run("cluster"))).servers.map(({ name }) => name)).toEqual([
      "cluster-1",
      "cluster-witness",
    ]);
    await use("cluster", async (nc) => {
      const { streams } = await jetstreamManager(nc);
      await streams.add({ name: "GROWS", subjects: ["grows"] });
      await streams.add({ name: "STAYS", subjects: ["stays"] });
    });
    const first = folder.urls("cluster")[0];
    const publishers = [await publishTo("grows", { servers: first }), await publishTo("stays", { servers: first })];
    await folder.up(spec(3));
    expect((await localStatus(folder.run("cluster"))).servers.map(({ name }) => name)).toEqual([
      "cluster-1",
      "cluster-2",
      "cluster-3",
    ]);
    await use("cluster", async (nc) => (await jetstreamManager(nc)).streams.update("GROWS", { num_replicas: 3 }));
    await use("cluster", (nc) => until("three replicas", async () => (await replicasOf(nc, "GROWS")).current === 3));
    await folder.up(spec(5));
    await use("cluster", async (nc) => {
      await (await jetstreamManager(nc)).streams.add({ name: "WIDE", subjects: ["wide"], num_replicas: 5 });
      await until("five replicas", async () => (await replicasOf(nc, "WIDE")).current === 5);
    });
    await expect(folder.up(spec(3))).rejects.toThrow(
      'LC112 cluster "cluster": size is 3, and stream $G/WIDE has 5 replicas. Lower its replicas to 3 or less first.',
    );
    await use("cluster", async (nc) => {
      const { streams } = await jetstreamManager(nc);
      await streams.update("WIDE", { num_replicas: 3 });
      // New streams go to the servers that hold least: there is something to move.
      for (const i of [4, 5]) await streams.add({ name: `NEW_${i}`, subjects: [`new.${i}`], num_replicas: 1 });
    });
    folder.said();
    await folder.up(spec(3));
    const said = folder.said();
    expect(said).toContain("cluster-5: emptied, removed from the cluster, and stopped");
    expect(said.some((line) => /: [1-9]\d* of \d+ streams moved away$/.test(line))).toBe(true);
    const [grown, stayed] = await Promise.all(publishers.map((publisher) => publisher.stop()));
    expect(grown).toBeGreaterThan(100);
    await use("cluster", async (nc) => {
      for (const name of ["GROWS", "WIDE"])
        await until(`${name} on the three`, async () => (await replicasOf(nc, name)).current === 3);
      expect((await replicasOf(nc, "GROWS")).servers).toEqual(["cluster-1", "cluster-2", "cluster-3"]);
      expect(await readNumbers(nc, "GROWS")).toEqual(Array.from({ length: grown as number }, (_, i) => i));
      expect(await readNumbers(nc, "STAYS")).toEqual(Array.from({ length: stayed as number }, (_, i) => i));
    });
    const again = await folder.up(spec(3));
    expect(again.changed).toBe(0);
  });

  it("starts what was killed, and fills a server whose store is gone from the others", async () => {
    folder.kill("cluster", "cluster-2");
    await until("its end", async () => folder.pid("cluster", "cluster-2") === undefined);
    folder.kill("cluster", "cluster-3");
    await until("its end", async () => folder.pid("cluster", "cluster-3") === undefined);
    const kept = folder.pid("cluster", "cluster-1");
    rmSync(serverFolder(folder.run("cluster").home, "cluster-3"), { recursive: true });
    folder.said();
    const { changed } = await folder.up(spec(3));
    expect(changed).toBe(2);
    expect(folder.said()).toContain("cluster-3: its store is gone; it starts empty, and gets what other servers have");
    expect(folder.pid("cluster", "cluster-1")).toBe(kept);
    await use("cluster", async (nc) => {
      await until("all replicas", async () => (await replicasOf(nc, "GROWS")).current === 3);
      const before = (await (await jetstreamManager(nc)).streams.info("GROWS")).state;
      // Only the emptied server and one other are left to answer: a majority that includes what was refilled.
      folder.kill("cluster", "cluster-1");
      await until("what it had", async () => {
        const { state } = await (await jetstreamManager(nc)).streams.info("GROWS");
        return state.messages === before.messages && state.last_seq === before.last_seq;
      });
    });
    await folder.up(spec(3));
  });

  it("restarts one server at a time for what no reload can change, and reloads the rest", async () => {
    folder.said();
    await folder.up({ ...spec(3), maxPayload: "2MiB" });
    expect(folder.said()).toEqual([1, 2, 3].map((i) => `cluster-${i}: configuration reloaded`));
    await use("cluster", async (nc) => expect(nc.info?.max_payload).toBe(2 * 2 ** 20));
    await folder.up({ ...spec(3), maxPayload: "2MiB", jetstream: { ...jetstream, syncInterval: "always" } });
    expect(folder.said()).toEqual([1, 2, 3].map((i) => `cluster-${i}: restarting`));
  });
});

it("does not shrink a cluster whose servers do not all answer", async () => {
  const spec = (size: number): ClusterSpec => ({ name: "silent", size, jetstream });
  await folder.up(spec(5));
  await use("silent", async (nc) => {
    await (await jetstreamManager(nc)).streams.add({ name: "S", subjects: ["s"], num_replicas: 3 });
  });
  await stop(folder.run("silent"));
  await expect(folder.up(spec(3))).rejects.toThrow(
    'LC111 cluster "silent": size cannot become 3 while silent-1, silent-2, silent-3, silent-4, silent-5 do not answer. Run up with the size it had, then with the smaller one.',
  );
  await folder.up(spec(5));
  expect((await localStatus(folder.run("silent"))).servers.every(({ condition }) => condition === "healthy")).toBe(
    true,
  );
});
