import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

type Fields = Readonly<Record<string, unknown>>;

/** What NACK's definitions use of a structural schema. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly default?: unknown;
  readonly description?: string;
}

const KEYWORDS = new Set([
  "type",
  "properties",
  "additionalProperties",
  "items",
  "enum",
  "pattern",
  "minimum",
  "maximum",
  "minLength",
  "default",
  "description",
]);

/** Schema of each kind's `spec`, by kind, in the version `v1beta2`. */
export function readCrds(file: string): ReadonlyMap<string, Schema> {
  const documents = parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS());
  const entries = documents.flatMap(({ spec }) =>
    spec.versions
      .filter(({ name }: { name: string }) => name === "v1beta2")
      .map(({ schema }: { schema: { openAPIV3Schema: Schema } }) => {
        const found = schema.openAPIV3Schema.properties?.spec as Schema;
        return [spec.names.kind as string, found] as const;
      }),
  );
  return new Map(entries);
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: (value) => typeof value === "bigint" || Number.isInteger(value),
  number: (value) => typeof value === "bigint" || typeof value === "number",
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** What the API server refuses of a value, or drops from it. */
export function violations(schema: Schema, value: unknown, path: string): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.has(keyword));
  if (unknown.length > 0) throw new Error(`${path}: nothing here checks ${unknown.join(", ")}`);
  const { type = "" } = schema;
  if (!TYPES[type]?.(value)) return [`${path} is no ${type}`];
  return [...scalarViolations(schema, value, path), ...innerViolations(schema, value, path)];
}

function scalarViolations(schema: Schema, value: unknown, path: string): string[] {
  const { enum: words, pattern, minimum, maximum, minLength } = schema;
  const number = typeof value === "number" || typeof value === "bigint";
  const checks: [boolean, string][] = [
    [words !== undefined && !words.includes(value), "is none of its words"],
    [typeof value === "string" && pattern !== undefined && !new RegExp(pattern).test(value), "breaks its pattern"],
    [typeof value === "string" && minLength !== undefined && value.length < minLength, "is too short"],
    [number && minimum !== undefined && value < minimum, "is too small"],
    [number && maximum !== undefined && value > maximum, "is too large"],
  ];
  return checks.flatMap(([fails, says]) => (fails ? [`${path} ${says}`] : []));
}

function innerViolations({ properties, additionalProperties, items }: Schema, value: unknown, path: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, i) => (items ? violations(items, item, `${path}[${i}]`) : [`${path} has no items`]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const schema = properties?.[key] ?? additionalProperties;
    return schema ? violations(schema, inner, `${path}.${key}`) : [`${path}.${key} is dropped`];
  });
}

/** A value as the API server keeps it: without what the schema does not know, with its defaults. */
export function kept(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => kept(schema.items ?? {}, item));
  if (typeof value !== "object" || value === null || !schema.properties) return value;
  const fields: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(schema.properties)) {
    const given = (value as Fields)[key] ?? inner.default;
    if (given !== undefined) fields[key] = kept(inner, given);
  }
  return fields;
}
