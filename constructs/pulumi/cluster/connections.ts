import * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import { tlsSecretName } from "../../../render/kubernetes/names";
import { Certificate } from "../certificate";
import type { NatsClusterArgs } from "../nats-cluster-args";
import type { ProviderArgs } from "../provider";
import { mapsCertificates, SYSTEM_USER } from "./complete-spec";
import { kubernetesSdk } from "./kubernetes-sdk";
import type { OwnCertificates } from "./own-certificates";

/** Address of a cluster for clients in Kubernetes. */
export function clusterUrl(spec: ClusterSpec): string {
  const { namespace, ports } = effectiveCluster(spec);
  const domain = spec.kubernetes?.clusterDomain ?? "cluster.local";
  return `${spec.tls?.client ? "tls" : "nats"}://${spec.name}.${namespace}.svc.${domain}:${ports.client}`;
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
  own: OwnCertificates | undefined,
  opts: pulumi.CustomResourceOptions,
): Connections {
  const { namespace, ports, size } = effectiveCluster(spec);
  const { client } = spec.tls ?? {};
  const ca = pulumi.output(args.ca ?? (client?.ownAuthority ? own?.authority.trustBundle : undefined));
  const portForward =
    args.portForward === false
      ? (false as const)
      : { ...args.portForward, namespace, service: spec.name, port: ports.client };
  const certificates = new Map<string, pulumi.Input<{ cert: pulumi.Input<string>; key: pulumi.Input<string> }>>();
  const certificateOf = (user: string) => {
    const known = certificates.get(user) ?? clientCertificate(`${name}-${user}`, user, args, own, opts);
    if (known) certificates.set(user, known);
    return known;
  };
  return {
    ca,
    to: (login, user = SYSTEM_USER) => {
      const asked = client?.verify || client?.verifyAndMap;
      const shown = asked ? certificateOf(mapsCertificates(spec) ? user : SYSTEM_USER) : undefined;
      const authority =
        args.ca ?? (client?.ownAuthority ? own?.authority.trustBundle : undefined) ?? issued(name, spec, opts);
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

// The Secret that cert-manager writes; it is there once the servers run.
function issued(
  name: string,
  spec: ClusterSpec,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> | undefined {
  if (!spec.tls?.client?.issuer) return undefined;
  const { namespace } = effectiveCluster(spec);
  const secret = kubernetesSdk().core.v1.Secret.get(
    `${name}-issued-tls`,
    `${namespace}/${tlsSecretName(spec, "client")}`,
    opts,
  );
  return secret.data.apply((data) => Buffer.from(data["ca.crt"] ?? "", "base64").toString());
}

function clientCertificate(
  name: string,
  user: string,
  { clientCertificate: given }: NatsClusterArgs,
  own: OwnCertificates | undefined,
  opts: pulumi.CustomResourceOptions,
) {
  if (given) return given;
  if (!own) return undefined;
  const names = user.includes("@") ? { emailAddresses: [user] } : { dnsNames: [user] };
  const { dependsOn: _, ...made } = opts;
  const { certificate, key } = new Certificate(
    `${name}-client`,
    { authority: own.authority, commonName: user, ...names, usages: ["client"] },
    made,
  );
  return { cert: certificate, key };
}
