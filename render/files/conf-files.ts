import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { secretsOf } from "../../model/cluster/secrets-of";
import type { TlsSide } from "../../model/cluster/tls-spec";
import { throwFindings } from "../../model/finding";
import { contradictions } from "../contradictions";
import { natsConf } from "../nats-conf";
import { natsConfig } from "../nats-config";
import type { ServerPlace, TlsFiles } from "../server-place";
import { fileFindings } from "./file-findings";

/** Machines of one's own. */
export interface Machines {
  /**
   * The host of each server, as the others reach it; the witness's last.
   * @default - the servers' names
   */
  readonly hosts?: readonly string[];
  /**
   * Folder of what is stored.
   * @default "/var/lib/nats"
   */
  readonly storeDir?: string;
}

/** Names of the servers, the witness's last. */
export function serverNames(spec: ClusterSpec): string[] {
  const { size, witness } = effectiveCluster(spec);
  const servers = Array.from({ length: size }, (_, i) => `${spec.name}-${i}`);
  return witness ? [...servers, `${spec.name}-witness`] : servers;
}

/** `nats.conf` of each server on a machine of its own, by file name. Throws findings for what is no file there. */
export function confFiles(spec: ClusterSpec, machines: Machines = {}): Record<string, string> {
  throwFindings([...fileFindings(spec), ...contradictions(spec)]);
  const texts = serverNames(spec).map((server, i) => {
    return [`${server}.conf`, natsConf(natsConfig(spec, machinePlace(spec, i, machines)))] as const;
  });
  return Object.fromEntries(texts);
}

/** Where a server on a machine of its own runs. */
export function machinePlace(spec: ClusterSpec, index: number, { hosts, storeDir }: Machines = {}): ServerPlace {
  const { ports, size } = effectiveCluster(spec);
  const servers = serverNames(spec);
  const variables = new Map(secretsOf(spec).map(({ path, variable }) => [path, variable]));
  return {
    serverName: servers[index] ?? spec.name,
    host: "0.0.0.0",
    ports,
    storeDir: storeDir ?? "/var/lib/nats",
    routes: (hosts ?? servers).map((host) => `${host}:${ports.cluster}`),
    witness: index >= size,
    // Whoever starts the server knows its key; this text does not.
    keyTags: false,
    tlsFiles: (side) => filesOf(spec.tls?.[side]),
    remoteFiles: (_, { tls, credentials }) => ({
      ...(tls && { tls: filesOf(tls) }),
      ...(credentials && "file" in credentials && { credentials: credentials.file }),
    }),
    variable: (path) => variables.get(path) ?? path,
  };
}

function filesOf({ certFile = "", keyFile = "", caFile }: TlsSide = {}): TlsFiles {
  return { certFile, keyFile, caFile };
}
