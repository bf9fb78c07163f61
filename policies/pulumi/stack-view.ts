import type { AssetKind } from "../../model/finding";
import type { Declared } from "../../preflight/preflight";
import { buildSystem, type ClusterInput } from "../build-system";
import type { System } from "../system";
import type { EngineResource } from "./engine";
import { kindOf, readAsset, readCluster } from "./read-resource";

/** Assets that are judged beside each other, and the resources that declare them. */
export interface Scope extends System {
  readonly urnOf: (kind: AssetKind, name: string) => string | undefined;
}

/** The resources of a stack as rules see them. */
export interface StackView {
  /** One for each account, and one for the clusters. */
  readonly scopes: readonly Scope[];
  /** All of them together. */
  readonly whole: Scope;
}

/** Assets are of one account where one provider makes them: never compared with those of another. */
export function viewStack(resources: readonly EngineResource[]): StackView {
  const assets = new Map<string, { urn: string; declared: Declared }[]>();
  const clusters: { urn: string; input: ClusterInput }[] = [];
  for (const resource of resources) {
    const kind = kindOf(resource);
    const { urn } = resource;
    if (kind === undefined) continue;
    if (kind === "cluster") {
      const input = readCluster(resource);
      if (input) clusters.push({ urn, input });
      continue;
    }
    const account = resource.provider?.urn ?? "";
    const known = assets.get(account) ?? [];
    if (known.length === 0) assets.set(account, known);
    known.push({ urn, declared: readAsset(kind, resource) });
  }
  const accounts = [...assets.values()].map(accountScope);
  const scopes = [...accounts, clusterScope(clusters)];
  return { scopes, whole: together(scopes) };
}

function accountScope(entries: readonly { urn: string; declared: Declared }[]): Scope {
  const system = buildSystem([{ declared: entries.map(({ declared }) => declared) }]);
  const urnsOf = (isConsumer: boolean) =>
    entries.filter(({ declared }) => (declared.kind === "consumer") === isConsumer).map(({ urn }) => urn);
  const [account] = system.accounts;
  return scope(system, [account?.streams ?? [], account?.consumers ?? []], [urnsOf(false), urnsOf(true)]);
}

function clusterScope(entries: readonly { urn: string; input: ClusterInput }[]): Scope {
  const system = buildSystem(
    [],
    entries.map(({ input }) => input),
  );
  return scope(system, [system.clusters], [entries.map(({ urn }) => urn)]);
}

type Named = { readonly kind: AssetKind; readonly name: string };

// Views come in the order of what was declared.
function scope(system: System, views: readonly (readonly Named[])[], urns: readonly (readonly string[])[]): Scope {
  const byName = new Map<string, string>();
  views.forEach((list, i) => {
    list.forEach(({ kind, name }, j) => {
      const urn = urns[i]?.[j];
      if (urn !== undefined) byName.set(`${kind} ${name}`, urn);
    });
  });
  return { ...system, urnOf: (kind, name) => byName.get(`${kind} ${name}`) };
}

function together(scopes: readonly Scope[]): Scope {
  return {
    accounts: scopes.flatMap(({ accounts }) => accounts),
    clusters: scopes.flatMap(({ clusters }) => clusters),
    waivers: scopes.flatMap(({ waivers }) => waivers),
    urnOf: (kind, name) => scopes.map(({ urnOf }) => urnOf(kind, name)).find((urn) => urn !== undefined),
  };
}
