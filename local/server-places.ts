import { resolve } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster, type PortName } from "../model/cluster/effective";
import { secretsOf } from "../model/cluster/secrets-of";
import type { ServerPlace } from "../render/server-place";
import { throwLocal } from "./finding";
import { freePort } from "./free-port";
import { pidFileOf, serverFolder } from "./home";
import { readSecret, secretFile } from "./local-secrets";
import { sideFiles } from "./local-tls";
import { pidOf } from "./processes";
import type { LocalRun } from "./run";
import { type LocalServer, writeWhole } from "./state";

export const HOST = "127.0.0.1";
const PORT_NAMES: readonly PortName[] = ["client", "cluster", "monitor", "leafNodes", "gateway", "websocket"];

/** Names of the servers a spec wants; the last one is the witness, where it needs one. */
export function serverNames(spec: ClusterSpec): { name: string; witness?: true }[] {
  const { size, witness } = effectiveCluster(spec);
  const data = Array.from({ length: size }, (_, i) => ({ name: `${spec.name}-${i + 1}` }));
  return witness ? [...data, { name: `${spec.name}-witness`, witness: true }] : data;
}

/**
 * The servers a spec wants, with their ports: those they had where nobody else has taken them since, so that applications
 * need no new address; else those of the spec, counted up from server to server; else free ones.
 */
export async function placeServers(
  { home, say }: LocalRun,
  spec: ClusterSpec,
  before: readonly LocalServer[],
): Promise<LocalServer[]> {
  const taken = new Set(before.flatMap(({ name, ports }) => (pidOf(home, name) ? Object.values(ports) : [])));
  const servers: LocalServer[] = [];
  for (const [i, wanted] of serverNames(spec).entries()) {
    const known = before.find(({ name }) => name === wanted.name);
    const ports = known && pidOf(home, known.name) ? known.ports : await portsFor(spec, i, taken, known?.ports);
    if (known && known.ports.client !== ports.client)
      say(
        `${known.name}: port ${known.ports.client} is taken by another program; clients now connect to ${ports.client}`,
      );
    servers.push({ ...wanted, ports });
  }
  return servers;
}

async function portsFor(
  spec: ClusterSpec,
  index: number,
  taken: Set<number>,
  before?: LocalServer["ports"],
): Promise<LocalServer["ports"]> {
  const ports = {} as Record<PortName, number>;
  for (const name of PORT_NAMES) {
    const first = spec.ports?.[name];
    ports[name] = await untaken(taken, before?.[name] ?? (first === undefined ? 0 : first + index));
    taken.add(ports[name]);
  }
  return ports;
}

async function untaken(taken: ReadonlySet<number>, wanted: number): Promise<number> {
  for (;;) {
    const port = await freePort(HOST, wanted);
    if (!taken.has(port)) return port;
    wanted = 0;
  }
}

/** Where one server runs, among all there are. */
export function placeOf(
  run: LocalRun,
  spec: ClusterSpec,
  server: LocalServer,
  servers: readonly LocalServer[],
): ServerPlace {
  const { home, cwd } = run;
  const variables = new Map(secretsOf(spec).map(({ path, variable }) => [path, variable]));
  return {
    serverName: server.name,
    host: HOST,
    ports: server.ports,
    storeDir: serverFolder(home, server.name),
    routes: servers.map(({ ports }) => `${HOST}:${ports.cluster}`),
    pidFile: pidFileOf(home, server.name),
    ...(server.witness && { witness: true }),
    tlsFiles: (side) => sideFiles(home, cwd, server.name, side, spec.tls?.[side] ?? {}),
    remoteFiles: (index, { tls, credentials }) => ({
      ...(tls && { tls: sideFiles(home, cwd, server.name, `remote${index}`, tls) }),
      ...(credentials && { credentials: credentialsFile(run, index, credentials) }),
    }),
    variable: (path) => variables.get(path) ?? "",
  };
}

type Credentials = NonNullable<NonNullable<NonNullable<ClusterSpec["leafNodes"]>["remotes"]>[number]["credentials"]>;

// A server reads a file: what comes from elsewhere is written into one.
function credentialsFile(run: LocalRun, index: number, source: Credentials): string {
  if ("file" in source) return resolve(run.cwd, source.file);
  const path = `leafNodes.remotes[${index}].credentials`;
  const remedy = "Give the path of a credentials file: { file }.";
  if ("secretName" in source)
    return throwLocal(
      "LC105",
      run.home.name,
      path,
      "is a key of a Kubernetes Secret, which nothing here can stand for",
      remedy,
    );
  const text = readSecret(run, source);
  if (text === undefined) return throwLocal("LC105", run.home.name, path, "is not set", remedy);
  const file = secretFile(run.home, `remote${index}`, "creds");
  writeWhole(file, `${text}\n`);
  return file;
}
