import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { storeOf } from "../../local/home";
import { readKeys, writeKeys } from "../../local/local-keys";
import { rotateKey } from "../../local/rotate-key";
import { readState } from "../../local/state";
import { stop } from "../../local/stop";
import { up } from "../../local/up";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { nextKeys } from "../../secrets/encryption-key";
import { generateKey } from "../../secrets/generate-key";
import { keyId } from "../../secrets/key-id";
import { localFolder, publishTo, readNumbers } from "../support/local";
import { patient, withConnection } from "../support/nats";

const folder = localFolder();
afterAll(() => folder.removeAll());

const limits = { maxFileStore: "1GiB", maxMemoryStore: "64MiB" } as const;

async function tagsOf(name: string): Promise<string[][]> {
  const servers = readState(folder.run(name).home)?.servers ?? [];
  return Promise.all(
    servers.map(async ({ ports }) => {
      const response = await fetch(`http://127.0.0.1:${ports.monitor}/varz`);
      return ((await response.json()) as { tags?: string[] }).tags ?? [];
    }),
  );
}

/** Every file a server stores. */
function storedBy(name: string, server: string): Buffer[] {
  const entries = readdirSync(storeOf(folder.run(name).home, server), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

describe("a key that is kept here", () => {
  const vault: ClusterSpec = {
    name: "vault",
    size: 3,
    jetstream: { ...limits, encryption: { key: { secretName: "nats-key", key: "key" } } },
  };
  const servers = () => folder.urls("vault");
  const keys = () => readKeys(folder.run("vault"));

  it("is made once, and nothing is stored in the clear", async () => {
    await folder.up(vault);
    const made = keys();
    expect(made).toMatchObject({ rotate: 1, retired: [] });
    expect((await folder.up(vault)).changed).toBe(0);
    expect(keys()).toEqual(made);
    expect(await tagsOf("vault")).toEqual(Array(3).fill([`headwater-key:${keyId(made?.current ?? "")}`]));
    await withConnection(servers().join(","), async (nc) => {
      await (await jetstreamManager(nc)).streams.add({ name: "SECRETS", subjects: ["secrets"], num_replicas: 3 });
      await jetstream(nc).publish("secrets", "message 0", { msgID: "secrets-0", ...patient });
    });
    const stored = storedBy("vault", "vault-1");
    expect(stored.length).toBeGreaterThan(3);
    expect(stored.filter((data) => data.includes("message 0"))).toEqual([]);
  });

  it("is rotated while messages are published, and everything is read back, consumers too", async () => {
    const before = keys();
    await withConnection(servers().join(","), async (nc) => {
      const { consumers } = await jetstreamManager(nc);
      await consumers.add("SECRETS", { durable_name: "reader", ack_policy: "explicit" });
      await (await jetstreamManager(nc)).streams.add({ name: "SINGLE", subjects: ["single"], num_replicas: 1 });
      for (let i = 0; i < 20; i++) await jetstream(nc).publish("single", `message ${i}`, patient);
    });
    const publisher = await publishTo("secrets", { servers: servers() });
    try {
      folder.said();
      const result = await rotateKey(folder.run("vault"), await folder.binary());
      expect(result).toEqual({ rotate: 2, resumed: false });
    } finally {
      await publisher.stop();
    }
    expect(folder.said().filter((line) => !line.includes("starting"))).toEqual(
      [1, 2, 3].map((i) => `vault-${i}: gets key 2 and an empty store, which the other servers fill`),
    );
    const count = publisher.acknowledged();
    expect(count).toBeGreaterThan(100);
    const after = keys();
    expect(after).toMatchObject({ rotate: 2, retired: [before?.current] });
    expect(after?.current).not.toBe(before?.current);
    expect(await tagsOf("vault")).toEqual(Array(3).fill([`headwater-key:${keyId(after?.current ?? "")}`]));
    await withConnection(servers().join(","), async (nc) => {
      expect(await readNumbers(nc, "SECRETS")).toEqual(Array.from({ length: count }, (_, i) => i));
      const { consumers } = await jetstreamManager(nc);
      expect((await consumers.info("SECRETS", "reader")).num_pending).toBe(count);
      expect(await readNumbers(nc, "SINGLE")).toEqual(Array.from({ length: 20 }, (_, i) => i));
    });
    for (const i of [1, 2, 3])
      expect(storedBy("vault", `vault-${i}`).filter((data) => data.includes("message 0"))).toEqual([]);
  });

  it("is rotated to the end where that was interrupted, whatever happened in between", async () => {
    const before = keys();
    const { state } = nextKeys(before, { rotate: 3, previous: "keep" }, [], { name: "vault" });
    const [latest, former] = [keyId(state?.current ?? ""), keyId(before?.current ?? "")];
    // As a command leaves it that was killed once it had moved the first store aside.
    writeKeys(folder.run("vault"), state as NonNullable<typeof state>);
    await stop(folder.run("vault"));
    const store = storeOf(folder.run("vault").home, "vault-1");
    renameSync(store, `${store}.before`);
    await folder.up(vault);
    expect(await tagsOf("vault")).toEqual(Array(3).fill([`headwater-key:${former}`]));
    expect(await rotateKey(folder.run("vault"), await folder.binary())).toEqual({ rotate: 3, resumed: true });
    expect(await tagsOf("vault")).toEqual(Array(3).fill([`headwater-key:${latest}`]));
    await withConnection(servers().join(","), async (nc) => {
      const numbers = await readNumbers(nc, "SECRETS");
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => i));
      expect(numbers.length).toBeGreaterThan(100);
    });
    for (const i of [1, 2, 3])
      expect(existsSync(`${storeOf(folder.run("vault").home, `vault-${i}`)}.before`)).toBe(false);
    expect((await folder.up(vault)).changed).toBe(0);
  });
});

describe("a key that is kept here, with one token for everybody", () => {
  const vault: ClusterSpec = {
    name: "closed",
    size: 3,
    authorization: { token: { env: "TOKEN" } },
    jetstream: { ...limits, encryption: { key: { secretName: "nats-key", key: "key" } } },
  };

  it("is not rotated while a stream has one replica: nobody could move it away, or fill it again", async () => {
    const run = { ...folder.run("closed"), env: { ...process.env, TOKEN: "everybody" } };
    await up(run, vault, await folder.binary());
    const before = readKeys(run);
    await withConnection(
      folder.urls("closed").join(","),
      async (nc) => void (await (await jetstreamManager(nc)).streams.add({ name: "SINGLE", subjects: ["single"] })),
      { token: "everybody" },
    );
    await expect(rotateKey(run, await folder.binary())).rejects.toThrow(
      'LC119 cluster "closed": stream $G/SINGLE has one replica, and nobody here can log in to the system account and move it away from a server that gets an empty store. Back it up and delete it, and restore it after the rotation.',
    );
    expect(readKeys(run)).toEqual(before);
  });
});

describe("a key from the environment", () => {
  const [first, second] = [generateKey(), generateKey()];
  const env = { ...process.env, FIRST_KEY: first, SECOND_KEY: second };
  const spec = (key: string, previousKey?: string): ClusterSpec => {
    const encryption = { key: { env: key }, ...(previousKey && { previousKey: { env: previousKey } }) };
    return { name: "given", size: 1, jetstream: { ...limits, encryption } };
  };
  const upWith = async (wanted: ClusterSpec, variables: NodeJS.ProcessEnv = env) =>
    up({ ...folder.run("given"), env: variables }, wanted, await folder.binary());

  it("is missed in one sentence", async () => {
    await expect(upWith(spec("FIRST_KEY"), {})).rejects.toThrow(
      'LC105 cluster "given": jetstream.encryption.key is taken from the variable FIRST_KEY, which is not set. Set FIRST_KEY.',
    );
  });

  it("is not changed where the server would not open what it stored", async () => {
    await folder.up({ name: "given", jetstream: limits });
    await withConnection(folder.urls("given").join(","), async (nc) => {
      await (await jetstreamManager(nc)).streams.add({ name: "GIVEN", subjects: ["given"] });
      await jetstream(nc).publish("given", "message 0", patient);
    });
    // What is stored in the clear is encrypted with the first key.
    await upWith(spec("FIRST_KEY"));
    expect(storedBy("given", "given-1").filter((data) => data.includes("message 0"))).toEqual([]);
    const pid = folder.pid("given", "given-1");
    const [one, two] = [keyId(first), keyId(second)];
    const alone = `EK110 server "given-1": key is ${one} where the server runs, and would be ${two}: it would not open what it stored.`;
    await expect(upWith(spec("SECOND_KEY"))).rejects.toThrow(alone);
    await expect(upWith(spec("SECOND_KEY", "FIRST_KEY"))).rejects.toThrow(
      `EK112 server "given-1": previousKey ${one} opens its streams, but not the durable consumers on them`,
    );
    await expect(upWith({ name: "given", jetstream: limits })).rejects.toThrow(
      `EK111 server "given-1": key cannot be left out: it stores with key ${one}, and would not open it without.`,
    );
    await expect(upWith(spec("FIRST_KEY"), {})).rejects.toThrow(
      'LC105 cluster "given": jetstream.encryption.key is taken from the variable FIRST_KEY, which is not set. Set FIRST_KEY.',
    );
    expect(folder.pid("given", "given-1")).toBe(pid);
    await stop(folder.run("given"));
    await expect(upWith(spec("SECOND_KEY"))).rejects.toThrow(alone);
    await upWith(spec("FIRST_KEY"));
    await withConnection(folder.urls("given").join(","), async (nc) => {
      expect(await readNumbers(nc, "GIVEN")).toEqual([0]);
    });
  });

  it("is not changed while a server that runs does not say what with", async () => {
    const pid = folder.pid("given", "given-1") as number;
    process.kill(pid, "SIGSTOP");
    try {
      await expect(upWith(spec("SECOND_KEY", "FIRST_KEY"))).rejects.toThrow(
        'EK107 encryption key "given": key cannot be judged: it is not known what the servers run with (given-1 does not answer).',
      );
    } finally {
      process.kill(pid, "SIGCONT");
    }
  });

  it("is not rotated by a command, nor is one of a server alone or none at all", async () => {
    const rotate = (name: string) => rotateKey(folder.run(name), { path: "", version: "" });
    await expect(rotate("given")).rejects.toThrow(
      'LC114 cluster "given": jetstream.encryption.key is a key of yours, which is not changed here. docs/keys.md has the way; key: { secretName, key } has one made and kept here.',
    );
    const kept = { key: { secretName: "nats-key", key: "key" } };
    await folder.up({ name: "alone", jetstream: { ...limits, encryption: kept } });
    await expect(rotate("alone")).rejects.toThrow(
      'LC120 cluster "alone": size is 1: there are no other servers to fill this one again under a new key. Grow the cluster to 3 first. For a server alone docs/keys.md has the way.',
    );
    await folder.up({ name: "clear", jetstream: limits });
    await expect(rotate("clear")).rejects.toThrow(
      'LC114 cluster "clear": jetstream.encryption is not set: there is no key to rotate. Set key: { secretName, key } to have one made and kept here.',
    );
  });
});
