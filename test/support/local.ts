import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { ConnectionOptions, NatsConnection } from "@nats-io/transport-node";
import { connect } from "@nats-io/transport-node";
import type { ServerBinary } from "../../local/binary";
import { down } from "../../local/down";
import { clustersIn, localHome, pidFileOf } from "../../local/home";
import { pidOf } from "../../local/processes";
import type { LocalRun } from "../../local/run";
import { readState } from "../../local/state";
import { type UpResult, up } from "../../local/up";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { eventually } from "./nats";

const { natsServer, DEFAULT } = require("../../tools/lib/nats-server") as {
  natsServer(version?: string): Promise<string>;
  DEFAULT: string;
};

/** A folder of local clusters of this test's own. */
export interface LocalFolder {
  readonly root: string;
  /** What was said since the last look. */
  readonly said: () => string[];
  readonly run: (name: string) => LocalRun;
  readonly binary: () => Promise<ServerBinary>;
  readonly up: (spec: ClusterSpec) => Promise<UpResult>;
  readonly urls: (name: string) => string[];
  readonly pid: (name: string, server: string) => number | undefined;
  /** Ends a server at once. */
  readonly kill: (name: string, server: string) => void;
  readonly removeAll: () => Promise<void>;
}

export function localFolder(version: string = DEFAULT): LocalFolder {
  const root = mkdtempSync(join(tmpdir(), "headwater-local-"));
  const lines: string[] = [];
  const binary = async () => ({ path: await natsServer(version), version });
  const run = (name: string): LocalRun => ({
    home: localHome(root, name),
    env: process.env,
    cwd: root,
    say: (line) => void lines.push(line),
  });
  const pid = (name: string, server: string) => pidOf(run(name).home, server);
  return {
    root,
    said: () => lines.splice(0),
    run,
    binary,
    up: async (spec) => up(run(spec.name), spec, await binary()),
    urls: (name) =>
      (readState(run(name).home)?.servers ?? []).flatMap(({ ports, witness }) =>
        witness ? [] : [`127.0.0.1:${ports.client}`],
      ),
    pid,
    kill: (name, server) => {
      const running = pid(name, server);
      if (!running) throw new Error(`${pidFileOf(run(name).home, server)} names no server that runs`);
      process.kill(running, "SIGKILL");
    },
    removeAll: async () => {
      for (const name of clustersIn(root)) await down(run(name), { deleteData: true });
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Publishes numbered messages, each until it is acknowledged, until it is stopped. */
export interface Publisher {
  readonly acknowledged: () => number;
  readonly stop: () => Promise<number>;
}

export async function publishTo(subject: string, options: ConnectionOptions): Promise<Publisher> {
  const nc = await connect({ maxReconnectAttempts: -1, reconnectTimeWait: 100, ...options });
  const js = jetstream(nc, { timeout: 1_000 });
  let stopped = false;
  let count = 0;
  const publishing = (async () => {
    while (!stopped) {
      // A message that was stored and not acknowledged is not stored again.
      const sent = await js
        .publish(subject, `message ${count}`, { msgID: `${subject}-${count}` })
        .catch(() => undefined);
      if (sent) count += 1;
      await new Promise((resolve) => setTimeout(resolve, sent ? 5 : 100));
    }
  })();
  return {
    acknowledged: () => count,
    stop: async () => {
      stopped = true;
      await publishing;
      await nc.close();
      return count;
    },
  };
}

/** Every message of a stream is there once and in order: the numbers from 0 on. */
export function readNumbers(nc: NatsConnection, stream: string): Promise<number[]> {
  return eventually(`the messages of ${stream}`, () => readOnce(nc, stream));
}

async function readOnce(nc: NatsConnection, stream: string): Promise<number[]> {
  const consumer = await jetstream(nc).consumers.get(stream);
  const { num_pending } = await consumer.info(true);
  if (num_pending === 0) return [];
  const numbers: number[] = [];
  const messages = await consumer.fetch({ max_messages: num_pending, expires: 20_000 });
  for await (const message of messages) numbers.push(Number(message.string().split(" ")[1]));
  return numbers;
}

/** A stream and how many of its replicas are current, its leader among them. */
export async function replicasOf(nc: NatsConnection, stream: string): Promise<{ servers: string[]; current: number }> {
  const { cluster } = await (await jetstreamManager(nc)).streams.info(stream);
  const replicas = cluster?.replicas ?? [];
  return {
    servers: [cluster?.leader ?? "", ...replicas.map(({ name }) => name)].sort(),
    current: 1 + replicas.filter((replica) => replica.current).length,
  };
}
