import * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import { certificateObjects } from "../../../render/kubernetes/certificates";
import { tlsSecretName } from "../../../render/kubernetes/names";
import { kubernetesSdk, registerObject } from "./kubernetes-sdk";

/** A certificate and its key, PEM. */
export interface KeyPair {
  readonly cert: pulumi.Input<string>;
  readonly key: pulumi.Input<string>;
}

/** The certificates cert-manager is asked for. */
export interface IssuedCertificates {
  readonly certificates: readonly pulumi.Resource[];
  /** Authority of the certificate clients see. */
  readonly issued: pulumi.Output<string> | undefined;
  /** A certificate for a client, of the same issuer. */
  readonly issuedClient: (user: string) => pulumi.Output<KeyPair>;
}

type Options = pulumi.CustomResourceOptions;

// The Secret is there once the certificate is ready; servers could not start without it.
const annotations = { "pulumi.com/waitFor": "condition=Ready" };

/** Registers the Certificate of every side with an `issuer`. */
export function issuedCertificates(name: string, spec: ClusterSpec, opts: Options): IssuedCertificates {
  const made = new Map(
    certificateObjects(spec).map((object) => {
      const metadata = { ...object.metadata, annotations };
      return [metadata.name, registerObject(`${name}-${metadata.name}`, { ...object, metadata }, opts)] as const;
    }),
  );
  const client = spec.tls?.client?.issuer && made.get(tlsSecretName(spec, "client") as string);
  return {
    certificates: [...made.values()],
    issued: client && readSecret(`${name}-issued-tls`, client, opts).authority,
    issuedClient: (user) => readSecret(`${name}-${user}-client-tls`, clientObject(name, spec, user, opts), opts).pair,
  };
}

/** The names by which servers know a client of a certificate. */
export const certificateNames = (user: string) =>
  user.includes("@") ? { emailAddresses: [user] } : { dnsNames: [user] };

function clientObject(name: string, spec: ClusterSpec, user: string, opts: Options) {
  const { issuer } = spec.tls?.client ?? {};
  const secretName = `${spec.name}-client-${user.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  const object = {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: secretName, namespace: effectiveCluster(spec).namespace, annotations },
    spec: {
      secretName,
      commonName: user,
      ...certificateNames(user),
      usages: ["client auth"],
      privateKey: { algorithm: "ECDSA", size: 256 },
      issuerRef: { kind: "Issuer", group: "cert-manager.io", ...issuer },
    },
  };
  return registerObject(`${name}-${user}-client`, object, opts);
}

// A Secret is named after its Certificate, and ids are names: it is unknown as long as the Certificate is.
function readSecret(name: string, { id }: pulumi.CustomResource, { dependsOn: _, ...opts }: Options) {
  const { data } = kubernetesSdk().core.v1.Secret.get(name, id, opts);
  const entry = (key: string) => data.apply((entries) => Buffer.from(entries?.[key] ?? "", "base64").toString());
  // An authority is public. Issuers the system trusts put none in.
  return {
    authority: pulumi.unsecret(entry("ca.crt")),
    pair: pulumi.output({ cert: entry("tls.crt"), key: entry("tls.key") }),
  };
}
