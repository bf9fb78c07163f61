import { formatBytes, formatDuration, formatInt64, parseBytes, parseDuration, parseInt64 } from "../units";
import type { BusStreamConfigSpec, EventBusSpec } from "./event-bus-spec";

/** Servers of a native bus that says none. */
export const DEFAULT_BUS_REPLICAS = 3;

/** What the controller's configuration says of the stream, as it is installed. */
export const DEFAULT_BUS_STREAM_CONFIG: Required<BusStreamConfigSpec> = {
  maxMsgs: 50_000,
  maxAge: "7d",
  maxBytes: -1,
  replicas: 3,
  duplicateWindow: "5m",
  retention: "limits",
  discard: "old",
};

// What is missing comes out as zero of its type: clients read an exotic bus's text and no defaults.
const EXOTIC_DEFAULTS: Required<BusStreamConfigSpec> = {
  maxMsgs: -1,
  maxAge: "0s",
  maxBytes: -1,
  replicas: 1,
  duplicateWindow: "2m",
  retention: "limits",
  discard: "old",
};

/** The fields of `streamConfig`, in the order they are written. */
export const STREAM_CONFIG_FIELDS = Object.keys(DEFAULT_BUS_STREAM_CONFIG) as (keyof BusStreamConfigSpec)[];

/**
 * What the bus says of its stream, units in their shortest form. A bus of one server always says `replicas: 1`: the
 * controller's 3 would never be created there.
 */
export function declaredStreamConfig(bus: EventBusSpec): BusStreamConfigSpec {
  const given = { ...bus.streamConfig, ...(bus.type === "exotic" && sharedFields(bus.stream ?? {})) };
  const single = bus.type === "native" && bus.replicas === 1 ? { replicas: 1 } : {};
  return canonicalStreamConfig({ ...single, ...given });
}

/** What the stream is made with: what the bus says over the defaults. */
export function effectiveStreamConfig(bus: EventBusSpec): Required<BusStreamConfigSpec> {
  const defaults = bus.type === "native" ? DEFAULT_BUS_STREAM_CONFIG : EXOTIC_DEFAULTS;
  return { ...defaults, ...declaredStreamConfig(bus) };
}

/** The fields of a stream `streamConfig` can say too. */
export function sharedFields(stream: object): BusStreamConfigSpec {
  const own = stream as Readonly<Record<string, unknown>>;
  return Object.fromEntries(STREAM_CONFIG_FIELDS.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]])));
}

const canonical: Readonly<Record<string, (value: unknown) => unknown>> = {
  maxMsgs: (value) => formatted(parseInt64(value), formatInt64),
  maxAge: (value) => formatted(parseDuration(value), formatDuration),
  maxBytes: (value) => formatted(parseBytes(value), formatBytes),
  duplicateWindow: (value) => formatted(parseDuration(value), formatDuration),
};

function formatted<T, R>(value: T | undefined, format: (value: T) => R): R | undefined {
  return value === undefined ? undefined : format(value);
}

/** Fields in their order, units in their shortest form: what means the same reads the same. */
export function canonicalStreamConfig(config: BusStreamConfigSpec): BusStreamConfigSpec {
  const present = STREAM_CONFIG_FIELDS.filter((key) => config[key] !== undefined);
  return Object.fromEntries(present.map((key) => [key, canonical[key]?.(config[key]) ?? config[key]]));
}
