import type { Finding } from "../finding";
import { formatPlace, type LocatedFinding, type Path, type Place, parsePath } from "../place";
import { headFindings, looksLikeTopology, metadataFindings } from "../topology-shape";
import { fileFinding, type TopologySource } from "../topology-source";
import { isObject } from "../walk";
import type { EventBusSpec } from "./event-bus-spec";

/** One event bus of a file, and where it is declared. */
export interface LocatedEventBus {
  /** `?` where it has none. */
  readonly name: string;
  /** As it is written: its shape is judged by `checkEventBus`. */
  readonly spec: EventBusSpec;
  /** Edits that are meant, as they are written. */
  readonly allow?: unknown;
  readonly place: Place;
  /** Gives findings about the bus the place they are about. */
  readonly locate: (findings: readonly Finding[]) => LocatedFinding[];
}

/** Every event bus several documents and files declare. */
export interface EventBusSet {
  readonly buses: readonly LocatedEventBus[];
  /** What is wrong with the documents themselves. */
  readonly findings: readonly LocatedFinding[];
}

type Fields = Readonly<Record<string, unknown>>;

const UNNAMED = "?";

/** True for what can only be meant as an event bus: a name, and the type no other asset has. */
export function looksLikeEventBus(value: unknown): value is Fields {
  return isObject(value) && typeof value.name === "string" && (value.type === "native" || value.type === "exotic");
}

/** Reads the event buses among documents. A name counts once in a namespace, where it came first. */
export function readEventBuses(sources: readonly TopologySource[]): EventBusSet {
  const read = sources.filter(isEventBus).map(readEventBus);
  const first = new Map<string, LocatedEventBus>();
  const twins: LocatedFinding[] = [];
  const buses = read.flatMap(({ bus }) => {
    const key = JSON.stringify([(bus.spec as Partial<EventBusSpec>).namespace ?? null, bus.name]);
    const known = first.get(key);
    if (known) twins.push(twinFinding(bus, known));
    else if (bus.name !== UNNAMED) first.set(key, bus);
    return known ? [] : [bus];
  });
  return { buses, findings: [...read.flatMap(({ findings }) => findings), ...twins] };
}

function isEventBus({ value, isProgram }: TopologySource): boolean {
  if (isProgram) return looksLikeEventBus(value) && !looksLikeTopology(value);
  return isObject(value) && value.kind === "EventBus";
}

function readEventBus(source: TopologySource): { bus: LocatedEventBus; findings: LocatedFinding[] } {
  const { apiVersion: _, kind, metadata, allow, ...fields } = source.value as Fields;
  const isDocument = kind === "EventBus";
  const named = isObject(metadata) ? metadata.name : undefined;
  const spec = { ...fields, ...(isDocument && { name: named }) } as unknown as EventBusSpec;
  const name = typeof spec.name === "string" ? spec.name : UNNAMED;
  const pathOf = (field: string): Path => (isDocument && field === "name" ? ["metadata", "name"] : parsePath(field));
  const locate = (findings: readonly Finding[]) =>
    findings.map((finding) => {
      const path = pathOf(finding.field);
      return { ...finding, field: path[0] === "metadata" ? path.join(".") : finding.field, ...source.place(path) };
    });
  const findings = isDocument ? documentFindings(source, source.value as Fields) : [];
  return { bus: { name, spec, allow, place: source.place([]), locate }, findings };
}

// What is said of a name there is none of or that is no text is said with the rest of the shape.
function documentFindings(source: TopologySource, value: Fields): LocatedFinding[] {
  const { metadata } = value;
  const unnamed = isObject(metadata) ? { ...metadata, name: "" } : metadata;
  const found = [...headFindings(source, value), ...metadataFindings(source, unnamed)];
  if (value.name === undefined) return found;
  return [...found, fileFinding(source.place(["name"]), "TF104", "name", "is given by metadata.name", "Remove it.")];
}

function twinFinding({ name, place }: LocatedEventBus, known: LocatedEventBus): LocatedFinding {
  const problem = `is declared more than once, first at ${formatPlace(known.place)}`;
  const remedy = "Remove one of the two, or give it another name or namespace.";
  return { code: "TF105", severity: "error", kind: "event bus", name, field: "", problem, remedy, ...place };
}
