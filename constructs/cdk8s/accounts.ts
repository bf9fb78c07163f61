import type { Construct } from "constructs";
import type { DeclaredSet } from "../../preflight/preflight";
import type { ServerFacts } from "../../preflight/server-facts";
import type { Entry } from "./entry";

/** The assets of one account, whichever constructs declare them. */
export interface AccountEntries extends Required<Pick<DeclaredSet, "shapes" | "declared" | "external">> {
  readonly constructs: readonly Construct[];
  readonly server?: ServerFacts;
}

/** What is declared, by account. */
export function accountsIn(entries: readonly Entry[]): AccountEntries[] {
  const groups = Map.groupBy(
    entries.filter(({ account }) => account !== undefined),
    ({ account }) => account,
  );
  return [...groups.values()].map((group) => {
    const members = group.flatMap(({ construct, assets = [] }) => assets.map((asset) => ({ construct, asset })));
    return {
      constructs: members.map(({ construct }) => construct),
      declared: members.map(({ asset, construct }) => ({ ...asset, by: construct.node.path })),
      shapes: members.map(({ asset }) => asset.shape),
      external: Object.assign({}, ...group.map(({ external }) => external)),
      server: group.find(({ server }) => server)?.server,
    };
  });
}
