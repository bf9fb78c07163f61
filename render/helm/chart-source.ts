import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { CHART_VERSION } from "../helm-values";

const REPOSITORY = "https://nats-io.github.io/k8s/helm/charts/";

/** Where the chart of a cluster comes from. */
export interface ChartSource {
  /** A path, a reference in a registry, or the chart's name in the repository. */
  readonly chart: string;
  /** None of a chart by its path. */
  readonly version?: string;
  /** Address of the repository, where it is in one. */
  readonly repo?: string;
}

/** Where the chart of a cluster comes from: a path, a reference, or else a repository. */
export function chartSource({ kubernetes }: ClusterSpec): ChartSource {
  const { path, oci, repository = REPOSITORY, version = CHART_VERSION } = kubernetes?.chart ?? {};
  if (path) return { chart: path };
  return oci ? { chart: oci, version } : { chart: "nats", version, repo: repository };
}
