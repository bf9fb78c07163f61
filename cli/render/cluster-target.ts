import type { LocatedCluster } from "../../model/cluster/cluster-file";
import { HeadwaterError } from "../../model/finding";
import { preflightCluster } from "../../preflight/cluster/preflight-cluster";
import { type Target as ClusterTarget, renderCluster } from "../../render/render-cluster";
import { Trouble } from "../exit-codes";
import type { RenderOptions } from "./render-options";
import { type DeclaredFile, isError, type Rendering, type Target } from "./target";

/** Something a cluster is rendered to. */
export function clusterTarget(to: ClusterTarget, says: string, options: Target["options"] = []): Target {
  return {
    renders: "cluster",
    says,
    options: ["cluster", ...options],
    render: (declared, told) => render(to, declared, told),
  };
}

function render(to: ClusterTarget, { file, clusters, set }: DeclaredFile, options: RenderOptions): Rendering {
  const cluster = chosen(file, clusters.clusters, options.cluster);
  const findings = cluster.locate(preflightCluster(cluster.spec, { topology: set.topology }));
  if (findings.some(isError)) return { files: [], findings };
  try {
    const { hosts, storeDir } = options;
    return { files: renderCluster(cluster.spec, to, { hosts, storeDir }), findings };
  } catch (error) {
    if (error instanceof HeadwaterError)
      return { files: [], findings: [...findings, ...cluster.locate(error.findings)] };
    throw error;
  }
}

function chosen(file: string, clusters: readonly LocatedCluster[], name: string | undefined): LocatedCluster {
  const names = clusters.map((cluster) => cluster.name).join(", ");
  if (clusters.length === 0) throw new Trouble(`${file} declares no cluster. Add a document with kind: Cluster.`);
  if (name === undefined && clusters.length > 1)
    throw new Trouble(`${file} declares several clusters: ${names}. Name one with --cluster.`);
  const found = name === undefined ? clusters[0] : clusters.find((cluster) => cluster.name === name);
  if (!found) throw new Trouble(`--cluster: ${file} declares no cluster "${name}", only ${names}.`);
  return found;
}
