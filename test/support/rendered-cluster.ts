import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { clusterReady } from "../../local/cluster-ready";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { PORTS, type PortName } from "../../model/cluster/effective";
import { machinePlace, serverNames } from "../../render/files/conf-files";
import { natsConf } from "../../render/nats-conf";
import { natsConfig } from "../../render/nats-config";
import { folderWith } from "./cli";
import { environmentOf } from "./conf-json";

const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

/** A server started from a rendered configuration. */
export interface RenderedServer {
  readonly name: string;
  readonly url: string;
  readonly monitor: string;
  /** Writes the configuration of another spec and has the server read it; answers what it logged. */
  readonly reload: (spec: ClusterSpec) => Promise<string>;
}

/** Starts every server of a cluster from its rendered configuration, on free ports, and runs with them. */
export async function withRenderedServers<T>(
  spec: ClusterSpec,
  use: (servers: readonly RenderedServer[]) => Promise<T>,
): Promise<T> {
  const binary = await natsServer(spec.version);
  const folder = folderWith({});
  const names = serverNames(spec);
  const ports = await Promise.all(names.map(freePorts));
  const env = { ...process.env, ...environmentOf(spec) };
  const file = (i: number) => join(folder, `${names[i]}.conf`);
  const write = (of: ClusterSpec, i: number) => {
    const place = {
      ...machinePlace(of, i, { storeDir: join(folder, names[i] as string) }),
      host: "127.0.0.1",
      ports: ports[i] as Record<PortName, number>,
      routes: ports.map(({ cluster }) => `127.0.0.1:${cluster}`),
      keyTags: true,
    };
    writeFileSync(file(i), natsConf(natsConfig(of, place)));
  };
  const logs = names.map(() => "");
  const processes = names.map((_, i): ChildProcess => {
    write(spec, i);
    const child = spawn(binary, ["-c", file(i)], { env, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr?.on("data", (text) => {
      logs[i] += text;
    });
    return child;
  });
  const servers = names.map(
    (name, i): RenderedServer => ({
      name,
      url: `nats://127.0.0.1:${ports[i]?.client}`,
      monitor: `http://127.0.0.1:${ports[i]?.monitor}`,
      reload: async (of) => {
        const before = logs[i]?.length ?? 0;
        write(of, i);
        processes[i]?.kill("SIGHUP");
        const said = () => (logs[i] ?? "").slice(before);
        await until(async () => /Reloaded server configuration|Failed to reload/.test(said()), said);
        return said();
      },
    }),
  );
  try {
    const ready = () => clusterReady(servers.map(({ monitor }) => ({ url: monitor })));
    await until(ready, () => `not ready:\n${logs.join("\n")}`);
    return await use(servers);
  } finally {
    await Promise.all(
      processes.map((child) => {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        return child.exitCode === null && child.kill("SIGKILL") ? ended : undefined;
      }),
    );
    rmSync(folder, { recursive: true, force: true });
  }
}

async function until(isDone: () => Promise<boolean>, why: () => string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isDone().catch(() => false))) {
    if (Date.now() > end) throw new Error(why());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePorts(): Promise<Record<PortName, number>> {
  const entries = await Promise.all(Object.keys(PORTS).map(async (name) => [name, await freePort()] as const));
  return Object.fromEntries(entries) as Record<PortName, number>;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
