import type { AssetKind } from "../../model/finding";
import type { Declared } from "../../preflight/preflight";
import { buildSystem, type ClusterInput, type EventBusInput } from "../build-system";
import type { System } from "../system";
import type { EngineResource } from "./engine";
import { readEventBus } from "./read-event-bus";
import { accountOf, kindOf, type ResourceKind, readAsset, readCluster } from "./read-resource";

/** Assets that are judged beside each other, and the resources that declare them. */
export interface Scope extends System {
  readonly urnOf: (kind: AssetKind, name: string) => string | undefined;
}

/** The resources of a stack as rules see them. */
export interface StackView {
  /** One for each account, one for the clusters, and one for the event buses. */
  readonly scopes: readonly Scope[];
  /** All of them together. */
  readonly whole: Scope;
}

/** Assets are of one account where one provider makes them: never compared with those of another. */
export function viewStack(resources: readonly EngineResource[]): StackView {
  const assets = new Map<string, { urn: string; declared: Declared }[]>();
  for (const resource of resources) {
    const kind = kindOf(resource);
    if (kind === undefined || kind === "cluster" || kind === "event bus") continue;
    const account = accountOf(resource);
    const known = assets.get(account) ?? [];
    if (known.length === 0) assets.set(account, known);
    known.push({ urn: resource.urn, declared: readAsset(kind, resource) });
  }
  const clusters = inputsOf(resources, "cluster", readCluster);
  const buses = inputsOf(resources, "event bus", readEventBus);
  const accounts = [...assets.values()].map(accountScope);
  const scopes = [...accounts, clusterScope(clusters), eventBusScope(buses)];
  return { scopes, whole: together(scopes) };
}

function inputsOf<T>(
  resources: readonly EngineResource[],
  kind: ResourceKind,
  read: (resource: EngineResource) => T | undefined,
): { urn: string; input: T }[] {
  return resources.flatMap((resource) => {
    const input = kindOf(resource) === kind ? read(resource) : undefined;
    return input ? [{ urn: resource.urn, input }] : [];
  });
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

function eventBusScope(entries: readonly { urn: string; input: EventBusInput }[]): Scope {
  const inputs = entries.map(({ input }) => input);
  const system = buildSystem([], [], inputs);
  return scope(system, [system.eventBuses], [entries.map(({ urn }) => urn)]);
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
    eventBuses: scopes.flatMap(({ eventBuses }) => eventBuses),
    waivers: scopes.flatMap(({ waivers }) => waivers),
    urnOf: (kind, name) => scopes.map(({ urnOf }) => urnOf(kind, name)).find((urn) => urn !== undefined),
  };
}
