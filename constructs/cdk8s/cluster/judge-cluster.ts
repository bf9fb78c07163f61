import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { type Finding, HeadwaterError } from "../../../model/finding";
import { preflightCluster } from "../../../preflight/cluster/preflight-cluster";
import type { Values } from "../../../render/helm/chart-value";
import { helmValues } from "../../../render/helm-values";

/** A cluster as the chart takes it; without values where something is wrong. */
export interface JudgedCluster {
  readonly findings: readonly Finding[];
  readonly values?: Values;
}

/** Says everything that is wrong with a cluster before the chart is rendered. */
export function judgeCluster(spec: ClusterSpec): JudgedCluster {
  const findings = [...preflightCluster(spec), ...authorityFindings(spec)];
  if (findings.some(({ severity }) => severity === "error")) return { findings };
  try {
    return { findings, values: helmValues(spec) };
  } catch (error) {
    if (error instanceof HeadwaterError) return { findings: [...findings, ...error.findings] };
    throw error;
  }
}

// A manifest that is made again has to come out the same, and is read by many: neither keys nor certificates are made here.
function authorityFindings({ name, tls, leafNodes }: ClusterSpec): Finding[] {
  const sides = Object.entries(tls ?? {}).map(([side, value]) => [`tls.${side}`, value] as const);
  const remotes = (leafNodes?.remotes ?? []).map((remote, i) => [`leafNodes.remotes[${i}].tls`, remote.tls] as const);
  return [...sides, ...remotes].flatMap(([path, side]): Finding[] => {
    if (!side?.ownAuthority) return [];
    return [
      {
        code: "CD104",
        severity: "error",
        kind: "cluster",
        name,
        field: `${path}.ownAuthority`,
        value: true,
        problem: "needs keys to be made, and a chart makes none",
        remedy: "Set issuer, or create a Secret of type kubernetes.io/tls and set secretName.",
      },
    ];
  });
}
