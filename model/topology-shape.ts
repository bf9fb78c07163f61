import type { SpecKind } from "./finding";
import type { LocatedFinding, Path, Place } from "./place";
import { fileFinding, type TopologySource } from "./topology-source";
import { isObject, showValue } from "./walk";

/** The one version of the format. */
export const API_VERSION = "headwater.dev/v1";

type Fields = Readonly<Record<string, unknown>>;

/** One asset a document declares. */
export interface DeclaredAsset {
  readonly kind: SpecKind;
  /** As messages name it: a consumer is `STREAM/NAME`. */
  readonly name: string;
  readonly spec: Fields;
  readonly source: TopologySource;
  readonly path: Path;
}

/** A stream a document says to exist elsewhere. */
export interface DeclaredExternal {
  readonly name: string;
  readonly subjects?: readonly string[];
  readonly place: Place;
}

/** What one document declares, and what is wrong with its shape. */
export interface DeclaredSet {
  readonly assets: readonly DeclaredAsset[];
  readonly externals: readonly DeclaredExternal[];
  readonly findings: readonly LocatedFinding[];
}

const NOTHING: DeclaredSet = { assets: [], externals: [], findings: [] };
const MAPS = { streams: "stream", keyValues: "key-value bucket", objectStores: "object store" } as const;
/** Kinds of documents others read. */
const OTHERS = ["Cluster", "EventBus"];
const HEAD = ["apiVersion", "kind", "metadata"];
const SECTIONS = [...Object.keys(MAPS), "consumers", "external"];

/** True for what can only be meant as a topology: it has a section of one. */
export function looksLikeTopology(value: unknown): value is Fields {
  return isObject(value) && SECTIONS.some((section) => typeof value[section] === "object");
}

/** Reads one document. What cannot be used is reported and left out; the rest goes on. */
export function declaredSet(source: TopologySource): DeclaredSet {
  const { value, file } = source;
  if (!isObject(value)) {
    const remedy = "Begin it with apiVersion and kind, followed by streams, consumers or buckets.";
    const problem = `must be a map, got ${showValue(value)}`;
    return { ...NOTHING, findings: [fileFinding(source.place([]), "TF104", "", problem, remedy)] };
  }
  const { kind = "Topology" } = value;
  if (OTHERS.includes(String(kind)) || (source.isProgram && !looksLikeTopology(value))) return NOTHING;
  const head = source.isProgram ? [] : headFindings(source, value);
  if (kind !== "Topology") return { ...NOTHING, findings: head };
  const report: Report = { source, findings: [...head, ...keyFindings(source, value)] };
  const assets = [
    ...Object.entries(MAPS).flatMap(([section, assetKind]) => mapAssets(report, value, section, assetKind)),
    ...consumerAssets(report, value.consumers),
  ];
  const externals = declaredExternals(report, value.external);
  // A misshapen asset is left out, but what refers to it is right to do so.
  const misshapen = Object.entries(section(report, value, "streams", false)).filter(([, spec]) => !isSpec(spec));
  const known = misshapen.map(([name]) => ({ name, place: { file } }));
  return { assets, externals: [...externals, ...known], findings: report.findings };
}

interface Report {
  readonly source: TopologySource;
  readonly findings: LocatedFinding[];
}

/** What is wrong with `apiVersion` and `kind` of a document. */
export function headFindings(source: TopologySource, { apiVersion, kind }: Fields): LocatedFinding[] {
  const finding = (code: string, field: string, problem: string, remedy: string, value: unknown) =>
    fileFinding(source.place([field]), code, field, problem, remedy, value);
  const found: LocatedFinding[] = [];
  if (apiVersion !== API_VERSION) {
    const problem = apiVersion === undefined ? "is required" : `must be "${API_VERSION}", got ${showValue(apiVersion)}`;
    found.push(finding("TF102", "apiVersion", problem, `Set apiVersion: ${API_VERSION}.`, apiVersion));
  }
  if (kind !== "Topology" && !OTHERS.includes(String(kind))) {
    const problem =
      kind === undefined ? "is required" : `must be one of "Topology", "Cluster", "EventBus", got ${showValue(kind)}`;
    found.push(
      finding(
        "TF103",
        "kind",
        problem,
        "Set kind: Topology for streams, consumers and buckets, Cluster for servers, EventBus for Argo Events.",
        kind,
      ),
    );
  }
  return found;
}

function keyFindings(source: TopologySource, value: Fields): LocatedFinding[] {
  const known = [...HEAD, ...SECTIONS];
  const remedy = `Correct its spelling: a topology has ${known.join(", ")}.`;
  const unknown = Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => fileFinding(source.place([key]), "TF104", key, "is not a known key", remedy));
  return [...unknown, ...metadataFindings(source, value.metadata)];
}

/** What is wrong with the `metadata` of a document. */
export function metadataFindings(source: TopologySource, metadata: unknown): LocatedFinding[] {
  if (metadata === undefined || metadata === null) return [];
  const at = source.place(["metadata"]);
  if (!isObject(metadata))
    return [
      fileFinding(at, "TF104", "metadata", `must be a map, got ${showValue(metadata)}`, "Write metadata: {name: …}."),
    ];
  return Object.entries(metadata).flatMap(([key, value]) => {
    if (key === "name" && typeof value === "string") return [];
    const problem = key === "name" ? `must be a text, got ${showValue(value)}` : "is not a known key";
    const remedy = key === "name" ? "Correct the value." : "Remove it: metadata has a name only.";
    return [fileFinding(source.place(["metadata", key]), "TF104", `metadata.${key}`, problem, remedy)];
  });
}

/** The entries of a map by name; one that is not written or empty has none. */
function section({ source, findings }: Report, value: Fields, key: string, reports = true): Fields {
  const map = value[key] ?? {};
  if (isObject(map)) return map;
  const problem = `must be a map by name, got ${showValue(map)}`;
  if (reports) findings.push(fileFinding(source.place([key]), "TF104", key, problem, `Write ${key}: {NAME: {…}}.`));
  return {};
}

const isSpec = (spec: unknown) => spec === null || spec === undefined || isObject(spec);

function mapAssets(report: Report, value: Fields, key: string, kind: SpecKind): DeclaredAsset[] {
  const { source, findings } = report;
  return Object.entries(section(report, value, key)).flatMap(([name, spec]) => {
    const path = [key, name];
    const add = (at: Path, field: string, problem: string, remedy: string) =>
      findings.push({ ...fileFinding(source.place(at), "TF104", field, problem, remedy), kind, name });
    if (!isSpec(spec)) {
      add(path, "", `must be a map of its fields, got ${showValue(spec)}`, "Write the fields below its name.");
      return [];
    }
    const { name: inner, ...fields } = (spec ?? {}) as Fields;
    if (inner !== undefined) add([...path, "name"], "name", "is given by the key of the map", "Remove it.");
    return [{ kind, name, spec: fields, source, path }];
  });
}

function consumerAssets({ source, findings }: Report, list: unknown): DeclaredAsset[] {
  if (list === undefined || list === null) return [];
  const wrong = (path: Path, field: string, problem: string, remedy: string) =>
    findings.push(fileFinding(source.place(path), "TF104", field, problem, remedy));
  if (!Array.isArray(list)) {
    wrong(["consumers"], "consumers", `must be a list, got ${showValue(list)}`, "Write one item for each consumer.");
    return [];
  }
  return list.flatMap((spec: unknown, i) => {
    const path = ["consumers", i];
    if (isObject(spec)) return [{ kind: "consumer" as const, name: consumerName(spec), spec, source, path }];
    const remedy = "Write stream, name and kind of the consumer.";
    wrong(path, `consumers[${i}]`, `must be a map of its fields, got ${showValue(spec)}`, remedy);
    return [];
  });
}

/** `STREAM/NAME`, with `?` for what is no text: as messages of `checkSpec` name a consumer. */
function consumerName({ stream, name }: Fields): string {
  return [stream, name].map((part) => (typeof part === "string" ? part : "?")).join("/");
}

function declaredExternals(report: Report, value: unknown): DeclaredExternal[] {
  const { source, findings } = report;
  return Object.entries(section(report, { external: value }, "external")).map(([name, entry]) => {
    const place = source.place(["external", name]);
    const { subjects, ...rest } = (isObject(entry) ? entry : {}) as Fields;
    const isList = Array.isArray(subjects) && subjects.every((subject) => typeof subject === "string");
    const wrong = [
      ...(isSpec(entry) ? [] : [["", `must be a map, got ${showValue(entry)}`] as const]),
      ...(subjects === undefined || isList
        ? []
        : [["subjects", `must be a list, got ${showValue(subjects)}`] as const]),
      ...Object.keys(rest).map((key) => [key, "is not a known key"] as const),
    ];
    for (const [key, problem] of wrong) {
      const path = ["external", name, ...(key ? [key] : [])];
      const remedy = "A stream that exists elsewhere has a list of subjects, or nothing.";
      findings.push(fileFinding(source.place(path), "TF104", path.join("."), problem, remedy));
    }
    return { name, place, ...(isList && { subjects: subjects as string[] }) };
  });
}
