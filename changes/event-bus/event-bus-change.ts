import type { Acknowledgment } from "../../model/acknowledgment";
import { sameValue } from "../../model/walk";

/**
 * What becomes of an edit of an event bus.
 * - `refused`: Argo's webhook or Kubernetes does not take it; the remedy says the way.
 * - `hazard`: it is taken, and loses events or what sensors have read; it has to be acknowledged.
 * - `grow`: servers are added.
 * - `rolling`: the pods are restarted one by one.
 * - `reload`: the servers take it over while they run.
 * - `inert`: it is taken, and does nothing by itself.
 * - `objects`: the EventBus object changes, and what reads it.
 */
export type EventBusEdit = "refused" | "hazard" | "grow" | "rolling" | "reload" | "inert" | "objects";

/** Every code, and what it means. The documentation has the same sentences. */
export const eventBusChangeCodes = {
  EB301: "It is part of the bus's identity: Argo refuses another type, and another name or namespace is another bus.",
  EB302: "Argo refuses every change of the text of `streamConfig`, and never updates a stream that exists.",
  EB303: "A single server and a cluster do not become each other: what the bus stores would be lost.",
  EB304: "Servers are removed with the copies they hold: nobody moves them away first.",
  EB305:
    "Volume claim templates are fixed: Kubernetes refuses it, and the controller makes no other edit until it is undone.",
  EB306: "An older nats-server may not read what a newer one stored.",
  EB307: "Other servers have another stream: events that are not read yet, and what sensors have read, stay behind.",
  EB310:
    "Argo writes it into the configuration, and nats-server refuses to take it over while it runs, with every later edit of its configuration.",
  EB311: "Servers are added; streams stay where they are.",
  EB312: "The pods are restarted one by one.",
  EB313: "The servers take it over while they run.",
  EB314:
    "The EventBus object changes. Event sources and sensors take it over when their own controllers look at them again.",
  EB315: "Argo's clients never update a stream that exists; a stream that Headwater manages is changed by itself.",
} as const;

export type EventBusChangeCode = keyof typeof eventBusChangeCodes;

/** Edits that are made when they are acknowledged. */
export const HAZARDS: readonly EventBusChangeCode[] = ["EB303", "EB304", "EB306", "EB307"];

/** One edit of an event bus, and what becomes of it. Never contains a secret. */
export interface EventBusChange {
  /** Stable, such as `EB302`. */
  readonly code: EventBusChangeCode;
  readonly edit: EventBusEdit;
  /** The bus. */
  readonly name: string;
  readonly field: string;
  /** Values before and after; none where they may be secret, or where a whole map changes. */
  readonly from?: string | number | boolean;
  readonly to?: string | number | boolean;
  /** What to do instead of an edit that is refused; what to know of one that is not. */
  readonly remedy?: string;
}

/** The edits that are not made: refused ones, and hazards nobody acknowledged by code, field and target. */
export function refusedEventBusEdits(
  changes: readonly EventBusChange[],
  allow: readonly Acknowledgment[] = [],
): EventBusChange[] {
  const isAllowed = ({ code, field, to }: EventBusChange) =>
    allow.some((said) => said.code === code && said.field === field && sameValue(said.to, to));
  return changes.filter((change) => change.edit === "refused" || (change.edit === "hazard" && !isAllowed(change)));
}

const show = (value: unknown) => (value === undefined ? "not set" : JSON.stringify(value));

/** ` from A to B`; nothing where the values are not shown. */
export function editedValues({ from, to }: EventBusChange): string {
  return from === undefined && to === undefined ? "" : ` from ${show(from)} to ${show(to)}`;
}

/** `CODE event bus "NAME": field from -> to. What it means. What to do.` */
export function describeEventBusChange({ code, name, field, from, to, remedy }: EventBusChange): string {
  const values = from === undefined && to === undefined ? "" : ` ${show(from)} -> ${show(to)}`;
  return [`${code} event bus "${name}": ${field}${values}.`, eventBusChangeCodes[code], remedy]
    .filter(Boolean)
    .join(" ");
}
