import type { z } from "zod";
import type { Unit } from "./fields";
import {
  canonicalTimestamp,
  formatBytes,
  formatDuration,
  formatInt64,
  parseBytes,
  parseDuration,
  parseInt64,
} from "./units";
import { bigintAsText, walk } from "./walk";

/** A configuration as the JetStream API has it: snake case, nanoseconds, plain bytes. */
export type WireConfig = Readonly<Record<string, unknown>>;

/** The server's name of a field: snake case, and `num_replicas`. The only place that knows. */
export function wireName(key: string): string {
  return key === "replicas" ? "num_replicas" : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Encodes a checked spec. Values beyond 2^53 come out as `bigint`: see `encodeJson`. */
export function toWire(fields: z.ZodType, spec: unknown): Record<string, unknown> {
  return walk(fields, spec, { read: (key) => key, write: wireName, leaf: encodeLeaf }) as Record<string, unknown>;
}

/** Decodes what the server echoed into canonical spec values; fields the schema does not know are left out. */
export function fromWire(fields: z.ZodType, config: WireConfig): Record<string, unknown> {
  return walk(fields, config, { read: wireName, write: (key) => key, leaf: decodeLeaf }) as Record<string, unknown>;
}

const parsers: Partial<Record<Unit, (value: unknown) => bigint | undefined>> = {
  duration: parseDuration,
  bytes: parseBytes,
  int64: parseInt64,
};

function encodeLeaf(unit: Unit, value: unknown): unknown {
  const parsed = parsers[unit]?.(value);
  if (parsed === undefined) return value;
  return Number.isSafeInteger(Number(parsed)) ? Number(parsed) : parsed;
}

function decodeLeaf(unit: Unit, value: unknown): unknown {
  if (unit === "set") return sorted(value as unknown[]);
  if (unit === "timestamp") return canonicalTimestamp(value) ?? value;
  if (typeof value !== "number" && typeof value !== "bigint") return value;
  if (unit === "duration") return formatDuration(BigInt(value));
  return unit === "bytes" ? formatBytes(BigInt(value)) : formatInt64(BigInt(value));
}

/** A list in an order that depends on its content alone. */
export function sorted(list: readonly unknown[]): unknown[] {
  const keyed = list.map((item) => [JSON.stringify(item, bigintAsText), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

interface JsonWithSource {
  rawJSON(text: string): unknown;
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
}
const json = JSON as unknown as JsonWithSource;

/** JSON in which a `bigint` is a plain number: 64-bit nanoseconds and sequences keep every digit. */
export function encodeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, item) => (typeof item === "bigint" ? json.rawJSON(item.toString()) : item), indent);
}

/** Parses JSON; whole numbers beyond 2^53 become `bigint`. */
export function decodeJson(text: string): unknown {
  return json.parse(text, (_, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && source && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value,
  );
}
