import { readdirSync, readFileSync } from "node:fs";
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
import { withConnection } from "../support/nats";

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
      await jetstream(nc).publish("secrets", "message 0", { msgID: "secrets-0" });
    });
    const stored = storedBy("vault", "vault-1");
    expect(stored.length).toBeGreaterThan(3);
    expect(stored.filter((data) => data.includes("message 0"))).toEqual([]);
  });

  it("is rotated while messages are published, and everything is read back", async () => {
    const before = keys();
    const publisher = await publishTo("secrets", { servers: servers() });
    folder.said();
    const result = await rotateKey(folder.run("vault"), await folder.binary());
    expect(result).toEqual({ rotate: 2, resumed: false });
    const restarts = [1, 2, 3].map((i) => `vault-${i}: restarting`);
    expect(folder.said()).toEqual([
      "key 2: every server gets it beside key 1",
      ...restarts,
      "key 2: every server gets it alone",
      ...restarts,
    ]);
    const count = await publisher.stop();
    const after = keys();
    expect(after).toMatchObject({ rotate: 2, retired: [before?.current] });
    expect(after?.current).not.toBe(before?.current);
    expect(await tagsOf("vault")).toEqual(Array(3).fill([`headwater-key:${keyId(after?.current ?? "")}`]));
    await withConnection(servers().join(","), async (nc) => {
      expect(await readNumbers(nc, "SECRETS")).toEqual(Array.from({ length: count }, (_, i) => i));
    });
  });

  it("is rotated to the end where that was interrupted, whatever happened in between", async () => {
    const before = keys();
    const { state } = nextKeys(before, { rotate: 3, previous: "keep" }, [], { name: "vault" });
    // As a command leaves it that was killed before it restarted any server.
    writeKeys(folder.run("vault"), state as NonNullable<typeof state>);
    await stop(folder.run("vault"));
    await folder.up(vault);
    const ids = [keyId(state?.current ?? ""), keyId(before?.current ?? "")];
    expect(await tagsOf("vault")).toEqual(
      Array(3).fill([`headwater-key:${ids[0]}`, `headwater-previous-key:${ids[1]}`]),
    );
    expect(await rotateKey(folder.run("vault"), await folder.binary())).toEqual({ rotate: 3, resumed: true });
    expect(await tagsOf("vault")).toEqual(Array(3).fill([`headwater-key:${ids[0]}`]));
    await withConnection(servers().join(","), async (nc) => {
      expect((await readNumbers(nc, "SECRETS")).length).toBeGreaterThan(0);
    });
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

  it("is changed in two steps, and in no other order", async () => {
    await upWith(spec("FIRST_KEY"));
    await withConnection(folder.urls("given").join(","), async (nc) => {
      await (await jetstreamManager(nc)).streams.add({ name: "GIVEN", subjects: ["given"] });
      await jetstream(nc).publish("given", "message 0");
    });
    const pid = folder.pid("given", "given-1");
    const [one, two] = [keyId(first), keyId(second)];
    const alone = `EK110 encryption key "given": key server "given-1" runs with key ${one}, and would get ${two} alone: it would not open what it stored. Give it as previousKey until every server was restarted, and drop it then.`;
    await expect(upWith(spec("SECOND_KEY"))).rejects.toThrow(alone);
    await expect(upWith({ name: "given", jetstream: limits })).rejects.toThrow(
      `EK111 encryption key "given": key cannot be left out: server "given-1" stores with key ${one}, and would not open it without.`,
    );
    expect(folder.pid("given", "given-1")).toBe(pid);
    await stop(folder.run("given"));
    await expect(upWith(spec("SECOND_KEY"))).rejects.toThrow(alone);
    await upWith(spec("SECOND_KEY", "FIRST_KEY"));
    await upWith(spec("SECOND_KEY"));
    await withConnection(folder.urls("given").join(","), async (nc) => {
      expect(await readNumbers(nc, "GIVEN")).toEqual([0]);
    });
  });

  it("is not changed while a server that runs does not say what with", async () => {
    const pid = folder.pid("given", "given-1") as number;
    process.kill(pid, "SIGSTOP");
    try {
      await expect(upWith(spec("FIRST_KEY", "SECOND_KEY"))).rejects.toThrow(
        'EK107 encryption key "given": key cannot be judged: it is not known what the servers run with (given-1 does not answer).',
      );
    } finally {
      process.kill(pid, "SIGCONT");
    }
  });

  it("is not rotated by a command", async () => {
    expect(() => rotateKey(folder.run("given"), { path: "", version: "" })).toThrow(
      'LC114 cluster "given": jetstream.encryption.key is a key of yours, and only you can change it. Give the new one as key and this one as previousKey, run up, then leave previousKey out and run up again.',
    );
  });
});
