import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { type EvacuationProgress, EXCLUDE_TAG, evacuate } from "../../provider/cluster/evacuate";
import { readHoldings } from "../../provider/cluster/holdings";
import { readMetaGroup } from "../../provider/cluster/meta-group";
import { removePeers } from "../../provider/cluster/remove-peers";
import { listServers } from "../../provider/cluster/servers";
import { shrink } from "../../provider/cluster/shrink";
import { type System, systemOf } from "../../provider/cluster/system";
import { readSettings, type Settings } from "../../provider/settings";
import { closeConnections } from "../support/handlers";
import { patient, startServers, type TestServer, until, urlsOf } from "../support/nats";
import { NEWEST, testVersions } from "../support/versions";

const ACCOUNTS = `
  accounts {
    SYS { users: [{ user: sys, password: p }] }
    A { jetstream: enabled, users: [{ user: a, password: p }] }
    B { jetstream: enabled, users: [{ user: b, password: p }] }
  }
  system_account: SYS`;

let servers: TestServer[] = [];
const open: NatsConnection[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((nc) => nc.close()));
  await closeConnections();
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

async function start(version: string, size: number, each?: (index: number) => string) {
  servers = await startServers(size, { version, config: ACCOUNTS, each });
  const login = async (user: string) => {
    const nc = await connect({
      servers: urlsOf(servers.slice(0, 3)).split(","),
      user,
      pass: "p",
      maxReconnectAttempts: -1,
    });
    open.push(nc);
    return nc;
  };
  return { system: systemAs("sys"), a: await login("a"), b: await login("b") };
}

function systemAs(user: string): System {
  const config: Record<string, string> = {
    "nats:servers": urlsOf(servers.slice(0, 3)),
    "nats:user": user,
    "nats:password": "p",
  };
  return systemOf(readSettings((key) => config[key]).settings as Settings);
}

/** Streams of one and three replicas in two accounts, each with messages and a durable consumer. */
async function fill(connections: readonly NatsConnection[], streams: number, messages: number): Promise<string[]> {
  const made: string[] = [];
  for (const nc of connections) {
    const jsm = await jetstreamManager(nc, { timeout: 20_000 });
    for (let i = 0; i < streams; i++) {
      const name = `S${i}`;
      await jsm.streams.add({ name, subjects: [`s.${i}.>`], num_replicas: i % 2 === 0 ? 1 : 3 });
      await jsm.consumers.add(name, { durable_name: "reader", ack_policy: "explicit" });
      made.push(name);
      const js = jetstream(nc, { timeout: 20_000 });
      for (let sent = 0; sent < messages; sent += 100)
        await Promise.all(
          Array.from({ length: 100 }, (_, m) => js.publish(`s.${i}.m`, `${"x".repeat(1_000)}${m}`, patient)),
        );
    }
  }
  return made;
}

/** Publishes to every stream until told to stop, again when there was no answer; answers how many were acknowledged. */
function publishing(nc: NatsConnection, streams: number) {
  let stopped = false;
  const acknowledged = Array.from({ length: streams }, () => 0);
  const js = jetstream(nc, { timeout: 2_000 });
  const done = Promise.all(
    acknowledged.map(async (_, i) => {
      for (let n = 0; !stopped; n++) {
        const msgID = `${i}-${n}`;
        while (!(await js.publish(`s.${i}.live`, "live", { msgID }).catch(() => undefined))) {}
        acknowledged[i] = n + 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }),
  );
  return async () => {
    stopped = true;
    await done;
    return acknowledged;
  };
}

/** Reads with a durable consumer until told to stop; answers how many messages it has acknowledged for good. */
function reading(nc: NatsConnection, stream: string) {
  let stopped = false;
  const seen = new Set<number>();
  const done = (async () => {
    while (!stopped) {
      try {
        const consumer = await jetstream(nc, { timeout: 2_000 }).consumers.get(stream, "reader");
        for await (const message of await consumer.fetch({ max_messages: 50, expires: 1_000 })) {
          await message.ackAck();
          seen.add(message.seq);
        }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  })();
  return async () => {
    stopped = true;
    await done;
    return seen;
  };
}

const MESSAGES = 500;
const STREAMS = 4;

async function counts(nc: NatsConnection): Promise<number[]> {
  const jsm = await jetstreamManager(nc, { timeout: 20_000 });
  return Promise.all(Array.from({ length: STREAMS }, async (_, i) => (await jsm.streams.info(`S${i}`)).state.messages));
}

describe.each(testVersions(NEWEST))("servers of a cluster, %s", (version) => {
  it("are listed with what they are", async () => {
    const { system } = await start(version, 3, (i) => `server_tags: ["Zone:${i}"]`);
    const listed = await listServers(system);
    expect(listed).toEqual(
      [0, 1, 2].map((i) => ({
        name: `test-${i}`,
        id: expect.stringMatching(/^N/),
        version,
        cluster: "test",
        tags: [`zone:${i}`],
        jetstream: true,
      })),
    );
    await expect(listServers(systemAs("a"))).rejects.toThrow(
      `CS101 server "${urlsOf(servers)}": no server answers questions about the servers. Log in with a user of the system account.`,
    );
  });

  it("go from five to three while messages come and go, and none is lost", async () => {
    const { system, a, b } = await start(version, 5);
    await fill([a, b], STREAMS, MESSAGES);
    const leaving = ["test-3", "test-4"];
    const before = await readHoldings(system, await listServers(system));
    expect(before).toHaveLength(2 * STREAMS);
    const [stopA, stopB, stopReading] = [publishing(a, STREAMS), publishing(b, STREAMS), reading(a, "S1")];
    const seen: EvacuationProgress[] = [];
    await shrink(system, leaving, { onProgress: (progress) => seen.push(progress), stallMs: 60_000 });
    const [sentA, sentB, read] = [await stopA(), await stopB(), await stopReading()];
    expect(seen.at(-1)).toMatchObject({ left: 0, moving: [] });
    expect((await readMetaGroup(system))?.members.map(({ name }) => name).sort()).toEqual([
      "test-0",
      "test-1",
      "test-2",
    ]);
    await Promise.all(servers.slice(3).map((server) => server.kill()));
    const after = await readHoldings(system, await listServers(system));
    expect(after.flatMap((each) => each.servers.filter((server) => leaving.includes(server)))).toEqual([]);
    expect(after.map(({ servers }) => servers.length).sort()).toEqual(
      before.map(({ servers }) => servers.length).sort(),
    );
    expect(await counts(a)).toEqual(sentA.map((sent) => sent + MESSAGES));
    expect(await counts(b)).toEqual(sentB.map((sent) => sent + MESSAGES));
    expect(read.size).toBeGreaterThanOrEqual(MESSAGES);
    // Below the floor, or above it with others between that are still to be delivered again.
    await until("every acknowledgment to be there", async () => {
      const { delivered, num_ack_pending } = await (await jetstreamManager(a)).consumers.info("S1", "reader");
      return delivered.stream_seq - num_ack_pending >= read.size;
    });
    await shrink(system, leaving);
  });

  it("are emptied together where a tag keeps their streams apart, and not otherwise", async () => {
    const { system, a } = await start(version, 3);
    const jsm = await jetstreamManager(a, { timeout: 20_000 });
    for (let i = 0; i < 6; i++) await jsm.streams.add({ name: `S${i}`, subjects: [`s.${i}`] });
    const leaving = ["test-1", "test-2"];
    await expect(evacuate(system, leaving)).rejects.toThrow(
      'CS102 server "test-1,test-2": streams could move from one of these servers to another of them. Empty and remove one after the other, or reload them with the tag "!jetstream" first.',
    );
    for (const server of servers.slice(1)) server.reload(`server_tags: ["${EXCLUDE_TAG}"]`);
    await until("the tags to be known", async () => {
      const listed = await listServers(system);
      return listed.filter(({ tags }) => tags.includes(EXCLUDE_TAG)).length === 2;
    });
    await evacuate(system, leaving, { stallMs: 30_000 });
    const held = await readHoldings(system, await listServers(system));
    expect(held.map(({ servers }) => servers)).toEqual(Array.from({ length: 6 }, () => ["test-0"]));
  });

  it("are emptied together where those that stay have a tag of their own", async () => {
    const { system, a } = await start(version, 3, (i) => `server_tags: [${i === 1 ? "stays" : "old"}]`);
    const jsm = await jetstreamManager(a, { timeout: 20_000 });
    for (let i = 0; i < 6; i++) await jsm.streams.add({ name: `S${i}`, subjects: [`s.${i}`] });
    await evacuate(system, ["test-0", "test-2"], { stallMs: 30_000 });
    const held = await readHoldings(system, await listServers(system));
    expect(held.map(({ servers }) => servers)).toEqual(Array.from({ length: 6 }, () => ["test-1"]));
    expect((await jsm.streams.info("S0")).config.placement).toBeUndefined();
  });

  it("keep what cannot move, and say so; holding it they are not removed", async () => {
    const { system, a } = await start(version, 3);
    const jsm = await jetstreamManager(a, { timeout: 20_000 });
    const wide = { name: "WIDE", subjects: ["wide"], num_replicas: 3 };
    // A server that has just joined may count as offline for a moment.
    await until("the stream to be placed", async () => (await jsm.streams.add(wide)).config.name === "WIDE");
    await jetstream(a).publish("wide", "1", patient);
    await expect(evacuate(system, ["test-2"])).rejects.toThrow(
      /^CS103 server "test-2": holds stream A\/WIDE, which cannot move \("no suitable peers for placement.*", 10005\)\. Lower its replicas, relax its placement, or keep more servers\.$/,
    );
    const refused =
      'CS105 server "test-2": still holds replicas of A/WIDE. Move them away first: what only this server holds would be lost.';
    await expect(removePeers(system, ["test-2"])).rejects.toThrow(refused);
    await servers[2]?.kill();
    await expect(removePeers(system, ["test-2"])).rejects.toThrow(refused);
    await until("the stream to have a leader again", async () => (await jsm.streams.info("WIDE")).state.messages === 1);
    await until("the stream to be deleted", () => jsm.streams.delete("WIDE"));
    await removePeers(system, ["test-2"]);
    expect((await readMetaGroup(system))?.members).toHaveLength(2);
  });

  it("are not waited for without end", async () => {
    const { system, a } = await start(version, 3);
    const jsm = await jetstreamManager(a, { timeout: 20_000 });
    await jsm.streams.add({ name: "S", subjects: ["s"], num_replicas: 1 });
    const [held] = await readHoldings(system, await listServers(system));
    const holder = held?.servers[0] as string;
    await expect(evacuate(system, [holder], { stallMs: -1 })).rejects.toThrow(
      `CS104 server "${holder}": still holds A/S, and nothing has left for -0.001 s. Check that the other servers run and have room, then run it again: it goes on where it stopped.`,
    );
    await evacuate(system, [holder], { stallMs: 30_000 });
    await jsm.streams.delete("S");
    await Promise.all([servers[1]?.kill(), servers[2]?.kill()]);
    await expect(removePeers(system, ["test-2"], { waitMs: 500 })).rejects.toThrow(
      'CS106 server "test-2": is still counted after 0.5 s. Check that more than half of the servers run, then run it again.',
    );
  });
});
