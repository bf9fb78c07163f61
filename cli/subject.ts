import { checkEventBusAllow } from "../changes/event-bus/judge-event-bus-edit";
import { type LocatedCluster, readClusters } from "../model/cluster/cluster-file";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { type LocatedEventBus, readEventBuses } from "../model/event-bus/event-bus-file";
import type { Finding } from "../model/finding";
import type { LocatedFinding } from "../model/place";
import type { TopologySet } from "../model/topology-file";
import type { TopologySource } from "../model/topology-source";
import type { AccountInput, ClusterInput, EventBusInput } from "../policies/build-system";
import { liveAccount } from "../policies/readers/account-reader";
import { busesIn } from "../policies/readers/event-bus-reader";
import { type Release, readReleases } from "../policies/readers/release/release-reader";
import { topologyAccount } from "../policies/readers/topology-reader";
import { assetName } from "../preflight/check-spec";
import { checkCluster } from "../preflight/cluster/check-cluster";
import { clusterFacts } from "../preflight/cluster/cluster-facts";
import { preflightCluster } from "../preflight/cluster/preflight-cluster";
import { preflightEventBus } from "../preflight/event-bus/preflight-event-bus";
import { preflight, preflightSet } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import type { PlacedObject } from "../render/kubernetes/placed-object";
import type { JudgedAsset } from "./report";
import { topologySets } from "./topology-sets";

/** A cluster, of which a release in manifests may not say everything. */
export type DeclaredCluster = LocatedCluster & Partial<Pick<Release, "isUnknown">>;

/** What files declare. */
export interface DeclaredFiles {
  /** One for each account. */
  readonly sets: readonly TopologySet[];
  /** Clusters of files, and those that releases in manifests are. */
  readonly clusters: readonly DeclaredCluster[];
  /** Event buses of files, and those of manifests. */
  readonly buses: readonly LocatedEventBus[];
  readonly assets: readonly JudgedAsset[];
  /** What is wrong with the documents themselves. */
  readonly findings: readonly LocatedFinding[];
}

/** What is judged, from wherever it was read. */
export interface Subject {
  readonly assets: readonly JudgedAsset[];
  readonly accounts: readonly AccountInput[];
  readonly clusters: readonly ClusterInput[];
  readonly eventBuses: readonly EventBusInput[];
  /** What servers say to the assets of accounts. */
  readonly toAssets: readonly LocatedFinding[];
  /** What is said to clusters and event buses, and to assets because of them. */
  readonly toClusters: readonly LocatedFinding[];
  /** Gives findings the place they are about, where there is one. */
  readonly locate: (findings: readonly Finding[]) => LocatedFinding[];
}

/** Sorts out what documents declare. */
export function declaredFiles(
  sources: readonly TopologySource[],
  objects: readonly PlacedObject[] = [],
): DeclaredFiles {
  const sets = topologySets(sources);
  const [own, released] = [readClusters(sources), readReleases(objects)];
  const [ownBuses, others] = [readEventBuses(sources), busesIn(objects)];
  const clusters = apart([...own.clusters, ...released.clusters], ({ spec }) => spec.kubernetes?.namespace);
  const buses = apart([...ownBuses.buses, ...others.buses], ({ spec }) => spec.namespace);
  const assets = [
    ...sets.flatMap((set) => set.assets),
    ...clusters.map(({ name, place }) => ({ kind: "cluster" as const, name, place })),
    ...buses.map(({ name, place }) => ({ kind: "event bus" as const, name, place })),
  ];
  const findings = [...sets, own, released, ownBuses, others].flatMap((read) => read.findings);
  return { sets, clusters, buses, assets, findings };
}

/** What servers, and clusters beside them, say about the account the files are for. */
export function offlineFacts({ clusters }: DeclaredFiles, version: string | undefined): ServerFacts {
  const cluster = onlyCluster(clusters);
  const facts = cluster && checkCluster(cluster.spec, cluster.isUnknown).length === 0 ? factsOf(cluster) : {};
  return { ...facts, ...(version && { version }) };
}

// Of what is not known there are no facts.
function factsOf({ spec, isUnknown = () => false }: DeclaredCluster): ServerFacts {
  const known = Object.fromEntries(Object.entries(spec).filter(([, value]) => !isUnknown(value)));
  const { version, ...facts } = clusterFacts(known as unknown as ClusterSpec);
  return { ...facts, ...(!isUnknown(spec.version) && { version }) };
}

/** What files declare as what is judged. */
export function filesSubject({ sets, clusters, buses, assets }: DeclaredFiles, facts: ServerFacts): Subject {
  const found = sets.map(({ topology }) => preflight(topology, { server: facts }));
  return {
    assets,
    accounts: sets.map((set, i) => topologyAccount(set, { facts, preflight: found[i] })),
    clusters: clusters.map(({ spec, isUnknown, name }) => ({ spec, name, ...(isUnknown && { isUnknown }) })),
    eventBuses: buses.map(({ spec, name }) => ({ spec, name })),
    toAssets: sets.flatMap((set, account) => set.locate(found[account] ?? []).map((one) => ({ ...one, account }))),
    toClusters: [...clusterFindings(sets, clusters), ...busFindings(buses)],
    locate: (findings) => locateAll(findings, sets, [...byKind("cluster", clusters), ...byKind("event bus", buses)]),
  };
}

/** A live account as what is judged. */
export function accountSubject(facts: ServerFacts): Subject {
  const account = liveAccount(facts);
  const found = preflightSet(account, { server: facts });
  return {
    assets: account.declared.map(({ kind, spec }) => ({ kind, name: assetName(kind, spec) })),
    accounts: [{ ...account, preflight: found }],
    clusters: [],
    eventBuses: [],
    toAssets: found,
    toClusters: [],
    locate: (findings) => [...findings],
  };
}

type Locatable = Pick<LocatedCluster, "name" | "locate"> & { readonly kind: Finding["kind"] };

function byKind(kind: Finding["kind"], all: readonly Pick<LocatedCluster, "name" | "locate">[]): Locatable[] {
  return all.map(({ name, locate }) => ({ kind, name, locate }));
}

const named = (name: string, findings: LocatedFinding[]) => findings.map((one) => ({ ...one, name }));

// Two of one name in two namespaces are told apart by them.
function apart<T extends { readonly name: string }>(all: readonly T[], namespaceOf: (one: T) => unknown): T[] {
  const byName = Map.groupBy(all, ({ name }) => name);
  return all.map((one) => {
    const twins = byName.get(one.name) ?? [];
    const namespace = namespaceOf(one);
    return twins.length > 1 && typeof namespace === "string" ? { ...one, name: `${namespace}/${one.name}` } : one;
  });
}

// In the order they came.
function locateAll(
  findings: readonly Finding[],
  sets: readonly TopologySet[],
  others: readonly Locatable[],
): LocatedFinding[] {
  const isOther = ({ kind }: Finding) => kind === "cluster" || kind === "event bus";
  const ofOther = (finding: Finding) =>
    others.find(({ kind, name }) => kind === finding.kind && name === finding.name)?.locate([finding]) ?? [finding];
  const setOf = accountFinder(sets);
  const bySet = Map.groupBy(
    findings.filter((one) => !isOther(one)),
    setOf,
  );
  const located = new Map([...bySet].map(([set, own]) => [set, (set?.locate(own) ?? own).values()]));
  return findings.flatMap((one) => (isOther(one) ? ofOther(one) : (located.get(setOf(one))?.next().value ?? [])));
}

// A finding says its account, where it is about one; else the first that has the asset is meant.
function accountFinder(sets: readonly TopologySet[]): (finding: Finding & { account?: number }) => TopologySet {
  const names = sets.map(({ assets }) => new Set(assets.map(({ kind, name }) => `${kind} ${name}`)));
  return ({ account, kind, name }) => {
    const found = account ?? names.findIndex((known) => known.has(`${kind} ${name}`));
    return sets[Math.max(found, 0)] as TopologySet;
  };
}

// Whether a cluster holds its streams is asked where there is one account; policies look at all of them.
function clusterFindings(sets: readonly TopologySet[], clusters: readonly DeclaredCluster[]): LocatedFinding[] {
  const [set, ...more] = sets;
  const topology = onlyCluster(clusters) && more.length === 0 ? set?.topology : undefined;
  return clusters.flatMap(({ spec, name, locate, isUnknown }) => {
    const all = preflightCluster(spec, { topology, isUnknown });
    return [
      ...named(name, locate(all.filter(({ kind }) => kind === "cluster"))),
      ...(set?.locate(all.filter(({ kind }) => kind !== "cluster")) ?? []),
    ];
  });
}

function busFindings(buses: readonly LocatedEventBus[]): LocatedFinding[] {
  return buses.flatMap(({ spec, name, allow, locate }) =>
    named(name, locate([...preflightEventBus(spec), ...checkEventBusAllow(name, allow)])),
  );
}

// One cluster is what a topology is for; among several nobody says which.
function onlyCluster(clusters: readonly DeclaredCluster[]): DeclaredCluster | undefined {
  return clusters.length === 1 ? clusters[0] : undefined;
}
