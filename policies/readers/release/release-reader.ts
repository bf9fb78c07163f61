import type { LocatedCluster } from "../../../model/cluster/cluster-file";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import type { Finding } from "../../../model/finding";
import type { LocatedFinding, Path, Place } from "../../../model/place";
import { parseBytes } from "../../../model/units";
import { waiversSchema } from "../../../model/waiver-schema";
import { identityOf, type PlacedObject, textAt } from "../../../render/kubernetes/placed-object";
import { isUnknown, UNKNOWN } from "../../unknown-value";
import { type ConfigKey, topKeys } from "./config-block";
import { configPart } from "./config-part";
import { readNatsConf } from "./nats-conf";
import { joined, type Part, part } from "./part";
import { podVariables } from "./pod-variables";
import { budgetPart, podsPart, volumePart } from "./pods-part";
import { type ConfigObject, type ReleaseObjects, releasesIn } from "./release-objects";

/** A cluster as the objects of its release have it, of which they may not say everything. */
export interface Release extends LocatedCluster {
  readonly isUnknown: (value: unknown) => boolean;
}

/** Every release among objects. */
export interface ReleaseSet {
  readonly clusters: readonly Release[];
  /** What could not be read of them. */
  readonly findings: readonly LocatedFinding[];
}

/**
 * Reads the servers of NATS among the objects of manifests: StatefulSets with their configuration, volumes and budgets. What
 * they do not say is not known, rather than absent.
 */
export function readReleases(objects: readonly PlacedObject[]): ReleaseSet {
  const read = releasesIn(objects).map(readRelease);
  return { clusters: read.map(({ cluster }) => cluster), findings: read.flatMap(({ findings }) => findings) };
}

const WAIVE = "headwater.dev/waive";

function readRelease(release: ReleaseObjects): { cluster: Release; findings: LocatedFinding[] } {
  const { set, container } = release;
  const findings: LocatedFinding[] = [];
  const { name } = identityOf(set.value);
  const report: ReportProblem = (code, severity, place, field, problem, remedy) => {
    findings.push({ code, severity, kind: "cluster", name, field, problem, remedy, ...place });
  };
  const variables = podVariables(container.value);
  const pods = podsPart(set.value, set.place, container, variables);
  const config = readConfig(release, variables, report);
  const { store, folder } = storeOf(config);
  const all = joined([
    pods,
    ...(config
      ? [config.part, volumePart(set.value, set.place, container, folder, store)]
      : CONFIGURED.map((field) => part(field, UNKNOWN, set.place([])))),
    ...budgetParts(release, config !== undefined, pods),
    waiverPart(set, report),
  ]);
  const locate = locator(all.places, set.place([]));
  const cluster = { name, spec: all.spec as unknown as ClusterSpec, place: set.place([]), locate, isUnknown };
  return { cluster, findings };
}

/** What the configuration decides: without it nothing of this is known. */
const CONFIGURED = [
  "standalone",
  "jetstream",
  "accounts",
  "systemAccount",
  "noAuthUser",
  "authorization",
  "operator",
  "tls",
  "gateway",
  "leafNodes",
  "websocket",
  "extraConfig",
] as const;

interface ReadConfig {
  readonly part: Part;
  readonly keys: readonly ConfigKey[];
}

type ReportProblem = (
  code: string,
  severity: Finding["severity"],
  place: Place,
  field: string,
  problem: string,
  remedy: string,
) => void;

function readConfig(
  { set, config, obstacle }: ReleaseObjects,
  variables: ReturnType<typeof podVariables>,
  report: ReportProblem,
): ReadConfig | undefined {
  const unread = (place: Place, problem: string) =>
    report("MF101", "warning", place, "", problem, "What the configuration decides is not judged.");
  if (obstacle) {
    unread(set.place([]), obstacle);
    return undefined;
  }
  if (!config) {
    unread(set.place([]), "has a configuration that is not among these objects");
    return undefined;
  }
  const place = placeIn(config);
  const read = readNatsConf(config.text, config.file);
  const unreadable = (at: { line: number; column: number }, problem: string) =>
    unread(place(at), `has a configuration that cannot be read: ${problem}`);
  if ("problem" in read) unreadable(read.at, read.problem);
  else if (read.missing[0])
    unreadable(read.missing[0].at, `it includes ${read.missing[0].file}, which is not beside it`);
  else {
    const context = { variables, place: (path: Path) => place(read.place(path)) };
    return { part: configPart(read.tree, context), keys: topKeys(read.tree) };
  }
  return undefined;
}

function placeIn({ object, key }: ConfigObject) {
  const field =
    object.value.kind === "Secret" && textAt(object.value, "stringData", key) !== undefined ? "stringData" : "data";
  // What is encoded has no lines of its own.
  const isText =
    textAt(object.value, field, key) !== undefined && (field === "stringData" || object.value.kind === "ConfigMap");
  return ({ line, column }: { line: number; column: number }): Place =>
    isText ? object.placeInText([field, key], line, column) : object.place([field, key]);
}

function storeOf(config: ReadConfig | undefined): { store?: number; folder: string } {
  const jetstream = config?.keys.find(({ key }) => key === "jetstream")?.value as
    | Readonly<Record<string, unknown>>
    | undefined;
  const spec = config?.part.spec.jetstream as { maxFileStore?: unknown } | undefined;
  const bytes = parseBytes(spec?.maxFileStore);
  const folder = jetstream && Object.entries(jetstream).find(([key]) => FOLDER_KEYS.includes(key.toLowerCase()))?.[1];
  return {
    folder: typeof folder === "string" ? folder : DEFAULT_FOLDER,
    ...(bytes !== undefined && { store: Number(bytes) }),
  };
}

const FOLDER_KEYS = ["store_dir", "storedir", "store"];
// server/jetstream.go: below the temporary folder of the system.
const DEFAULT_FOLDER = "/tmp/nats/jetstream";

// A release that is here with its configuration is here as a whole: what is missing is not there.
function budgetParts({ budget, set }: ReleaseObjects, isWhole: boolean, { spec }: Part): Part[] {
  if (budget) return [budgetPart(budget.value, spec.size, budget.place)];
  const field = "kubernetes.extraValues.podDisruptionBudget.enabled";
  return [isWhole ? part(field, false, set.place([])) : part("kubernetes.maxUnavailable", UNKNOWN, set.place([]))];
}

function waiverPart({ value, place }: PlacedObject, report: ReportProblem): Part {
  const text = textAt(value, "metadata", "annotations", WAIVE);
  const at = place(["metadata", "annotations", WAIVE]);
  if (text === undefined) return joined([]);
  const parsed = waiversSchema.safeParse(jsonOf(text));
  if (parsed.success) return part("waive", parsed.data, at);
  const remedy = "Correct it, or remove the annotation.";
  report("MF103", "error", at, `metadata.annotations["${WAIVE}"]`, "must be a list of waivers in JSON", remedy);
  return joined([]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// A finding is where the nearest field that is written stands.
function locator(places: Part["places"], whole: Place) {
  const placeOf = (field: string): Place => {
    for (let at = field; at !== ""; at = at.replace(/(\[\d+\]|\.?[^.[\]]+|\[[^\]]*\])$/, "")) {
      const found = places[at];
      if (found) return found;
    }
    return whole;
  };
  return (findings: readonly Finding[]): LocatedFinding[] => findings.map((one) => ({ ...one, ...placeOf(one.field) }));
}
