import type { TopologySet } from "../../model/topology-file";
import { declaredIn } from "../../preflight/preflight";
import type { AccountInput } from "../build-system";

/** The account that files declare; `known` is what has been found out about it besides. */
export function topologyAccount(
  { topology }: Pick<TopologySet, "topology">,
  known: Pick<AccountInput, "facts" | "preflight"> = {},
): AccountInput {
  return { declared: declaredIn(topology), external: topology.external, ...known };
}
