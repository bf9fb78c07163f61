import type { z } from "zod";
import { type ConsumerSpec, consumerFields, pullConsumerSchema, pushConsumerSchema } from "./consumer-spec";
import {
  consumerDefaults,
  type Defaults,
  dropDefaults,
  keyValueDefaults,
  objectStoreDefaults,
  streamDefaults,
} from "./defaults";
import type { Unit } from "./fields";
import { type KeyValueSpec, keyValueSchema } from "./key-value-spec";
import { type ObjectStoreSpec, objectStoreSchema } from "./object-store-spec";
import { mirrorStreamSchema, ownStreamSchema, type StreamSpec, streamFields } from "./stream-spec";
import {
  canonicalTimestamp,
  formatBytes,
  formatDuration,
  formatInt64,
  parseBytes,
  parseDuration,
  parseInt64,
} from "./units";
import { isObject, walk } from "./walk";
import { sorted } from "./wire";

/** A kind of asset that can be declared. */
export type SpecKind = "stream" | "consumer" | "key-value bucket" | "object store";

/** What differs from kind to kind, in one table. */
export interface SpecShape {
  /** Every field the kind can have, in documentation order. */
  readonly fields: z.ZodObject;
  /** The schema that checks one spec; alternatives depend on the value. */
  readonly schemaFor: (spec: unknown) => z.ZodType;
  readonly defaults: Defaults;
}

export const specShapes: Readonly<Record<SpecKind, SpecShape>> = {
  stream: {
    fields: streamFields,
    schemaFor: (spec) => (isObject(spec) && spec.mirror !== undefined ? mirrorStreamSchema : ownStreamSchema),
    defaults: streamDefaults,
  },
  consumer: {
    fields: consumerFields,
    schemaFor: (spec) => (isObject(spec) && spec.kind === "push" ? pushConsumerSchema : pullConsumerSchema),
    defaults: consumerDefaults,
  },
  "key-value bucket": { fields: keyValueSchema, schemaFor: () => keyValueSchema, defaults: keyValueDefaults },
  "object store": { fields: objectStoreSchema, schemaFor: () => objectStoreSchema, defaults: objectStoreDefaults },
};

const canonical: Record<Unit, (value: unknown) => unknown> = {
  duration: (value) => mapDefined(parseDuration(value), formatDuration),
  bytes: (value) => mapDefined(parseBytes(value), formatBytes),
  int64: (value) => mapDefined(parseInt64(value), formatInt64),
  timestamp: canonicalTimestamp,
  set: (value) => sorted(value as unknown[]),
};

/**
 * The normal form of a spec: units canonical, sets ordered, whatever equals the documented default left out. Two specs
 * mean the same exactly when their normal forms are equal. A value no unit can parse stays as it is, so a placeholder
 * for one that is not known yet survives.
 */
export function normalizeSpec(kind: SpecKind, spec: unknown): Record<string, unknown> {
  const { fields, defaults } = specShapes[kind];
  const leaf = (unit: Unit, value: unknown) => canonical[unit](value) ?? value;
  const walked = walk(fields, spec, { read: (key) => key, write: (key) => key, leaf }) as Record<string, unknown>;
  return dropDefaults(oneFilter(sortedMetadata(walked)), defaults);
}

export const normalizeStream = (spec: StreamSpec) => normalizeSpec("stream", spec) as unknown as StreamSpec;
export const normalizeConsumer = (spec: ConsumerSpec) => normalizeSpec("consumer", spec) as unknown as ConsumerSpec;
export const normalizeKeyValue = (spec: KeyValueSpec) =>
  normalizeSpec("key-value bucket", spec) as unknown as KeyValueSpec;
export const normalizeObjectStore = (spec: ObjectStoreSpec) =>
  normalizeSpec("object store", spec) as unknown as ObjectStoreSpec;

function mapDefined<T, R>(value: T | undefined, map: (value: T) => R): R | undefined {
  return value === undefined ? undefined : map(value);
}

function sortedMetadata(spec: Record<string, unknown>): Record<string, unknown> {
  if (!isObject(spec.metadata)) return spec;
  const entries = Object.entries(spec.metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...spec, metadata: Object.fromEntries(entries) };
}

// A list of one filter means the same as the single field.
function oneFilter(spec: Record<string, unknown>): Record<string, unknown> {
  const list = spec.filterSubjects;
  if (!Array.isArray(list) || list.length !== 1 || spec.filterSubject !== undefined) return spec;
  const { filterSubjects: _, ...rest } = spec;
  return { ...rest, filterSubject: list[0] };
}
