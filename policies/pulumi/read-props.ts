import { standsForUnknown } from "../../model/unknowns";
import { isObject } from "../../model/walk";
import { UNKNOWN } from "../unknown-value";

/** What `pulumi policy analyze --file` puts for a secret it has no key for, whatever the secret is. */
const REDACTED = "[secret]";

/**
 * A plain copy of what the engine shows of a resource. The engine throws where a value that is not known yet is read: each is
 * read by itself, so that one of them does not hide the others.
 */
export function readProps(props: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  const present = keys.filter((key) => key in props);
  return Object.fromEntries(present.map((key) => [key, readKey(props, key)]));
}

/** Keys of which nothing is known yet. */
export function allUnknown(keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, UNKNOWN]));
}

function readKey(holder: object, key: string | number): unknown {
  let value: unknown;
  try {
    value = (holder as Record<string | number, unknown>)[key];
  } catch (error) {
    if (isUnknownError(error)) return UNKNOWN;
    throw error;
  }
  return copy(value);
}

function copy(value: unknown): unknown {
  if (value === REDACTED || standsForUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, i) => readKey(value, i));
  if (isObject(value)) return Object.fromEntries(Object.keys(value).map((key) => [key, readKey(value, key)]));
  return value;
}

// Told by its shape: its class belongs to a package that is not loaded here.
function isUnknownError(error: unknown): boolean {
  return error instanceof Error && "unknownTypeSentinel" in error;
}
