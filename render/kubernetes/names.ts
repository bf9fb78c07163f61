import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import type { TlsSide, TlsSideName } from "../../model/cluster/tls-spec";

const KEBAB: Readonly<Record<TlsSideName, string>> = {
  client: "client",
  cluster: "cluster",
  gateway: "gateway",
  leafNodes: "leafnodes",
  websocket: "websocket",
};

/** Name of the Secret that holds the certificate of a side; `undefined` where a side has none or names files. */
export function tlsSecretName(spec: ClusterSpec, side: TlsSideName): string | undefined {
  const tls = spec.tls?.[side];
  return tls && secretOf(tls, `${spec.name}-${KEBAB[side]}-tls`);
}

/** Name of the Secret with the TLS of a leaf node remote. */
export function remoteTlsSecretName(spec: ClusterSpec, index: number): string | undefined {
  const tls = spec.leafNodes?.remotes?.[index]?.tls;
  return tls && secretOf(tls, `${spec.name}-leaf-remote-${index}-tls`);
}

function secretOf(tls: TlsSide, own: string): string | undefined {
  return tls.secretName ?? (tls.issuer || tls.ownAuthority ? own : undefined);
}

/** Name of what runs the witness, and of its service. */
export const witnessName = (spec: ClusterSpec) => `${spec.name}-witness`;

/** Name of the service that gives each pod a name of its own. */
export const headlessName = (spec: ClusterSpec) => `${spec.name}-headless`;

/** Host of every server, and of the witness, as pods reach each other. */
export function podHosts(spec: ClusterSpec): string[] {
  const { size, witness, namespace } = effectiveCluster(spec);
  const { clusterDomain } = spec.kubernetes ?? {};
  const full = (host: string) => (clusterDomain ? `${host}.${namespace}.svc.${clusterDomain}` : host);
  const servers = Array.from({ length: size }, (_, i) => full(`${spec.name}-${i}.${headlessName(spec)}`));
  return witness ? [...servers, full(`${witnessName(spec)}-0.${witnessName(spec)}`)] : servers;
}
