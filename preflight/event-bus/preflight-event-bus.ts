import {
  DEFAULT_BUS_REPLICAS,
  effectiveStreamConfig,
  STREAM_CONFIG_FIELDS,
} from "../../model/event-bus/bus-stream-config";
import type { EventBusSpec, ExoticEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { BUS_STREAM, eventBusStream } from "../../model/event-bus/event-bus-stream";
import type { Finding } from "../../model/finding";
import { hiding, unlessHidden } from "../asset";
import { preflight } from "../preflight";
import type { ServerFacts } from "../server-facts";
import { checkEventBus, eventBusName } from "./check-event-bus";
import type { EventBusRule, EventBusView } from "./rule";
import { eventBusRules } from "./rules";

/** What is known besides the bus. */
export interface EventBusPreflightOptions {
  /**
   * The servers of an exotic bus.
   * @default - the newest supported server, nothing on it
   */
  readonly server?: ServerFacts;
  /** Tells what is not known yet from what is wrong. */
  readonly isUnknown?: (value: unknown) => boolean;
  /** The rules to judge with: all of them, but for tests that prove each is needed. */
  readonly rules?: readonly EventBusRule[];
}

/**
 * What Argo's webhook, its controller and clients, Kubernetes and nats-server would say to an event bus before any of them
 * sees it: errors are refused by one of them, warnings accepted but useless or a hazard. Pure. Errors come first.
 */
export function preflightEventBus(spec: EventBusSpec, options: EventBusPreflightOptions = {}): Finding[] {
  const { server, isUnknown, rules = eventBusRules } = options;
  const shape = checkEventBus(spec, isUnknown);
  const view = viewOf(spec, hiddenFields(spec, shape, isUnknown));
  const name = eventBusName(spec, isUnknown);
  const found = view ? rules.flatMap((rule) => apply(rule, view, name)) : [];
  const toStream = shape.length === 0 && view?.exotic ? streamFindings(view.exotic, server, found) : [];
  const all = [...shape, ...found, ...toStream];
  return [
    ...all.filter(({ severity }) => severity === "error"),
    ...all.filter(({ severity }) => severity === "warning"),
  ];
}

function hiddenFields(
  spec: EventBusSpec,
  shape: readonly Finding[],
  isUnknown?: (value: unknown) => boolean,
): string[] {
  const wrong = shape.map(({ field }) => field.split(/[.[]/)[0] ?? "");
  const unknown = Object.entries(spec ?? {}).flatMap(([key, value]) => (holdsUnknown(value, isUnknown) ? [key] : []));
  return [...new Set([...wrong, ...unknown])];
}

function holdsUnknown(value: unknown, isUnknown: ((value: unknown) => boolean) | undefined): boolean {
  if (!isUnknown) return false;
  if (isUnknown(value)) return true;
  return (
    typeof value === "object" && value !== null && Object.values(value).some((each) => holdsUnknown(each, isUnknown))
  );
}

// What is not even known to be native or exotic is judged by its shape alone.
function viewOf(spec: EventBusSpec, hidden: readonly string[]): EventBusView | undefined {
  if (spec?.type !== "native" && spec?.type !== "exotic") return undefined;
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => !hidden.includes(key)));
  const known = hiding(rest, hidden) as unknown as EventBusSpec;
  return {
    spec: known,
    ...(known.type === "native" ? { native: known } : { exotic: known }),
    servers: () => (known.type === "native" ? (known.replicas ?? DEFAULT_BUS_REPLICAS) : 0),
    stream: () => effectiveStreamConfig(known),
  };
}

function apply({ code, severity, find }: EventBusRule, view: EventBusView, name: string): Finding[] {
  const problems = unlessHidden(() => [...find(view)]) ?? [];
  return problems.map((found) => ({ code, severity, kind: "event bus" as const, name, ...found }));
}

// What the servers say to the stream behind the bus, at the field of the bus that says it.
function streamFindings(
  bus: ExoticEventBusSpec,
  server: ServerFacts | undefined,
  found: readonly Finding[],
): Finding[] {
  const { name: _, ...stream } = eventBusStream(bus);
  const said = new Set(found.map(({ field }) => field));
  return preflight({ streams: { [BUS_STREAM]: stream } }, { server }).flatMap((finding) => {
    const field = busField(bus, finding.field);
    return said.has(field) ? [] : [{ ...finding, kind: "event bus" as const, name: bus.name, field }];
  });
}

function busField(bus: ExoticEventBusSpec, field: string): string {
  const [key = ""] = field.split(/[.[]/);
  const isShared = (STREAM_CONFIG_FIELDS as readonly string[]).includes(key);
  const own = bus.stream as Readonly<Record<string, unknown>> | undefined;
  const section = isShared && own?.[key] === undefined ? "streamConfig" : "stream";
  return field === "" ? section : `${section}.${field}`;
}
