import type { z } from "zod";
import type { Finding, SpecKind } from "../model/finding";
import { specShapes } from "../model/spec-shapes";
import { isObject, jsonOf, showValue } from "../model/walk";
import { closest } from "./closest";

/** Tells a value that is not known yet from a wrong one. */
export type IsUnknown = (value: unknown) => boolean;
type Path = readonly PropertyKey[];

type Found = Pick<Finding, "field" | "problem" | "remedy"> & Partial<Pick<Finding, "code" | "value">>;

const REMEDIES: Readonly<Record<string, string>> = {
  unrecognized_keys: "Remove it, or correct its spelling.",
  missing: "Set it.",
  invalid_value: "Use one of these.",
};

/**
 * Checks the shape of one spec: fields known, types, units, ranges. Values that are not known yet, and what hangs on
 * them, are passed over.
 */
export function checkSpec(kind: SpecKind, spec: unknown, isUnknown: IsUnknown = () => false): Finding[] {
  const schema = specShapes[kind].schemaFor(spec);
  const result = schema.safeParse(spec);
  if (result.success) return [];
  const name = assetName(kind, spec, isUnknown);
  return result.error.issues
    .filter((issue) => issue.code === "unrecognized_keys" || !isUnknown(valueAt(spec, issue.path)))
    .flatMap((issue) => toFindings(issue, spec, schema))
    .filter(({ code }) => code !== "SP102" || !decidersOf(spec).some(isUnknown))
    .map(withPlainValue)
    .map((found) => ({ code: "SP101", severity: "error", kind, name, ...found }));
}

/** The name messages use for an asset: `NAME`, or `STREAM/NAME` for a consumer. */
export function assetName(kind: SpecKind, spec: unknown, isUnknown: IsUnknown = () => false): string {
  const text = (key: string) => {
    const value = isObject(spec) ? spec[key] : undefined;
    return typeof value === "string" && !isUnknown(value) ? value : "?";
  };
  return kind === "consumer" ? `${text("stream")}/${text("name")}` : text("name");
}

/** What is not to be judged further of a spec with these shape findings. */
export interface Misshapen {
  /** Fields to leave out of the spec. */
  readonly dropped: readonly string[];
  /** Fields the spec should have, with a value nobody knows. */
  readonly hidden: readonly string[];
}

/** The top-level fields shape findings are about. */
export function misshapenFields(kind: SpecKind, spec: unknown, findings: readonly Finding[]): Misshapen {
  const dropped = [...new Set(findings.map(({ field }) => /^[^.[]*/.exec(field)?.[0] ?? ""))];
  const { shape } = specShapes[kind].fields;
  const known = Object.keys(specShapes[kind].schemaFor(spec).shape);
  // A misspelled field says something about the one it was meant to be.
  const hidden = dropped.flatMap((field) => (Object.hasOwn(shape, field) ? field : (closest(field, known) ?? [])));
  return { dropped, hidden };
}

function toFindings(issue: z.core.$ZodIssue, spec: unknown, schema: z.ZodObject): Found[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => unknownField(key, issue.path, spec, known));
  }
  const value = valueAt(spec, issue.path);
  const field = formatPath(issue.path);
  if (value === undefined) return [{ field, problem: "is required", remedy: REMEDIES.missing as string }];
  if (issue.code === "invalid_value") {
    const choices = issue.values.map((choice) => JSON.stringify(choice)).join(", ");
    return [
      {
        field,
        value,
        problem: `must be one of ${choices}, got ${showValue(value)}`,
        remedy: REMEDIES.invalid_value as string,
      },
    ];
  }
  const wanted = issue.message.startsWith("must") ? issue.message : `must be ${article(issue)}`;
  return [{ field, value, problem: `${wanted}, got ${showValue(value)}`, remedy: "Correct the value." }];
}

function unknownField(key: string, path: Path, spec: unknown, known: readonly string[]): Found {
  const field = formatPath([...path, key]);
  const value = valueAt(spec, [...path, key]);
  const excluded = path.length === 0 ? excludedBy(key, spec) : undefined;
  if (excluded) return { code: "SP102", field, value, problem: `cannot be set on ${excluded}`, remedy: "Remove it." };
  const meant = closest(key, known);
  const remedy = meant ? `Did you mean ${meant}?` : (REMEDIES.unrecognized_keys as string);
  return { field, value, problem: "is not a known field", remedy };
}

// The fields of the object a path leads to.
function knownKeys(schema: z.ZodType, path: Path): readonly string[] {
  const { type, innerType, element, shape } = schema.def as unknown as Shape;
  if (type === "optional" && innerType) return knownKeys(innerType, path);
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(shape ?? {});
  const next = typeof key === "number" ? element : shape?.[String(key)];
  return next ? knownKeys(next, rest) : [];
}

/** What is read of the definition of a schema. */
interface Shape {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

// The values that decide which alternative a spec is of.
function decidersOf(spec: unknown): readonly unknown[] {
  return isObject(spec) ? [spec.mirror, spec.kind] : [];
}

// Fields of the other alternative: known, but not here.
function excludedBy(key: string, spec: unknown): string | undefined {
  if (!isObject(spec)) return undefined;
  const has = (one: string) => Object.hasOwn(spec, one);
  if (Object.hasOwn(specShapes.stream.fields.shape, key) && spec.mirror !== undefined) return "a mirror";
  const mirrorOnly = key === "mirrorDirect" && spec.mirror === undefined && !has("kind");
  if (mirrorOnly) return "a stream that is no mirror";
  const other = has("kind") && Object.hasOwn(specShapes.consumer.fields.shape, key);
  return other ? `a ${String(spec.kind)} consumer` : undefined;
}

// As people who write YAML call them.
const WORDS = new Map([
  ["record", "map"],
  ["object", "map"],
  ["array", "list"],
]);

function article(issue: z.core.$ZodIssue): string {
  const type = "expected" in issue ? String(issue.expected) : "valid";
  const expected = WORDS.get(type) ?? type;
  return `${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}`;
}

function valueAt(spec: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], spec);
}

/** `sources[0].filterSubject` */
export function formatPath(path: Path): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i ? "." : ""}${String(key)}`)).join("");
}

// A value that contains itself cannot be part of a report.
function withPlainValue(found: Found): Found {
  if (jsonOf(found.value) !== undefined || found.value === undefined) return found;
  const { value: _, ...rest } = found;
  return rest;
}
