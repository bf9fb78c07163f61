import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { patchesOf } from "../render/added-config";
import type { Found } from "./rule";

/** Findings about patches of the chart's values that touch keys of the servers' configuration a rule is about. */
export function unjudgedPatches(spec: ClusterSpec, keys: readonly string[], what: string): Found[] {
  return patchesOf(spec, keys).map(({ field }) => ({
    field,
    problem: `changes ${what} in a way that is not judged`,
    remedy: "Say it in fields of the cluster, or in extraConfig.",
  }));
}
