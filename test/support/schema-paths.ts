import type { z } from "zod";
import { isObject } from "../../model/walk";

type Def = z.ZodType & {
  def: { type: string };
  shape: Record<string, z.ZodType>;
  element: z.ZodType;
  unwrap(): z.ZodType;
};

/** Every leaf of a schema as a path; elements of lists are not numbered, the keys of a record not spelled out. */
export function schemaPaths(schema: z.ZodType, prefix = ""): string[] {
  const { def, shape, element } = schema as Def;
  if (def.type === "optional") return schemaPaths((schema as Def).unwrap(), prefix);
  if (def.type === "array") return schemaPaths(element, prefix);
  if (def.type !== "object") return [prefix];
  return Object.entries(shape).flatMap(([key, field]) => schemaPaths(field, prefix ? `${prefix}.${key}` : key));
}

const RECORDS = new Set(["metadata"]);

/** The same paths of a value. */
export function leafPaths(value: unknown, prefix = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leafPaths(item, prefix));
  if (!isObject(value) || RECORDS.has(prefix)) return [prefix];
  return Object.entries(value).flatMap(([key, item]) => leafPaths(item, prefix ? `${prefix}.${key}` : key));
}
