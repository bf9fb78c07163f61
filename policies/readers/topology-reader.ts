import type { ClusterSet } from "../../model/cluster/cluster-file";
import type { TopologySet } from "../../model/topology-file";
import { declaredIn } from "../../preflight/preflight";
import type { AccountInput, ClusterInput } from "../build-system";

/** The account that files declare; `known` is what has been found out about it besides. */
export function topologyAccount(
  { topology }: Pick<TopologySet, "topology">,
  known: Pick<AccountInput, "facts" | "preflight"> = {},
): AccountInput {
  return { declared: declaredIn(topology), external: topology.external, ...known };
}

/** The clusters that files declare. */
export function topologyClusters({ clusters }: Pick<ClusterSet, "clusters">): ClusterInput[] {
  return clusters.map(({ spec }) => ({ spec }));
}
