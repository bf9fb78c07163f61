import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { freePort } from "./nats";

const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

/** Servers whose configuration changes from start to start. */
export interface RollingServers {
  readonly folder: string;
  readonly urls: readonly string[];
  store(i: number): string;
  log(i: number): string;
  /** Starts one server with these lines in its configuration; answers whether it became healthy. */
  start(i: number, lines: Lines): Promise<boolean>;
  stop(i: number): Promise<void>;
  /** Reloads the configuration and files of one server without a restart. */
  reload(i: number): void;
  /** Puts the store of a stopped server aside: it starts with an empty one. */
  emptyStore(i: number): void;
  connect(options?: object): Promise<NatsConnection>;
  end(): Promise<void>;
}

export interface Lines {
  readonly jetstream?: string;
  readonly cluster?: string;
  readonly top?: string;
}

const SCHEME = { true: "tls", false: "nats" } as const;

/** Prepares servers, one alone or a cluster of several, on free ports with a folder of their own. */
export async function rollingServers(count: number, version?: string, tls = false): Promise<RollingServers> {
  const binary = await natsServer(version);
  const folder = mkdtempSync(join(tmpdir(), "headwater-rolling-"));
  const ports = await Promise.all(Array.from({ length: count * 3 }, freePort));
  const [client, route, monitor] = [0, 1, 2].map((kind) => ports.slice(kind * count, (kind + 1) * count)) as [
    number[],
    number[],
    number[],
  ];
  const processes: (ChildProcess | undefined)[] = [];
  const scheme = SCHEME[`${tls}`];
  const routes = route.map((port) => `"${scheme}://127.0.0.1:${port}"`).join(", ");
  const store = (i: number) => join(folder, `store-${i}`);
  const logFile = (i: number) => join(folder, `${i}.log`);
  let aside = 0;

  const write = (i: number, { jetstream = "", cluster = "", top = "" }: Lines) =>
    writeFileSync(
      join(folder, `${i}.conf`),
      `server_name: "server-${i}"
listen: "127.0.0.1:${client[i]}"
http: "127.0.0.1:${monitor[i]}"
log_file: "${logFile(i)}"
pid_file: "${join(folder, `${i}.pid`)}"
jetstream { store_dir: "${store(i)}", max_file_store: 10GB, ${jetstream} }
${count > 1 ? `cluster { name: rolling, listen: "127.0.0.1:${route[i]}", routes: [${routes}], ${cluster} }` : ""}
${top}
`,
    );
  const isHealthy = async (i: number) => (await fetch(`http://127.0.0.1:${monitor[i]}/healthz`)).ok;
  const stop = async (i: number, signal: NodeJS.Signals = "SIGTERM") => {
    const child = processes[i];
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  };
  return {
    folder,
    urls: client.map((port) => `${scheme}://127.0.0.1:${port}`),
    store,
    log: (i) => readFileSync(logFile(i), "utf8"),
    start: async (i, lines) => {
      mkdirSync(store(i), { recursive: true });
      write(i, lines);
      const child = spawn(binary, ["-c", join(folder, `${i}.conf`)], { stdio: "ignore" });
      processes[i] = child;
      const deadline = Date.now() + 60_000;
      while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
        if (await isHealthy(i).catch(() => false)) return true;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return false;
    },
    stop,
    reload: (i) => processes[i]?.kill("SIGHUP"),
    emptyStore: (i) => renameSync(store(i), `${store(i)}-aside-${aside++}`),
    connect: (options = {}) =>
      connect({
        servers: client.map((port) => `${scheme}://127.0.0.1:${port}`),
        maxReconnectAttempts: -1,
        reconnectTimeWait: 100,
        ...options,
      }),
    end: async () => {
      await Promise.all(processes.map((_, i) => stop(i, "SIGKILL")));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts several servers at once and waits until all are healthy. */
export async function startAll(servers: RollingServers, lines: Lines): Promise<void> {
  const started = await Promise.all(servers.urls.map((_, i) => servers.start(i, lines)));
  if (started.includes(false)) throw new Error(servers.urls.map((_, i) => servers.log(i)).join("\n"));
}

/** Files under a folder that contain a text. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
