import type { LocatedFinding, Path } from "../../model/place";
import { fileFinding, type TopologySource } from "../../model/topology-source";
import { isObject } from "../../model/walk";
import { manifestSources } from "../nack/manifest-sources";
import { mapsAt, type PlacedObject } from "./placed-object";

/** The documents of files, sorted. */
export interface ManifestDocuments {
  /** Documents of Headwater's own, those of programs, and NACK's resources as such. */
  readonly sources: readonly TopologySource[];
  /** Objects of Kubernetes that are no resources of NACK. */
  readonly objects: readonly PlacedObject[];
  readonly findings: readonly LocatedFinding[];
}

/** Sorts objects of Kubernetes out of documents; a `List` is taken apart. Of kinds that are not known nothing is said. */
export function manifestDocuments(sources: readonly TopologySource[]): ManifestDocuments {
  const all = sources.flatMap(items);
  const isForeign = ({ value, isProgram }: TopologySource) => !isProgram && isKubernetesObject(value);
  const nack = manifestSources(all);
  const objects = all.filter(isForeign);
  const strangers = [...new Set(sources.map(({ file }) => file))].filter((file) => {
    const own = all.filter((one) => one.file === file);
    return own.length > 0 && own.every((one) => isForeign(one) && !isJudged(one.value));
  });
  return {
    sources: nack.sources.filter((one) => !isForeign(one)),
    objects: objects.map(placed),
    findings: [...nack.findings, ...strangers.map(strangerFinding)],
  };
}

function items(source: TopologySource): TopologySource[] {
  const { value, file, place, placeInText } = source;
  const list = isObject(value) && value.kind === "List" && value.apiVersion === "v1" ? value.items : undefined;
  if (!Array.isArray(list)) return [source];
  return list.flatMap((item: unknown, i) =>
    items({
      file,
      value: item,
      place: (path) => place(["items", i, ...path]),
      ...(placeInText && { placeInText: (path, line, column) => placeInText(["items", i, ...path], line, column) }),
    }),
  );
}

const GROUP_VERSION = /^(?:([a-z0-9]([-a-z0-9.]*[a-z0-9])?)\/)?v\d+((alpha|beta)\d+)?$/;
const OWN_KINDS = ["Topology", "Cluster", "EventBus"];

/**
 * True for an object of Kubernetes. A document of Headwater's whose `apiVersion` is mistyped is none: its kind is not one of
 * Kubernetes itself, and its group is nearly its own.
 */
export function isKubernetesObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value) || typeof value.kind !== "string" || typeof value.apiVersion !== "string") return false;
  const [whole, group] = GROUP_VERSION.exec(value.apiVersion) ?? [];
  if (whole === undefined) return false;
  return !(OWN_KINDS.includes(value.kind) && (group === undefined || /water|^head/.test(group)));
}

// What can be judged, or belongs to it.
function isJudged(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { apiVersion, kind } = value;
  const group = String(apiVersion).split("/")[0];
  if (group === "jetstream.nats.io" || (group === "argoproj.io" && kind === "EventBus")) return true;
  if (kind === "ConfigMap" || kind === "Secret")
    return Object.keys({ ...mapOf(value.data), ...mapOf(value.stringData) }).some((key) => key.endsWith(".conf"));
  if (kind === "PodDisruptionBudget") return true;
  return kind === "StatefulSet" && mapsAt(value, "spec", "template", "spec", "containers").some(runsNats);
}

const mapOf = (value: unknown) => (isObject(value) ? value : {});
const runsNats = ({ name, image }: Readonly<Record<string, unknown>>) =>
  name === "nats" || /^(.*\/)?(nats|nats-server)(:[^/]*)?(@.*)?$/.test(String(image));

function strangerFinding(file: string): LocatedFinding {
  const remedy = "Name the file with the streams, servers or event buses, or leave this one out.";
  const problem = "has objects of Kubernetes only of kinds nothing is known of: nothing of it was checked";
  return { ...fileFinding({ file }, "MF102", "", problem, remedy), severity: "warning" };
}

function placed({ value, place, placeInText }: TopologySource): PlacedObject {
  return {
    value: value as PlacedObject["value"],
    place,
    placeInText: (path: Path, line, column) => placeInText?.(path, line, column) ?? place(path),
  };
}
