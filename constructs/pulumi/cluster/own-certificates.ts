import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import type { TlsSide, TlsSideName } from "../../../model/cluster/tls-spec";
import { serviceNames } from "../../../render/kubernetes/certificates";
import { tlsSecretName } from "../../../render/kubernetes/names";
import { Certificate } from "../certificate";
import { CertificateAuthority } from "../certificate-authority";
import type { NatsClusterArgs } from "../nats-cluster-args";
import { kubernetesSdk } from "./kubernetes-sdk";

/** The authority of a cluster that signs its certificates itself, and what they depend on. */
export interface OwnCertificates {
  readonly authority: CertificateAuthority;
  readonly secrets: readonly pulumi.Resource[];
}

/** Makes the authority, the certificate of every side with `ownAuthority`, and the Secrets the servers read them from. */
export function ownCertificates(
  name: string,
  spec: ClusterSpec,
  rotation: NatsClusterArgs["authority"],
  opts: pulumi.CustomResourceOptions,
): OwnCertificates | undefined {
  const sides = Object.entries(spec.tls ?? {}).filter(([, side]) => side?.ownAuthority) as [TlsSideName, TlsSide][];
  if (sides.length === 0) return undefined;
  const { dependsOn: _, ...made } = opts;
  const authority = new CertificateAuthority(`${name}-ca`, { commonName: `${spec.name} authority`, ...rotation }, made);
  const secrets = sides.map(([side, tls]) => {
    const certificate = sideCertificate(`${name}-${side}`, spec, tls, authority, made);
    return tlsSecret(`${name}-${side}-tls`, spec, tlsSecretName(spec, side) as string, certificate, authority, opts);
  });
  return { authority, secrets };
}

const isAddress = (name: string) => /^[\d.]+$/.test(name) || name.includes(":");

function sideCertificate(
  name: string,
  spec: ClusterSpec,
  { duration, renewBefore, extraNames = [] }: TlsSide,
  authority: CertificateAuthority,
  opts: pulumi.CustomResourceOptions,
): Certificate {
  const addresses = extraNames.filter(isAddress);
  return new Certificate(
    name,
    {
      authority,
      commonName: spec.name,
      dnsNames: [...serviceNames(spec), ...extraNames.filter((each) => !isAddress(each))],
      ...(addresses.length > 0 && { ipAddresses: addresses }),
      usages: ["server", "client"],
      ...(duration && { validity: duration }),
      ...(renewBefore && { renewBefore }),
    },
    opts,
  );
}

function tlsSecret(
  name: string,
  spec: ClusterSpec,
  secretName: string,
  { certificate, key }: Certificate,
  { trustBundle }: CertificateAuthority,
  opts: pulumi.CustomResourceOptions,
) {
  const { namespace } = effectiveCluster(spec);
  const stringData = { "tls.crt": certificate, "tls.key": key, "ca.crt": trustBundle };
  const type = "kubernetes.io/tls";
  return new (kubernetesSdk().core.v1.Secret)(
    name,
    { metadata: { name: secretName, namespace }, type, stringData },
    opts,
  );
}
