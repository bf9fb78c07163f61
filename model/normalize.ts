import type { ConsumerSpec } from "./consumer-spec";
import { dropDefaults } from "./defaults";
import type { Unit } from "./fields";
import type { SpecKind } from "./finding";
import type { KeyValueSpec } from "./key-value-spec";
import type { ObjectStoreSpec } from "./object-store-spec";
import { specShapes } from "./spec-shapes";
import type { StreamSpec } from "./stream-spec";
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
  return sortedSources(dropDefaults(oneFilter(sortedMetadata(walked)), defaults));
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

// The one set whose elements have defaults: its order must not depend on what was left out of them.
function sortedSources(spec: Record<string, unknown>): Record<string, unknown> {
  return Array.isArray(spec.sources) ? { ...spec, sources: sorted(spec.sources) } : spec;
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
