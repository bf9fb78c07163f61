import { looksLikeEventBus } from "../event-bus/event-bus-file";
import type { Finding } from "../finding";
import { formatPlace, type LocatedFinding, type Path, type Place, parsePath } from "../place";
import { headFindings, looksLikeTopology, metadataFindings } from "../topology-shape";
import { fileFinding, type TopologySource } from "../topology-source";
import { isObject } from "../walk";
import { type ClusterSpec, clusterSchema } from "./cluster-spec";

/** One cluster of a file, and where it is declared. */
export interface LocatedCluster {
  /** `?` where it has none. */
  readonly name: string;
  /** As it is written: its shape is judged by `checkCluster`. */
  readonly spec: ClusterSpec;
  readonly place: Place;
  /** Gives findings about the cluster the place they are about. */
  readonly locate: (findings: readonly Finding[]) => LocatedFinding[];
}

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
  const read = sources.filter(isCluster).map(readCluster);
  const first = new Map<string, LocatedCluster>();
  const twins: LocatedFinding[] = [];
  const clusters = read.flatMap(({ cluster }) => {
    const known = first.get(cluster.name);
    if (known) twins.push(twinFinding(cluster, known));
    else if (cluster.name !== UNNAMED) first.set(cluster.name, cluster);
    return known ? [] : [cluster];
  });
  return { clusters, findings: [...read.flatMap(({ findings }) => findings), ...twins] };
}

const UNNAMED = "?";

function isCluster({ value, isProgram }: TopologySource): boolean {
  if (isProgram) return looksLikeCluster(value) && !looksLikeTopology(value);
  return isObject(value) && value.kind === "Cluster";
}

function readCluster(source: TopologySource): { cluster: LocatedCluster; findings: LocatedFinding[] } {
  const { apiVersion: _, kind, metadata, ...fields } = source.value as Fields;
  const isDocument = kind === "Cluster";
  const head = isDocument ? documentFindings(source, source.value as Fields) : [];
  const named = isObject(metadata) ? metadata.name : undefined;
  const spec = { ...fields, ...(isDocument && { name: named }) } as unknown as ClusterSpec;
  const name = typeof spec.name === "string" ? spec.name : UNNAMED;
  const pathOf = (field: string): Path => (isDocument && field === "name" ? ["metadata", "name"] : parsePath(field));
  const locate = (findings: readonly Finding[]) =>
    findings.map((finding) => {
      const path = pathOf(finding.field);
      return { ...finding, field: path[0] === "metadata" ? path.join(".") : finding.field, ...source.place(path) };
    });
  return { cluster: { name, spec, place: source.place([]), locate }, findings: head };
}

// What is said of a name there is none of or that is no text is said with the rest of the shape.
function documentFindings(source: TopologySource, value: Fields): LocatedFinding[] {
  const { metadata } = value;
  const unnamed = isObject(metadata) ? { ...metadata, name: "" } : metadata;
  const found = [...headFindings(source, value), ...metadataFindings(source, unnamed)];
  if (value.name === undefined) return found;
  const remedy = "Remove it.";
  return [...found, fileFinding(source.place(["name"]), "TF104", "name", "is given by metadata.name", remedy)];
}

function twinFinding({ name, place }: LocatedCluster, known: LocatedCluster): LocatedFinding {
  const problem = `is declared more than once, first at ${formatPlace(known.place)}`;
  const remedy = "Remove one of the two, or give it another name.";
  return { code: "TF105", severity: "error", kind: "cluster", name, field: "", problem, remedy, ...place };
}
