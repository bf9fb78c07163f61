import type { z } from "zod";
import { type Unit, units } from "./fields";

type Schema = z.ZodType & { readonly def: { readonly type: string } };

function unwrap(schema: z.ZodType): Schema {
  const typed = schema as Schema & { unwrap(): z.ZodType };
  return typed.def.type === "optional" ? unwrap(typed.unwrap()) : typed;
}

/** What a walk does with keys and leaves. */
export interface Walk {
  /** The key to read from the object walked. */
  readonly read: (key: string) => string;
  /** The key to write. */
  readonly write: (key: string) => string;
  /** A leaf with a unit; `set` comes after its elements were walked. */
  readonly leaf: (unit: Unit, value: unknown) => unknown;
}

/** Rebuilds a value along its schema: keys in schema order, empty lists, objects and texts dropped. */
export function walk(schema: z.ZodType, value: unknown, visit: Walk): unknown {
  const plain = unwrap(schema);
  const unit = units.get(plain)?.unit;
  if (plain.def.type === "object" && isObject(value)) return walkObject(plain, value, visit);
  if (plain.def.type === "array" && Array.isArray(value)) {
    const element = (plain as unknown as z.ZodArray<z.ZodType>).element;
    const list = value.map((item) => walk(element, item, visit));
    return unit ? visit.leaf(unit, list) : list;
  }
  return unit && plain.def.type !== "array" ? visit.leaf(unit, value) : value;
}

function walkObject(schema: Schema, value: Record<string, unknown>, visit: Walk): Record<string, unknown> {
  const shape = (schema as unknown as z.ZodObject).shape as Record<string, z.ZodType>;
  const result: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(shape)) {
    const raw = value[visit.read(key)];
    if (isEmpty(raw)) continue;
    const walked = walk(field, raw, visit);
    if (!isEmpty(walked)) result[visit.write(key)] = walked;
  }
  return result;
}

/** True for what means "not set" on the wire: nothing, `""`, `[]` and `{}`. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** For `JSON.stringify`, which knows no `bigint` and no number that is not finite. */
export function bigintAsText(_: string, value: unknown): unknown {
  const unsayable = typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value));
  return unsayable ? String(value) : value;
}

/** How a value reads in a message: JSON, cut where it gets long. */
export function showValue(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text =
    jsonOf(value) ?? (isObject(value) || Array.isArray(value) ? "a value that contains itself" : String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A value as JSON; `undefined` for what has none: it contains itself, or is a function. */
export function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, bigintAsText);
  } catch {
    return undefined;
  }
}

/** Equality of two plain values whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
    );
  }
  return a === b;
}
