import * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import { Certificate } from "../certificate";
import type { NatsClusterArgs } from "../nats-cluster-args";
import type { ProviderArgs } from "../provider";
import { mapsCertificates, SYSTEM_USER } from "./complete-spec";
import { certificateNames, type KeyPair } from "./issued-certificates";
import type { OwnCertificates } from "./own-certificates";

/** Address of a cluster for clients in Kubernetes. */
export function clusterUrl(spec: ClusterSpec): string {
  const { namespace, ports } = effectiveCluster(spec);
  const domain = spec.kubernetes?.clusterDomain ?? "cluster.local";
  return `${spec.tls?.client ? "tls" : "nats"}://${spec.name}.${namespace}.svc.${domain}:${ports.client}`;
}

/** Where the certificates of a cluster come from, if it has any. */
export interface CertificateSources {
  readonly own: OwnCertificates | undefined;
  /** Authority of the certificate an issuer signed. */
  readonly issued: pulumi.Output<string> | undefined;
  /** A certificate for a client, of the same issuer. */
  readonly issuedClient: (user: string) => pulumi.Output<KeyPair>;
}

/** How to reach a cluster: what is the same for every login. */
export interface Connections {
  readonly ca: pulumi.Output<string | undefined>;
  /** Arguments of a provider for one login. `user` is shown by a certificate where certificates are logins. */
  readonly to: (login: Partial<ProviderArgs>, user?: string) => ProviderArgs;
}

export function connectionsOf(
  name: string,
  spec: ClusterSpec,
  args: NatsClusterArgs,
  sources: CertificateSources,
  opts: pulumi.CustomResourceOptions,
): Connections {
  const { own, issued } = sources;
  const { namespace, ports, size } = effectiveCluster(spec);
  const { client } = spec.tls ?? {};
  const authority = client && (args.ca ?? (client.ownAuthority ? own?.authority.trustBundle : issued));
  const portForward =
    args.portForward === false
      ? (false as const)
      : { ...args.portForward, namespace, service: spec.name, port: ports.client };
  const certificates = new Map<string, pulumi.Input<KeyPair>>();
  const certificateOf = (user: string) => {
    const known = certificates.get(user) ?? clientCertificate(`${name}-${user}`, user, args, sources, opts);
    if (known) certificates.set(user, known);
    return known;
  };
  return {
    ca: pulumi.output(authority),
    to: (login, user = SYSTEM_USER) => {
      const asked = client?.verify || client?.verifyAndMap;
      const shown = asked ? certificateOf(mapsCertificates(spec) ? user : SYSTEM_USER) : undefined;
      const tls = client && {
        ...(authority && { ca: authority }),
        ...(shown && { cert: pulumi.output(shown).cert, key: pulumi.output(shown).key }),
        ...(client.handshakeFirst === true && { handshakeFirst: true }),
      };
      return {
        servers: clusterUrl(spec),
        ...login,
        ...(tls && { tls }),
        portForward,
        waitForServers: size,
        connectTimeout: "120s",
        ...(spec.jetstream?.domain && { domain: spec.jetstream.domain }),
      };
    },
  };
}

function clientCertificate(
  name: string,
  user: string,
  { clientCertificate: given, tls }: NatsClusterArgs,
  { own, issuedClient }: CertificateSources,
  opts: pulumi.CustomResourceOptions,
) {
  if (given) return given;
  if (tls?.client?.issuer) return issuedClient(user);
  if (!own) return undefined;
  const { dependsOn: _, ...made } = opts;
  const { certificate, key } = new Certificate(
    `${name}-client`,
    { authority: own.authority, commonName: user, ...certificateNames(user), usages: ["client"] },
    made,
  );
  return { cert: certificate, key };
}
