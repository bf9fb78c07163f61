import { type NamedDocument, readNamed } from "../named-documents";
import type { LocatedFinding } from "../place";
import type { TopologySource } from "../topology-source";
import { isObject } from "../walk";
import type { EventBusSpec } from "./event-bus-spec";

/** One event bus of a file, and where it is declared. Its shape is judged by `checkEventBus`. */
export interface LocatedEventBus extends NamedDocument<EventBusSpec> {
  /** Edits that are meant, as they are written. */
  readonly allow?: unknown;
}

/** Every event bus several documents and files declare. */
export interface EventBusSet {
  readonly buses: readonly LocatedEventBus[];
  /** What is wrong with the documents themselves. */
  readonly findings: readonly LocatedFinding[];
}

type Fields = Readonly<Record<string, unknown>>;

/** True for what can only be meant as an event bus: a name, and the type no other asset has. */
export function looksLikeEventBus(value: unknown): value is Fields {
  return isObject(value) && typeof value.name === "string" && (value.type === "native" || value.type === "exotic");
}

/** Reads the event buses among documents. A name counts once in a namespace, where it came first. */
export function readEventBuses(sources: readonly TopologySource[]): EventBusSet {
  const { found, findings } = readNamed<EventBusSpec & { readonly allow?: unknown }>(sources, {
    document: "EventBus",
    kind: "event bus",
    isMeant: looksLikeEventBus,
    space: ({ namespace }) => namespace,
    twinRemedy: "Remove one of the two, or give it another name or namespace.",
  });
  const buses = found.map(({ spec: { allow, ...spec }, ...one }) => ({ ...one, spec: spec as EventBusSpec, allow }));
  return { buses, findings };
}
