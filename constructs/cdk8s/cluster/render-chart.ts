import { Helm } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import type { Finding } from "../../../model/finding";
import { chartSource } from "../../../render/helm/chart-source";
import type { Values } from "../../../render/helm/chart-value";

/** Renders the chart below a construct; answers what went wrong. */
export function renderChart(scope: Construct, spec: ClusterSpec, values: Values, helmExecutable = "helm"): Finding[] {
  try {
    new Helm(scope, "Chart", {
      ...chartSource(spec),
      releaseName: spec.name,
      namespace: effectiveCluster(spec).namespace,
      values: values as Record<string, unknown>,
      helmExecutable,
      // A pod that tries the connection once would be applied with the rest.
      helmFlags: ["--skip-tests"],
    });
    return [];
  } catch (error) {
    return [helmFinding(spec, helmExecutable, (error as Error).message)];
  }
}

function helmFinding({ name }: ClusterSpec, helm: string, message: string): Finding {
  const common = { severity: "error", kind: "cluster", name } as const;
  if (message.includes("unable to execute"))
    return {
      ...common,
      code: "CD101",
      field: "",
      problem: `is rendered by Helm, and ${JSON.stringify(helm)} cannot be run`,
      remedy: "Install Helm 3, or set helmExecutable.",
    };
  const said = message.trim().replace(/\s*\n\s*/g, "; ");
  return {
    ...common,
    code: "CD102",
    field: "kubernetes.chart",
    problem: `cannot be rendered: helm says "${said}"`,
    remedy: "Correct kubernetes.chart: a path, an OCI reference, or a repository and a version.",
  };
}
