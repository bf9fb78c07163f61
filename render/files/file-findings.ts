import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { Finding } from "../../model/finding";

/** Certificates and credentials that are no files: outside Kubernetes there are no Secrets and no issuers. */
export function fileFindings(spec: ClusterSpec): Finding[] {
  const remotes = spec.leafNodes?.remotes ?? [];
  const sides = [
    ...Object.entries(spec.tls ?? {}).map(([side, tls]) => [`tls.${side}`, tls] as const),
    ...remotes.map(({ tls }, i) => [`leafNodes.remotes[${i}].tls`, tls] as const),
  ];
  const certificates = sides.flatMap(([field, tls]) =>
    tls && tls.certFile === undefined ? [finding(spec, field, "Set certFile, keyFile and caFile.")] : [],
  );
  const logins = remotes.flatMap(({ credentials }, i) =>
    credentials && !("file" in credentials)
      ? [finding(spec, `leafNodes.remotes[${i}].credentials`, 'Name a file: { file: "…" }.')]
      : [],
  );
  return [...certificates, ...logins];
}

function finding(spec: ClusterSpec, field: string, remedy: string): Finding {
  const problem = "is no file, and servers outside Kubernetes read files";
  return { code: "RN104", severity: "error", kind: "cluster", name: spec.name, field, problem, remedy };
}
