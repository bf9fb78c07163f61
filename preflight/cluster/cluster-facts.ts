import type { AccountSpec } from "../../model/cluster/account-spec";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import type { AccountLimits, ServerFacts } from "../server-facts";

/**
 * What a cluster says about the account its streams will be in: the version of its servers, and the limits of the account
 * where only one has JetStream. Replicas are judged by `preflightCluster`.
 */
export function clusterFacts(spec: ClusterSpec): ServerFacts {
  const { version, systemAccount } = effectiveCluster(spec);
  const holders = Object.entries(spec.accounts ?? {}).filter(
    ([name, { jetstream }]) => name !== systemAccount && jetstream !== false,
  );
  const limits = holders.length === 1 ? limitsOf(holders[0]?.[1]) : undefined;
  return { version, ...(limits && { limits }) };
}

function limitsOf(account: AccountSpec | undefined): AccountLimits | undefined {
  if (typeof account?.jetstream !== "object") return undefined;
  const { maxFile, storeMaxStreamBytes, clusterTraffic: _, ...same } = account.jetstream;
  return {
    ...same,
    ...(maxFile !== undefined && { maxStorage: maxFile }),
    ...(storeMaxStreamBytes !== undefined && { storageMaxStreamBytes: storeMaxStreamBytes }),
  };
}
