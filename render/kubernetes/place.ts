import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { secretsOf } from "../../model/cluster/secrets-of";
import type { TlsSideName } from "../../model/cluster/tls-spec";
import { variable } from "../config-tree";
import type { ServerPlace, TlsFiles } from "../server-place";
import { podHosts, witnessName } from "./names";
import type { SecretRefs } from "./secret-refs";

/** Where the chart mounts the Secret of each side. */
export const TLS_FOLDERS: Readonly<Record<TlsSideName, string>> = {
  client: "/etc/nats-certs/nats",
  cluster: "/etc/nats-certs/cluster",
  gateway: "/etc/nats-certs/gateway",
  leafNodes: "/etc/nats-certs/leafnodes",
  websocket: "/etc/nats-certs/websocket",
};

export const remoteTlsFolder = (index: number) => `/etc/nats-certs/leaf-remote-${index}`;
export const remoteCredentialsFolder = (index: number) => `/etc/nats-creds/leaf-remote-${index}`;

/** Where a pod of the chart, or the witness beside it, runs. */
export function kubernetesPlace(spec: ClusterSpec, refs: SecretRefs, witness = false): ServerPlace {
  const { ports } = effectiveCluster(spec);
  const variables = new Map(secretsOf(spec).map(({ path, variable }) => [path, variable]));
  return {
    serverName: witness ? `${witnessName(spec)}-0` : SERVER_NAME,
    host: "0.0.0.0",
    ports,
    storeDir: "/data",
    routes: podHosts(spec).map((host) => `${host}:${ports.cluster}`),
    pidFile: "/var/run/nats/nats.pid",
    witness,
    keyTags: refs.keyTags !== undefined,
    tlsFiles: (side) => tlsFilesIn(TLS_FOLDERS[side], isMutual(spec, side)),
    remoteFiles: (index, remote) => ({
      ...(remote.tls && { tls: tlsFilesIn(remoteTlsFolder(index), true) }),
      ...(remote.credentials && {
        credentials: `${remoteCredentialsFolder(index)}/${refs.find(`leafNodes.remotes[${index}].credentials`, remote.credentials)?.key}`,
      }),
    }),
    variable: (path) => variables.get(path) ?? path,
  };
}

/** The chart's variable with the name of the pod. */
export const SERVER_NAME = variable("SERVER_NAME");

function tlsFilesIn(folder: string, withAuthority: boolean): TlsFiles {
  const files = { certFile: `${folder}/tls.crt`, keyFile: `${folder}/tls.key` };
  return withAuthority ? { ...files, caFile: `${folder}/ca.crt` } : files;
}

// Public authorities put no ca.crt into their Secrets: it is only asked for where certificates of others are checked.
function isMutual(spec: ClusterSpec, side: TlsSideName): boolean {
  const tls = spec.tls?.[side];
  return side === "cluster" || side === "gateway" || tls?.verify === true || tls?.verifyAndMap === true;
}
