import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster, type PortName } from "../../../model/cluster/effective";
import type { SecretSource } from "../../../model/cluster/secret-source";
import { secretsOf } from "../../../model/cluster/secrets-of";
import { natsConf } from "../../../render/nats-conf";
import { natsConfig } from "../../../render/nats-config";
import { confText, type ServerVariable, serverVariables } from "../../../render/server-environment";
import type { TlsFiles } from "../../../render/server-place";

/** What a server said to a configuration: it became ready, or ended with these words. */
export type StartVerdict = { readonly accepted: true } | { readonly accepted: false; readonly words: string };

/** Starts servers, one at a time, each until it is ready or ends. */
export interface Starter {
  readonly start: (spec: ClusterSpec) => Promise<StartVerdict>;
  readonly stop: () => Promise<void>;
}

const MOST_MS = 45_000;
const PORTS = 8;

export async function starter(binary: string, tls: TlsFiles): Promise<Starter> {
  const folder = await mkdtemp(join(tmpdir(), "headwater-starts-"));
  let ports = await freePorts(PORTS);
  let runs = 0;
  const once = async (spec: ClusterSpec): Promise<StartVerdict> => {
    const store = join(folder, String(runs++));
    const file = `${store}.conf`;
    await writeFile(file, confOf(spec, ports, store, tls));
    try {
      return await verdictOf(binary, file, spec);
    } finally {
      await rm(store, { recursive: true, force: true });
    }
  };
  return {
    // Somebody else on this machine may have taken a port meanwhile.
    start: async (spec) => {
      const verdict = await once(spec);
      if (verdict.accepted || !verdict.words.includes("address already in use")) return verdict;
      ports = await freePorts(PORTS);
      return once(spec);
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The configuration of one server here. Ports that are the same in the spec are the same here. */
export function confOf(spec: ClusterSpec, free: readonly number[], store: string, tls: TlsFiles): string {
  const wanted = effectiveCluster(spec).ports;
  const distinct = [...new Set(Object.values(wanted))];
  const names = Object.keys(wanted) as PortName[];
  const ports = Object.fromEntries(names.map((name) => [name, free[distinct.indexOf(wanted[name])]]));
  const variables = new Map(secretsOf(spec).map(({ path, variable }) => [path, variable]));
  const tree = natsConfig(spec, {
    serverName: "one",
    host: "127.0.0.1",
    ports: ports as Record<PortName, number>,
    storeDir: store,
    routes: [`127.0.0.1:${ports.cluster}`],
    tlsFiles: () => tls,
    remoteFiles: (_, { tls: side, credentials }) => ({
      ...(side?.certFile && { tls }),
      ...(credentials && { credentials: tls.certFile }),
    }),
    variable: (path) => variables.get(path) as string,
  });
  return natsConf(tree);
}

function textOf(source: SecretSource): string {
  return "value" in source ? source.value : "not-a-real-secret";
}

function variableText(variable: ServerVariable): string {
  if (variable.kind === "secret") return textOf(variable.secret.source);
  if (variable.kind === "keyTag") return "headwater-key:0123456789abcdef";
  return `${variable.before}${encodeURIComponent(textOf(variable.password.source))}${variable.after}`;
}

/** The variables the configuration refers to. */
export function environmentOf(spec: ClusterSpec): Readonly<Record<string, string>> {
  return Object.fromEntries(serverVariables(spec).map((one) => [one.name, confText(variableText(one))]));
}

async function verdictOf(binary: string, file: string, spec: ClusterSpec): Promise<StartVerdict> {
  const secrets = environmentOf(spec);
  const child = spawn(binary, ["-c", file], {
    env: { ...process.env, ...secrets },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const signs = ["Server is ready", ...(effectiveCluster(spec).standalone ? [] : ["Listening for route connections"])];
  try {
    return await readUntil(child, signs);
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    }
  }
}

function readUntil(child: ChildProcess, signs: readonly string[]): Promise<StartVerdict> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`a server neither became ready nor ended:\n${said}`)), MOST_MS);
    const done = (verdict: StartVerdict) => {
      clearTimeout(late);
      resolve(verdict);
    };
    child.on("error", reject);
    child.on("close", () => done({ accepted: false, words: reasons(said) }));
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (signs.every((sign) => said.includes(sign)) && !said.includes("[FTL]")) done({ accepted: true });
    });
  });
}

// What a server ended with: a fatal line, or what it says before it reads anything.
function reasons(said: string): string {
  const lines = said.split("\n").filter((line) => line !== "");
  const fatal = lines.filter((line) => line.includes("[FTL]"));
  return (fatal.length > 0 ? fatal : lines.filter((line) => !/\[(INF|WRN|DBG)\]|invalid use of field/.test(line))).join(
    "\n",
  );
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
