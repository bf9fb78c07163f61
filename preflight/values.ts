import { parseBytes, parseDuration, parseInt64 } from "../model/units";

/** A limit in force, `undefined` where there is none: not set, 0 and -1 are all unlimited. */
export function limit(value: unknown): bigint | undefined {
  if (value === undefined) return undefined;
  const parsed = parseBytes(value) ?? parseInt64(value);
  return parsed !== undefined && parsed > 0n ? parsed : undefined;
}

/** A duration in nanoseconds, 0 where it is not set. */
export function span(value: unknown): bigint {
  return value === undefined ? 0n : (parseDuration(value) ?? 0n);
}

/** True for a value that says something: an empty list, text or object says nothing. */
export function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return false;
  return Array.isArray(value) ? value.length > 0 : true;
}

/** How a value reads in a message. */
export function show(value: unknown): string {
  return JSON.stringify(value);
}

/** What to do about a destination that is no mapping. */
export const CORRECT_MAPPING = "Correct it: docs/topology-file.md lists the mapping functions.";
