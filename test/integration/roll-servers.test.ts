import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { formatFinding, HeadwaterError } from "../../model/finding";
import { awaitHealthy } from "../../provider/cluster/await-healthy";
import { awaitServers } from "../../provider/cluster/await-servers";
import { moveSingleCopies } from "../../provider/cluster/move-single-copies";
import { rollServers } from "../../provider/cluster/roll-servers";
import { type System, systemOf } from "../../provider/cluster/system";
import { closeConnections } from "../../provider/connection";
import { readSettings } from "../../provider/settings";
import { generateKey } from "../../secrets/generate-key";
import { KEY_TAG, keyId } from "../../secrets/key-id";
import { fill, readBack, settled, startLoad } from "../support/load";
import { type RollingServers, rollingServers, startAll } from "../support/rolling";

const NAMES = ["server-0", "server-1", "server-2"];
const accounts = `accounts { SYS { users: [{user: sys, password: sys}] }, APP { jetstream: enabled, users: [{user: app, password: app}] } }
system_account: SYS`;
const lines = (key: string | undefined) =>
  key
    ? { jetstream: `key: "${key}"`, top: `${accounts}\nserver_tags: ["${KEY_TAG}${keyId(key)}"]` }
    : { top: accounts };

function system(servers: RollingServers, timeout = "30s"): System {
  const config: Record<string, string> = {
    "nats:servers": servers.urls.join(","),
    "nats:user": "sys",
    "nats:password": "sys",
    "nats:timeout": timeout,
  };
  const { settings } = readSettings((name) => config[name]);
  if (!settings) throw new Error("no settings");
  return systemOf(settings);
}

/** What a run is refused with. */
async function message(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HeadwaterError)) throw error ?? new Error("nothing was refused");
  return error.findings.map(formatFinding).join("\n");
}

async function streams(nc: NatsConnection): Promise<void> {
  const jsm = await jetstreamManager(nc);
  for (const [name, num_replicas] of [
    ["whole", 3],
    ["single", 1],
  ] as const) {
    await jsm.streams.add({ name, subjects: [`${name}.>`], num_replicas });
    await jsm.consumers.add(name, { durable_name: "load", ack_policy: "explicit", ack_wait: 2e9 } as never);
  }
}

describe("servers that are restarted one after the other", () => {
  const keys = [generateKey(), generateKey()] as const;
  let servers: RollingServers;
  let nc: NatsConnection;
  beforeAll(async () => {
    servers = await rollingServers(3);
    await startAll(servers, lines(undefined));
    nc = await servers.connect({ user: "app", pass: "app" });
    await streams(nc);
    await fill(nc, "single", 200);
  });
  afterAll(async () => {
    await nc.close();
    await closeConnections();
    await servers.end();
  });

  const restarts: string[] = [];
  const roll = (key: string, plainBefore: boolean, outdated = [...NAMES].reverse()) =>
    rollServers(system(servers), {
      names: NAMES,
      keys: { key: keyId(key) },
      standalone: false,
      plainBefore,
      outdated: async () => outdated,
      restart: async (name, empty) => {
        const i = NAMES.indexOf(name);
        restarts.push(`${name}${empty ? " emptied" : ""}`);
        await servers.stop(i);
        if (empty) servers.emptyStore(i);
        await servers.start(i, lines(key));
      },
    });

  it("get their first key with what they store", async () => {
    await roll(keys[0], true);
    expect(restarts.splice(0)).toEqual(["server-2", "server-1", "server-0"]);
    expect(await readBack(nc, "single")).toBe(200);
  });

  it("do not get a key where nobody knows what a server stores with", async () => {
    await servers.stop(2);
    await servers.start(2, { ...lines(keys[0]), top: accounts });
    expect(await message(roll(keys[1], false, ["server-2"]))).toBe(
      'CS110 server "server-2": does not say which key it stores with, and would be restarted with another one. Start it as it was, then run this again.',
    );
    expect(restarts).toEqual([]);
    await servers.stop(2);
    await servers.start(2, lines(keys[0]));
  });

  it("get another key with an empty store each, while messages come and go and nothing is lost", async () => {
    const load = startLoad(nc, "whole");
    await roll(keys[1], false);
    await load.stop();
    await settled(nc, ["whole", "single"]);
    expect(restarts.splice(0)).toEqual(["server-2 emptied", "server-1 emptied", "server-0 emptied"]);
    expect(await readBack(nc, "whole")).toBe(load.published);
    expect(load.consumed).toBe(load.published);
    expect(await readBack(nc, "single")).toBe(200);
  });

  it("keep the only copy of what may be nowhere else", async () => {
    const pinned = { ...lines(keys[1]), top: `${accounts}\nserver_tags: ["${KEY_TAG}${keyId(keys[1])}", "pinned"]` };
    await servers.stop(0);
    await servers.start(0, pinned);
    await awaitHealthy(system(servers), NAMES);
    const jsm = await jetstreamManager(nc);
    await jsm.streams.add({
      name: "pinned",
      subjects: ["pinned"],
      placement: { cluster: "rolling", tags: ["pinned"] },
    });
    expect(await message(moveSingleCopies(system(servers), "server-0", 10_000))).toMatch(
      /^CS109 server "server-0": still has the only copy of APP\/pinned, which cannot move \("no suitable peers for placement.*", 10005\)\. Its store is not emptied\. Make room for the streams on other servers, or delete them, then run this again\.$/,
    );
    await jsm.streams.delete("pinned");
    await servers.stop(0);
    await servers.start(0, lines(keys[1]));
    await awaitHealthy(system(servers), NAMES);
  });

  it("keep the only copy of what no other server can take", async () => {
    const jsm = await jetstreamManager(nc);
    const { cluster } = await jsm.streams.info("single");
    const holder = cluster?.leader as string;
    await servers.stop((NAMES.indexOf(holder) + 1) % 3);
    await servers.stop((NAMES.indexOf(holder) + 2) % 3);
    try {
      // A leader that has just lost the others may still refuse; without one nobody answers.
      expect(await message(moveSingleCopies(system(servers, "2s"), holder, 3_000))).toMatch(
        new RegExp(
          `^CS109 server "${holder}": still has the only copy of APP/single(, .+)?\\. Its store is not emptied\\.`,
        ),
      );
    } finally {
      await Promise.all(NAMES.map((name, i) => (name === holder ? true : servers.start(i, lines(keys[1])))));
    }
  });

  it("are waited for by name and by what they hold", async () => {
    await awaitServers(system(servers), { names: NAMES, keys: { key: keyId(keys[1]) } });
    await awaitHealthy(system(servers), NAMES);
    expect(await message(awaitServers(system(servers), { names: ["server-9"] }, 0))).toBe(
      'CS107 server "server-9": does not answer after 0 s. Look at its log, and whether it was restarted; then run this again: it goes on where it stopped.',
    );
    expect(await message(awaitServers(system(servers), { names: NAMES, keys: { key: "0" } }, 0))).toContain(
      'CS107 server "server-0": still runs with another key after 0 s',
    );
    expect(await message(awaitHealthy(system(servers), ["server-9"], 0))).toBe(
      'CS108 server "server-9": does not answer after 0 s. No further server is restarted. Mend what it names, then run this again: it goes on where it stopped.',
    );
  });
});
