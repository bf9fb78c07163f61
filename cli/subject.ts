import { type LocatedCluster, readClusters } from "../model/cluster/cluster-file";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { Finding } from "../model/finding";
import type { LocatedFinding } from "../model/place";
import { mergeTopologies, type TopologySet } from "../model/topology-file";
import type { TopologySource } from "../model/topology-source";
import type { AccountInput, ClusterInput } from "../policies/build-system";
import { liveAccount } from "../policies/readers/account-reader";
import { type Release, readReleases } from "../policies/readers/release/release-reader";
import { topologyAccount, topologyClusters } from "../policies/readers/topology-reader";
import { assetName } from "../preflight/check-spec";
import { checkCluster } from "../preflight/cluster/check-cluster";
import { clusterFacts } from "../preflight/cluster/cluster-facts";
import { preflightCluster } from "../preflight/cluster/preflight-cluster";
import { preflight, preflightSet } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import type { PlacedObject } from "../render/kubernetes/placed-object";
import type { JudgedAsset } from "./report";

/** A cluster, of which a release in manifests may not say everything. */
export type DeclaredCluster = LocatedCluster & Partial<Pick<Release, "isUnknown">>;

/** What files declare. */
export interface DeclaredFiles {
  readonly set: TopologySet;
  /** Clusters of files, and those that releases in manifests are. */
  readonly clusters: readonly DeclaredCluster[];
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
  /** What servers say to clusters, and to assets because of them. */
  readonly toClusters: readonly LocatedFinding[];
  /** Gives findings the place they are about, where there is one. */
  readonly locate: (findings: readonly Finding[]) => LocatedFinding[];
}

/** Sorts out what documents declare. */
export function declaredFiles(
  sources: readonly TopologySource[],
  objects: readonly PlacedObject[] = [],
): DeclaredFiles {
  const set = mergeTopologies(sources);
  const own = readClusters(sources);
  const released = readReleases(objects);
  const clusters = [...own.clusters, ...released.clusters];
  const assets = clusters.map(({ name, place }) => ({ kind: "cluster" as const, name, place }));
  const findings = [...set.findings, ...own.findings, ...released.findings];
  return { set, clusters, assets: [...set.assets, ...assets], findings };
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
export function filesSubject({ set, clusters, assets }: DeclaredFiles, facts: ServerFacts): Subject {
  const found = preflight(set.topology, { server: facts });
  return {
    assets,
    accounts: [topologyAccount(set, { facts, preflight: found })],
    clusters: topologyClusters({ clusters }),
    toAssets: set.locate(found),
    toClusters: clusterFindings(set, clusters),
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
function locateAll(
  findings: readonly Finding[],
  set: TopologySet,
  clusters: readonly DeclaredCluster[],
): LocatedFinding[] {
  const ofCluster = (finding: Finding) =>
    clusters.find(({ name }) => name === finding.name)?.locate([finding]) ?? [finding];
  const ofAssets = set.locate(findings.filter(({ kind }) => kind !== "cluster")).values();
  return findings.flatMap((one) => (one.kind === "cluster" ? ofCluster(one) : (ofAssets.next().value ?? [])));
}

function clusterFindings(set: TopologySet, clusters: readonly DeclaredCluster[]): LocatedFinding[] {
  const topology = onlyCluster(clusters) && set.topology;
  return clusters.flatMap(({ spec, locate, isUnknown }) => {
    const all = preflightCluster(spec, { topology, isUnknown });
    return [
      ...locate(all.filter(({ kind }) => kind === "cluster")),
      ...set.locate(all.filter(({ kind }) => kind !== "cluster")),
    ];
  });
}

// One cluster is what a topology is for; among several nobody says which.
function onlyCluster(clusters: readonly DeclaredCluster[]): DeclaredCluster | undefined {
  return clusters.length === 1 ? clusters[0] : undefined;
}
