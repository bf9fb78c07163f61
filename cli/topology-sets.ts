import { mergeTopologies, type TopologySet } from "../model/topology-file";
import type { TopologySource } from "../model/topology-source";
import { Trouble } from "./exit-codes";

const accountOf = ({ account = "" }: TopologySource) => account;

/** One set for each account documents are about; at least one. What is of no account is read with the first. */
export function topologySets(sources: readonly TopologySource[]): TopologySet[] {
  const [first = [], ...more] = Map.groupBy(sources.filter(declaresAssets), accountOf).values();
  const others = sources.filter((source) => !declaresAssets(source));
  return [[...first, ...others], ...more].map(mergeTopologies);
}

/** The one set of a command that works on one account. */
export function onlySet(sources: readonly TopologySource[]): TopologySet {
  const accounts = new Set(sources.filter(declaresAssets).map(accountOf));
  if (accounts.size > 1) {
    const names = [...accounts].map((name) => name || "no account named").join("; ");
    throw new Trouble(`The files declare assets of several accounts (${names}). Name the files of one account.`);
  }
  return mergeTopologies(sources);
}

// Documents of clusters and event buses are of no account.
function declaresAssets({ value, isProgram }: TopologySource): boolean {
  return isProgram === true || (value as { kind?: unknown } | null)?.kind === "Topology";
}
