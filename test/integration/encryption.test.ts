import { spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jetstreamManager, type StreamAPI } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { generateKey } from "../../secrets/generate-key";
import { fill, MARK, makeStream, readBack, settled, startLoad } from "../support/load";
import { until } from "../support/nats";
import { filesWith, type RollingServers, rollingServers, startAll } from "../support/rolling";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(): Promise<string> };

type Cipher = "chacha" | "aes";

const encrypted = (cipher: Cipher, key: string, previous?: string) => ({
  jetstream: `cipher: ${cipher}, key: "${key}"${previous ? `, prev_encryption_key: "${previous}"` : ""}`,
});
const plain = { jetstream: "" };

let servers: RollingServers;
afterEach(() => servers.end());

async function withClient<T>(use: (nc: NatsConnection, streams: StreamAPI) => Promise<T>): Promise<T> {
  const nc = await servers.connect();
  try {
    return await use(nc, (await jetstreamManager(nc)).streams);
  } finally {
    await nc.close();
  }
}

const consumersOf = async (nc: NatsConnection, stream: string) => {
  const jsm = await jetstreamManager(nc);
  const names: string[] = [];
  for await (const { name } of jsm.consumers.list(stream)) names.push(name);
  return names;
};

/** One server with 500 messages, stopped. */
async function aloneWith(lines: object, version?: string): Promise<void> {
  servers = await rollingServers(1, version);
  await startAll(servers, lines);
  await withClient(async (nc) => {
    await makeStream(nc, "S", 1);
    await fill(nc, "S", 500);
  });
  await servers.stop(0);
}

/** The server runs, and the stream is not there. */
async function expectNotOpened(lines: object, says: string): Promise<void> {
  const starting = servers.start(0, lines);
  await until("the server's verdict", async () => servers.log(0).includes(says));
  await until("the server to answer", () =>
    withClient(async (_, streams) => {
      await expect(streams.info("S")).rejects.toThrow("stream not found");
      return true;
    }),
  );
  await servers.stop(0);
  expect(await starting).toBe(false);
}

describe("a generated key", () => {
  const accepts = async (key: string) => {
    servers = await rollingServers(1);
    const file = join(servers.folder, "key.conf");
    writeFileSync(file, `jetstream { store_dir: "${servers.store(0)}", key: $HEADWATER_KEY }`);
    const env = { ...process.env, HEADWATER_KEY: key };
    const { status } = spawnSync(await natsServer(), ["-t", "-c", file], { env });
    await servers.end();
    return status === 0;
  };

  it("is a text to the server that reads it from a variable, and digits are not", async () => {
    for (let i = 0; i < 25; i++) expect(await accepts(generateKey())).toBe(true);
    expect(await accepts("12345678901234567")).toBe(false);
  });
});

describe("what is on the disk", () => {
  it.each<Cipher>(["chacha", "aes"])("is not readable with %s, and is without a key", async (cipher) => {
    await aloneWith(encrypted(cipher, generateKey()));
    expect(filesWith(servers.store(0), MARK)).toEqual([]);
    await servers.end();
    await aloneWith(plain);
    expect(filesWith(servers.store(0), MARK)).not.toEqual([]);
  });

  it("is encrypted as a server starts with its first key, and never again opened without one", async () => {
    await aloneWith(plain);
    expect(await servers.start(0, encrypted("chacha", generateKey()))).toBe(true);
    await withClient(async (nc) => {
      expect(await readBack(nc, "S")).toBe(500);
      expect(await consumersOf(nc, "S")).toEqual(["load"]);
    });
    await servers.stop(0);
    expect(filesWith(servers.store(0), MARK)).toEqual([]);
    await expectNotOpened(plain, "Error decrypting our stream metafile: encryption not enabled");
  }, 60_000);
});

describe.each(testVersions(NEWEST, OLDEST))("one server %s", (version) => {
  it("does not open what it stored with another key, and does when it gets the right one back", async () => {
    const [first, second] = [generateKey(), generateKey()];
    await aloneWith(encrypted("chacha", first), version);
    await expectNotOpened(encrypted("chacha", second), "unable to recover keys");
    expect(await servers.start(0, encrypted("chacha", first))).toBe(true);
    await withClient(async (nc) => expect(await readBack(nc, "S")).toBe(500));
  }, 60_000);

  it("opens streams of the previous key, but not their consumers", async () => {
    const [first, second] = [generateKey(), generateKey()];
    await aloneWith(encrypted("chacha", first), version);
    expect(await servers.start(0, encrypted("chacha", second, first))).toBe(true);
    expect(servers.log(0)).toContain("error creating store for consumer: cipher: message authentication failed");
    await withClient(async (nc) => {
      expect(await readBack(nc, "S")).toBe(500);
      expect(await consumersOf(nc, "S")).toEqual([]);
    });
    await servers.stop(0);
    expect(await servers.start(0, encrypted("chacha", second))).toBe(true);
    await withClient(async (nc) => expect(await readBack(nc, "S")).toBe(500));
  }, 60_000);
});

const FIRST = generateKey();
const SECOND = generateKey();

async function clusterWith(lines: object, version?: string): Promise<void> {
  servers = await rollingServers(3, version);
  await startAll(servers, lines);
}

async function everyServer(nc: NatsConnection, streams: readonly string[], change: (i: number) => Promise<boolean>) {
  for (const i of [0, 1, 2]) {
    await servers.stop(i);
    expect(await change(i)).toBe(true);
    await settled(nc, streams);
  }
}

describe("a cluster of three", () => {
  it("does not start a server that stored with another key, and goes on once it gets that key back", async () => {
    await clusterWith(encrypted("chacha", FIRST));
    await withClient(async (nc) => {
      await makeStream(nc, "R3", 3);
      await fill(nc, "R3", 100);
      await servers.stop(0);
      const kept = `${servers.store(0)}-kept`;
      cpSync(servers.store(0), kept, { recursive: true });
      const onCopy = async (lines: object, says: string) => {
        servers.emptyStore(0);
        cpSync(kept, servers.store(0), { recursive: true });
        expect(await servers.start(0, lines)).toBe(false);
        expect(servers.log(0)).toContain(says);
      };
      await onCopy(plain, "Can't start JetStream: encrypted store encountered with no main key");
      await onCopy(
        encrypted("chacha", SECOND),
        "Can't start JetStream: chacha20poly1305: message authentication failed",
      );
      await onCopy(encrypted("chacha", SECOND, FIRST), "Converting to ChaCha20-Poly1305 for stream");
      // Its streams carry the new key now, everything else the old one: the two exchanged open both.
      expect(await servers.start(0, encrypted("chacha", FIRST, SECOND))).toBe(true);
      await settled(nc, ["R3"]);
      expect(await readBack(nc, "R3")).toBe(100);
      expect(await consumersOf(nc, "R3")).toEqual(["load"]);
    });
  }, 90_000);

  const ciphers = testVersions(NEWEST).map((version): [string, Cipher] => [
    version,
    version === OLDEST ? "aes" : "chacha",
  ]);

  it.each(ciphers)(
    "%s takes a new key (%s) server by server, filled again by the others, under load, and loses nothing",
    async (version, cipher) => {
      await clusterWith(encrypted(cipher, FIRST), version);
      await withClient(async (nc, streams) => {
        await makeStream(nc, "R3", 3);
        await fill(nc, "R3", 300);
        const load = startLoad(nc, "R3", 300);
        await everyServer(nc, ["R3"], (i) => {
          servers.emptyStore(i);
          return servers.start(i, encrypted(cipher, SECOND, FIRST));
        });
        await everyServer(nc, ["R3"], (i) => servers.start(i, encrypted(cipher, SECOND)));
        await load.stop();
        expect((await streams.info("R3")).state.messages).toBe(load.published);
        expect(await readBack(nc, "R3")).toBe(load.published);
        expect(load.consumed).toBe(load.published);
      });
      for (const i of [0, 1, 2]) expect(filesWith(servers.store(i), MARK)).toEqual([]);
    },
    90_000,
  );

  it("takes its first key, and another cipher, by rolling restarts under load", async () => {
    await clusterWith(plain);
    await withClient(async (nc) => {
      await makeStream(nc, "R3", 3);
      await fill(nc, "R3", 300);
      const load = startLoad(nc, "R3", 300);
      await everyServer(nc, ["R3"], (i) => servers.start(i, encrypted("chacha", FIRST)));
      await everyServer(nc, ["R3"], (i) => servers.start(i, encrypted("aes", FIRST)));
      await load.stop();
      expect(await readBack(nc, "R3")).toBe(load.published);
      expect(load.consumed).toBe(load.published);
    });
    for (const i of [0, 1, 2]) expect(filesWith(servers.store(i), MARK)).toEqual([]);
  }, 90_000);
});
