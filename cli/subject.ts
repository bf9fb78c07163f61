import { type ClusterSet, readClusters } from "../model/cluster/cluster-file";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { type EventBusSet, readEventBuses } from "../model/event-bus/event-bus-file";
import type { Finding } from "../model/finding";
import type { LocatedFinding } from "../model/place";
import { mergeTopologies, type TopologySet } from "../model/topology-file";
import type { TopologySource } from "../model/topology-source";
import type { AccountInput, ClusterInput } from "../policies/build-system";
import { liveAccount } from "../policies/readers/account-reader";
import { topologyAccount, topologyClusters } from "../policies/readers/topology-reader";
import { assetName } from "../preflight/check-spec";
import { checkCluster } from "../preflight/cluster/check-cluster";
import { clusterFacts } from "../preflight/cluster/cluster-facts";
import { preflightCluster } from "../preflight/cluster/preflight-cluster";
import { preflightEventBus } from "../preflight/event-bus/preflight-event-bus";
import { preflight, preflightSet } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import type { JudgedAsset } from "./report";

/** What files declare. */
export interface DeclaredFiles {
  readonly set: TopologySet;
  readonly clusters: ClusterSet;
  readonly buses: EventBusSet;
  readonly assets: readonly JudgedAsset[];
  /** What is wrong with the documents themselves. */
  readonly findings: readonly LocatedFinding[];
}

/** What is judged, from wherever it was read. */
export interface Subject {
  readonly assets: readonly JudgedAsset[];
  readonly accounts: readonly AccountInput[];
  readonly clusters: readonly ClusterInput[];
  /** What servers say to the assets of accounts. */
  readonly toAssets: readonly LocatedFinding[];
  /** What is said to clusters and event buses, and to assets because of them. */
  readonly toClusters: readonly LocatedFinding[];
  /** Gives findings the place they are about, where there is one. */
  readonly locate: (findings: readonly Finding[]) => LocatedFinding[];
}

/** Sorts out what documents declare. */
export function declaredFiles(sources: readonly TopologySource[]): DeclaredFiles {
  const set = mergeTopologies(sources);
  const clusters = readClusters(sources);
  const buses = readEventBuses(sources);
  const assets = [
    ...set.assets,
    ...clusters.clusters.map(({ name, place }) => ({ kind: "cluster" as const, name, place })),
    ...buses.buses.map(({ name, place }) => ({ kind: "event bus" as const, name, place })),
  ];
  return { set, clusters, buses, assets, findings: [...set.findings, ...clusters.findings, ...buses.findings] };
}

/** What servers, and clusters beside them, say about the account the files are for. */
export function offlineFacts({ clusters }: DeclaredFiles, version: string | undefined): ServerFacts {
  const cluster = onlyCluster(clusters);
  const facts = cluster && checkCluster(cluster).length === 0 ? clusterFacts(cluster) : {};
  return { ...facts, ...(version && { version }) };
}

/** What files declare as what is judged. */
export function filesSubject({ set, clusters, buses, assets }: DeclaredFiles, facts: ServerFacts): Subject {
  const found = preflight(set.topology, { server: facts });
  return {
    assets,
    accounts: [topologyAccount(set, { facts, preflight: found })],
    clusters: topologyClusters(clusters),
    toAssets: set.locate(found),
    toClusters: [...clusterFindings(set, clusters), ...busFindings(buses)],
    locate: (findings) => locateAll(findings, set, clusters),
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
    toAssets: found,
    toClusters: [],
    locate: (findings) => [...findings],
  };
}

// In the order they came.
function locateAll(findings: readonly Finding[], set: TopologySet, { clusters }: ClusterSet): LocatedFinding[] {
  const ofCluster = (finding: Finding) =>
    clusters.find(({ name }) => name === finding.name)?.locate([finding]) ?? [finding];
  const ofAssets = set.locate(findings.filter(({ kind }) => kind !== "cluster")).values();
  return findings.flatMap((one) => (one.kind === "cluster" ? ofCluster(one) : (ofAssets.next().value ?? [])));
}

function clusterFindings(set: TopologySet, clusters: ClusterSet): LocatedFinding[] {
  const topology = onlyCluster(clusters) && set.topology;
  return clusters.clusters.flatMap(({ spec, locate }) => {
    const all = preflightCluster(spec, { topology });
    return [
      ...locate(all.filter(({ kind }) => kind === "cluster")),
      ...set.locate(all.filter(({ kind }) => kind !== "cluster")),
    ];
  });
}

function busFindings({ buses }: EventBusSet): LocatedFinding[] {
  return buses.flatMap(({ spec, locate }) => locate(preflightEventBus(spec)));
}

// One cluster is what a topology is for; among several nobody says which.
function onlyCluster({ clusters }: ClusterSet): ClusterSpec | undefined {
  return clusters.length === 1 ? clusters[0]?.spec : undefined;
}
