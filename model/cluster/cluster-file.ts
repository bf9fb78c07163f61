import { looksLikeEventBus } from "../event-bus/event-bus-file";
import { type NamedDocument, readNamed } from "../named-documents";
import type { LocatedFinding } from "../place";
import type { TopologySource } from "../topology-source";
import { isObject } from "../walk";
import { type ClusterSpec, clusterSchema } from "./cluster-spec";

/** One cluster of a file, and where it is declared. Its shape is judged by `checkCluster`. */
export type LocatedCluster = NamedDocument<ClusterSpec>;

/** Every cluster several documents and files declare. */
export interface ClusterSet {
  readonly clusters: readonly LocatedCluster[];
  /** What is wrong with the documents themselves. */
  readonly findings: readonly LocatedFinding[];
}

type Fields = Readonly<Record<string, unknown>>;

const FIELDS = Object.keys(clusterSchema.shape);
const SPEAKING = FIELDS.filter((key) => key !== "name" && key !== "version");

/** True for what can only be meant as a cluster: a name, and a field no other asset has or nothing else. */
export function looksLikeCluster(value: unknown): value is Fields {
  if (!isObject(value) || typeof value.name !== "string" || looksLikeEventBus(value)) return false;
  const keys = Object.keys(value);
  return keys.some((key) => SPEAKING.includes(key)) || keys.every((key) => FIELDS.includes(key));
}

/** Reads the clusters among documents; what else there is, is left to others. A name counts once, where it came first. */
export function readClusters(sources: readonly TopologySource[]): ClusterSet {
  const { found, findings } = readNamed<ClusterSpec>(sources, {
    document: "Cluster",
    kind: "cluster",
    isMeant: looksLikeCluster,
    twinRemedy: "Remove one of the two, or give it another name.",
  });
  return { clusters: found, findings };
}
