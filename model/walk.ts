import type { z } from "zod";
import { type Unit, units } from "./fields";

type Schema = z.ZodType & { readonly def: { readonly type: string } };

/** What a walk needs to know of a schema. */
interface Plan {
  readonly type: string;
  readonly unit?: Unit;
  /** Schema of a list's elements. */
  readonly element?: z.ZodType;
  /** Schemas of an object's fields. */
  readonly fields: readonly (readonly [key: string, field: z.ZodType])[];
}

// Specs are many, schemas few: what they say is asked once.
const plans = new WeakMap<z.ZodType, Plan>();

function planOf(schema: z.ZodType): Plan {
  const known = plans.get(schema);
  if (known) return known;
  const plain = unwrap(schema);
  const { element, shape } = plain as unknown as { element?: z.ZodType; shape?: Readonly<Record<string, z.ZodType>> };
  const { type } = plain.def;
  const fields = type === "object" ? Object.entries(shape ?? {}) : [];
  const plan = { type, unit: units.get(plain)?.unit, fields, ...(type === "array" && { element }) };
  plans.set(schema, plan);
  return plan;
}

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
  const { type, unit, element, fields } = planOf(schema);
  if (type === "object" && isObject(value)) return walkObject(fields, value, visit);
  if (element && Array.isArray(value)) {
    const list = value.map((item) => walk(element, item, visit));
    return unit ? visit.leaf(unit, list) : list;
  }
  return unit && !element ? visit.leaf(unit, value) : value;
}

function walkObject(fields: Plan["fields"], value: Record<string, unknown>, visit: Walk): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, field] of fields) {
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
