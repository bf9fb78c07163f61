import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { checkCluster } from "../../../preflight/cluster/check-cluster";
import { smallerValues } from "../shrink";
import { signature } from "./fuzz-clusters";
import type { ClusterJudge, ClusterOutcome } from "./run-clusters";

/** The same disagreement with nothing in it that it does not need. */
export async function smallestCluster(outcome: ClusterOutcome, judge: ClusterJudge): Promise<ClusterOutcome> {
  const wanted = signature(outcome.difference ?? "");
  for (const spec of smallerValues(outcome.spec)) {
    if (checkCluster(spec).length > 0) continue;
    const smaller = await judge.judge(spec as ClusterSpec);
    if (smaller.difference && signature(smaller.difference) === wanted) return smallestCluster(smaller, judge);
  }
  return outcome;
}
