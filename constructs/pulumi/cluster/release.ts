import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import { chartSource } from "../../../render/helm/chart-source";
import { mergeValues, type Values } from "../../../render/helm/chart-value";
import { kubernetesSdk } from "./kubernetes-sdk";

// Pods are replaced one by one by the resource that asks the servers, not by Kubernetes: only they know whether streams
// have caught up. Nobody waits for the set then.
const MANAGED: Values = {
  statefulSet: {
    merge: {
      metadata: { annotations: { "pulumi.com/skipAwait": "true" } },
      spec: { updateStrategy: { type: "OnDelete" } },
    },
  },
};

/** Values for a cluster whose pods are replaced from here. */
export const withManagedRollout = (values: Values): Values => mergeValues(values, MANAGED);

/** Installs the chart, as objects of the stack or as a release of Helm. */
export function installChart(
  name: string,
  spec: ClusterSpec,
  values: Values,
  mode: "chart" | "release",
  opts: pulumi.ComponentResourceOptions,
): pulumi.Resource {
  const { namespace } = effectiveCluster(spec);
  const sdk = kubernetesSdk();
  const { repo, ...source } = chartSource(spec);
  const from = { ...source, ...(repo && { repositoryOpts: { repo } }) };
  const common = { ...from, namespace, name: spec.name, values: values as Record<string, unknown> };
  if (mode === "chart") return new sdk.helm.v4.Chart(name, common, opts);
  return new sdk.helm.v3.Release(name, { ...common, timeout: 900 }, opts as pulumi.CustomResourceOptions);
}
