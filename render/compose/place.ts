import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { secretsOf } from "../../model/cluster/secrets-of";
import type { TlsSide, TlsSideName } from "../../model/cluster/tls-spec";
import { serverNames } from "../files/conf-files";
import type { ServerPlace, TlsFiles } from "../server-place";

const CERTIFICATES = "/etc/nats-certs";
const CREDENTIALS = "/etc/nats-creds";

/** Where a service runs: it finds the others by their names. */
export function composePlace(spec: ClusterSpec, index: number): ServerPlace {
  const { ports, size } = effectiveCluster(spec);
  const servers = serverNames(spec);
  const variables = new Map(secretsOf(spec).map(({ path, variable }) => [path, variable]));
  return {
    serverName: servers[index] ?? spec.name,
    host: "0.0.0.0",
    ports,
    storeDir: "/data",
    routes: servers.map((server) => `${server}:${ports.cluster}`),
    witness: index >= size,
    // Compose knows variables, not the keys in them.
    keyTags: false,
    tlsFiles: (side) => filesIn(side, spec.tls?.[side]),
    remoteFiles: (remote, { tls, credentials }) => ({
      ...(tls && { tls: filesIn(`leaf-remote-${remote}`, tls) }),
      ...(credentials && { credentials: `${CREDENTIALS}/leaf-remote-${remote}.creds` }),
    }),
    variable: (path) => variables.get(path) ?? path,
  };
}

function filesIn(folder: string, tls: TlsSide | undefined): TlsFiles {
  const at = `${CERTIFICATES}/${folder}`;
  const files = { certFile: `${at}/tls.crt`, keyFile: `${at}/tls.key` };
  return tls?.caFile === undefined ? files : { ...files, caFile: `${at}/ca.crt` };
}

/** Files of this machine, as each service finds them. */
export function bindMounts(spec: ClusterSpec): string[] {
  const sides = Object.entries(spec.tls ?? {}).flatMap(([side, tls]) => (tls ? mounts(side as TlsSideName, tls) : []));
  const remotes = (spec.leafNodes?.remotes ?? []).flatMap(({ tls, credentials }, i) => [
    ...(tls ? mounts(`leaf-remote-${i}`, tls) : []),
    ...(credentials && "file" in credentials ? [bind(credentials.file, `${CREDENTIALS}/leaf-remote-${i}.creds`)] : []),
  ]);
  return [...sides, ...remotes];
}

function mounts(folder: string, { certFile, keyFile, caFile }: TlsSide): string[] {
  const files = { "tls.crt": certFile, "tls.key": keyFile, "ca.crt": caFile };
  return Object.entries(files).flatMap(([name, file]) =>
    file === undefined ? [] : [bind(file, `${CERTIFICATES}/${folder}/${name}`)],
  );
}

// A path without a dot or slash first is the name of a volume.
function bind(file: string, target: string): string {
  return `${/^[./~]/.test(file) ? file : `./${file}`}:${target}:ro`;
}
