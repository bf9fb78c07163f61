import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { patient, until, withConnection } from "../../support/nats";
import { confOf, environmentOf, freePorts } from "./start-verdict";

const STREAM = "S";
const CONSUMER = "C";
const TEXT = "plain-text-";
const MESSAGES = 10;
const NO_TLS = { certFile: "", keyFile: "" };

/** What a server showed of one stream after it was started with the next configuration on the same store. */
export interface Stored {
  /** Messages that could be read; `undefined` where the server shows no stream. */
  readonly readable: number | undefined;
  /** Whether the stream still has its durable consumer. */
  readonly hasConsumer: boolean;
  /** Some file has what was published in plain text. */
  readonly isPlain: boolean;
}

/** Starts one server after the other on one store: the first fills a stream, each says what it finds. */
export async function storedSteps(binary: string, specs: readonly ClusterSpec[]): Promise<Stored[]> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-stored-"));
  const found: Stored[] = [];
  try {
    for (const [i, spec] of specs.entries()) {
      const shown = await withServer(binary, folder, spec, async (nc) => {
        if (i === 0) await fill(nc);
        return { readable: await readableIn(nc), hasConsumer: await hasConsumer(nc) };
      });
      found.push({ ...shown, isPlain: hasPlainText(join(folder, "store")) });
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withServer<T>(
  binary: string,
  folder: string,
  spec: ClusterSpec,
  use: (nc: NatsConnection) => Promise<T>,
): Promise<T> {
  const ports = await freePorts(8);
  const file = join(folder, "server.conf");
  writeFileSync(file, confOf(spec, ports, join(folder, "store"), NO_TLS));
  const child = spawn(binary, ["-c", file], { env: { ...process.env, ...environmentOf(spec) }, stdio: "ignore" });
  const url = `nats://127.0.0.1:${ports[0]}`;
  try {
    await until("the server", () => withConnection(url, async () => true));
    return await withConnection(url, use);
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
}

async function fill(nc: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(nc, { checkAPI: false });
  await manager.streams.add({ name: STREAM, subjects: ["s"] });
  await manager.consumers.add(STREAM, { durable_name: CONSUMER, ack_policy: "explicit" });
  for (let i = 0; i < MESSAGES; i++) await jetstream(nc).publish("s", TEXT + i, patient);
}

async function hasConsumer(nc: NatsConnection): Promise<boolean> {
  const manager = await jetstreamManager(nc, { checkAPI: false });
  return manager.consumers.info(STREAM, CONSUMER).then(
    () => true,
    () => false,
  );
}

async function readableIn(nc: NatsConnection): Promise<number | undefined> {
  const manager = await jetstreamManager(nc, { checkAPI: false });
  const info = await manager.streams.info(STREAM).catch(() => undefined);
  if (!info) return undefined;
  let count = 0;
  for (let seq = 1; seq <= MESSAGES; seq++) {
    const message = await manager.streams.getMessage(STREAM, { seq });
    if (message?.string().startsWith(TEXT)) count++;
  }
  return count;
}

function hasPlainText(folder: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(TEXT),
  );
}
