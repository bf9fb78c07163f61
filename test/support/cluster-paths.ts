import type { z } from "zod";
import { clusterSchema } from "../../model/cluster/cluster-spec";
import { secretSourceSchema } from "../../model/cluster/secret-source";

type Def = z.ZodType & {
  def: { type: string; valueType: z.ZodType; options: z.ZodType[]; element: z.ZodType };
  shape: Record<string, z.ZodType>;
  unwrap(): z.ZodType;
};

/** Every field of a cluster as a path. Keys of maps are `*`; elements of lists are not numbered; a secret is one field. */
export function clusterPaths(schema: z.ZodType = clusterSchema, prefix = ""): string[] {
  const { def, shape } = schema as Def;
  if (schema === secretSourceSchema) return [prefix];
  if (def.type === "optional") return clusterPaths((schema as Def).unwrap(), prefix);
  if (def.type === "array") return clusterPaths(def.element, prefix);
  if (def.type === "record") return clusterPaths(def.valueType, `${prefix}.*`);
  if (def.type === "union") return [...new Set(def.options.flatMap((option) => clusterPaths(option, prefix)))];
  if (def.type !== "object") return [prefix];
  return Object.entries(shape).flatMap(([key, field]) => clusterPaths(field, prefix ? `${prefix}.${key}` : key));
}
