import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import type { TlsSide, TlsSideName } from "../../model/cluster/tls-spec";
import { parseDuration } from "../../model/units";
import { plain } from "../plain";
import type { KubernetesObject } from "./kubernetes-object";
import { headlessName, remoteTlsSecretName, tlsSecretName, witnessName } from "./names";

/** The cert-manager Certificates of a cluster: one for each side, and each leaf node remote, that has an `issuer`. */
export function certificateObjects(spec: ClusterSpec): KubernetesObject[] {
  const sides = Object.entries(spec.tls ?? {}).flatMap(([name, tls]) => {
    const side = name as TlsSideName;
    return tls?.issuer
      ? [certificate(spec, tlsSecretName(spec, side) as string, tls, serviceNames(spec), usagesOf(side))]
      : [];
  });
  const remotes = (spec.leafNodes?.remotes ?? []).flatMap(({ tls }, i) =>
    tls?.issuer ? [certificate(spec, remoteTlsSecretName(spec, i) as string, tls, [spec.name], ["client auth"])] : [],
  );
  return plain([...sides, ...remotes]);
}

/** Every name clients and servers reach the servers of a cluster by, inside Kubernetes. */
export function serviceNames(spec: ClusterSpec): string[] {
  const { namespace, witness } = effectiveCluster(spec);
  const domain = spec.kubernetes?.clusterDomain ?? "cluster.local";
  const hosts = [spec.name, `*.${headlessName(spec)}`, ...(witness ? [`*.${witnessName(spec)}`] : [])];
  const suffixes = ["", `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.${domain}`];
  return [...hosts.flatMap((host) => suffixes.map((suffix) => host + suffix)), "localhost"];
}

// Servers of a cluster and gateways are both sides of their connections.
const usagesOf = (side: TlsSideName) =>
  side === "cluster" || side === "gateway" ? ["server auth", "client auth"] : ["server auth"];

const isAddress = (name: string) => /^[\d.]+$/.test(name) || name.includes(":");

function certificate(
  spec: ClusterSpec,
  secretName: string,
  tls: TlsSide,
  names: string[],
  usages: string[],
): KubernetesObject {
  const { issuer, duration = "90d", renewBefore, extraNames = [] } = tls;
  const addresses = extraNames.filter(isAddress);
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: secretName, namespace: effectiveCluster(spec).namespace, labels: spec.kubernetes?.labels },
    spec: {
      secretName,
      duration: goTime(duration),
      renewBefore: renewBefore && goTime(renewBefore),
      dnsNames: [...names, ...extraNames.filter((name) => !isAddress(name))],
      ...(addresses.length > 0 && { ipAddresses: addresses }),
      usages,
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { name: issuer?.name, kind: issuer?.kind ?? "Issuer", group: issuer?.group ?? "cert-manager.io" },
    },
  };
}

// Hours, minutes and seconds, as Go reads them.
const goTime = (duration: string) => `${Number((parseDuration(duration) ?? 0n) / 1_000_000_000n)}s`;
