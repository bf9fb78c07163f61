import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type NatsConnection } from "@nats-io/transport-node";

const { clusterReady } = require("../../tools/lib/cluster-ready") as {
  clusterReady(monitors: string[]): Promise<boolean>;
};
const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

/** A real nats-server of this test's own. */
export interface TestServer {
  readonly url: string;
  readonly monitor: string;
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Adds lines to the configuration and has the server read it again. */
  reload(lines: string): void;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly version?: string;
  /** Lines added to the configuration. */
  readonly config?: string;
  /** Lines added to the configuration of one server. */
  readonly each?: (index: number) => string;
  /** Makes the servers without starting them: `restart` does. @default false */
  readonly late?: boolean;
  /** @default true */
  readonly jetstream?: boolean;
}

/** Starts one server on free ports, with a store of its own. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  return (await startServers(1, options))[0] as TestServer;
}

/** Starts a cluster of three. */
export function startCluster(options: ServerOptions = {}): Promise<TestServer[]> {
  return startServers(3, options);
}

/** Client URLs of several servers, as `nats:servers` takes them. */
export function urlsOf(servers: readonly TestServer[]): string {
  return servers.map(({ url }) => url).join(",");
}

/** Runs with a connection that is closed afterwards. */
export async function withConnection<T>(url: string, use: (nc: NatsConnection) => Promise<T>, login = {}): Promise<T> {
  const nc = await connect({ servers: url.split(","), ...login });
  try {
    return await use(nc);
  } finally {
    await nc.close();
  }
}

/** Starts a cluster of so many; one is none. */
export async function startServers(count: number, options: ServerOptions): Promise<TestServer[]> {
  const binary = await natsServer(options.version);
  const folder = mkdtempSync(join(tmpdir(), "headwater-nats-"));
  const ports = await Promise.all(Array.from({ length: count * 3 }, freePort));
  const routes = ports.slice(count, count * 2);
  const running = new Set<string>();
  const servers = Array.from({ length: count }, (_, i) => {
    const store = join(folder, String(i));
    const lines = [
      `server_name: test-${i}`,
      `listen: "127.0.0.1:${ports[i]}"`,
      `http: "127.0.0.1:${ports[count * 2 + i]}"`,
      options.jetstream === false
        ? ""
        : `jetstream { store_dir: ${JSON.stringify(store)}, max_file_store: 50GB, max_memory_store: 1GB }`,
      count > 1
        ? `cluster { name: test, listen: "127.0.0.1:${routes[i]}", routes: [${routes.map((p) => `"nats://127.0.0.1:${p}"`).join(", ")}] }`
        : "",
      options.config ?? "",
      options.each?.(i) ?? "",
    ];
    const file = join(folder, `${i}.conf`);
    writeFileSync(file, lines.join("\n"));
    running.add(file);
    const gone = () => {
      running.delete(file);
      if (running.size === 0) rmSync(folder, { recursive: true, force: true });
    };
    return launch(binary, file, ports[i] as number, ports[count * 2 + i] as number, gone, {}, options.late);
  });
  if (options.late) return servers;
  try {
    await until("the servers to be ready", () => ready(servers, options), 90_000);
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop()));
    throw error;
  }
  return servers;
}

/** Where a server of {@link startConfigured} is to listen and store. */
export interface ConfiguredPlace {
  readonly ports: readonly [client: number, monitor: number];
  readonly folder: string;
}

/** Starts one server with a configuration of its own; `env` is what it refers to. */
export async function startConfigured(
  write: (place: ConfiguredPlace) => string,
  { version, env }: { version?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-nats-"));
  const ports = [await freePort(), await freePort()] as const;
  const file = join(folder, "nats.conf");
  writeFileSync(file, write({ ports, folder }));
  const gone = () => rmSync(folder, { recursive: true, force: true });
  const server = launch(await natsServer(version), file, ...ports, gone, env);
  await until("the server to be ready", () => ready([server], {}));
  return server;
}

function launch(
  binary: string,
  file: string,
  port: number,
  monitorPort: number,
  gone: () => void,
  env: NodeJS.ProcessEnv = {},
  late = false,
): TestServer {
  let child: ChildProcess | undefined;
  const start = () => {
    child = spawn(binary, ["-c", file], { stdio: "ignore", env: { ...process.env, ...env } });
  };
  const monitor = `http://127.0.0.1:${monitorPort}`;
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  };
  const ready = async () => {
    const started = child;
    const hasEnded = () => !started || started.exitCode !== null || started.signalCode !== null;
    await until(`${file} to start`, async () => hasEnded() || (await fetch(`${monitor}/healthz`)).ok);
    if (hasEnded()) throw new Error(`${file} ended`);
  };
  if (!late) start();
  return {
    url: `nats://127.0.0.1:${port}`,
    monitor,
    kill,
    signal: (signal) => child?.kill(signal),
    reload: (lines) => {
      appendFileSync(file, `\n${lines}`);
      child?.kill("SIGHUP");
    },
    restart: async () => {
      await kill();
      start();
      await ready();
    },
    stop: async () => {
      await kill();
      gone();
    },
  };
}

// Without JetStream there is no cluster of it to wait for.
function ready(servers: readonly TestServer[], { jetstream }: ServerOptions): Promise<boolean> {
  const monitors = servers.map(({ monitor }) => monitor);
  return clusterReady(jetstream === false ? monitors.slice(0, 1) : monitors);
}

/** Waits until a condition holds; errors count as "not yet". */
export async function until(what: string, holds: () => Promise<boolean>, milliseconds = 60_000): Promise<void> {
  const check = async () => {
    if (!(await holds())) throw new Error("not yet");
  };
  await eventually(what, check, milliseconds);
}

/** Tries until it succeeds, and answers what it gave: for what may meet a server or a leader that is not there yet. */
export async function eventually<T>(what: string, attempt: () => Promise<T>, milliseconds = 60_000): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms for ${what}: ${(error as Error).message}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** For publishing right after a stream was made: a server of a cluster hears of it a moment later than its maker. */
export const patient = { retries: 10 };

/** A port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address() as { port: number };
      probe.close(() => resolve(address.port));
    });
  });
}
