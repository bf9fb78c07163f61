import type { z } from "zod";
import type { Finding } from "../model/finding";
import { jsonOf, showValue } from "../model/walk";
import { closest } from "./closest";

/** Tells a value that is not known yet from a wrong one. */
export type IsUnknown = (value: unknown) => boolean;
export type Path = readonly PropertyKey[];

/** A problem of the shape of a value, before it is known whose it is. */
export type ShapeProblem = Pick<Finding, "field" | "problem" | "remedy"> & Partial<Pick<Finding, "code" | "value">>;

/** What differs between the things whose shape is checked. */
export interface ShapeWords {
  /** How a value that was got reads in a message; `expected` is the type wanted, where there is one. */
  readonly show?: (value: unknown, path: Path, expected?: string) => string;
  /** What to say of a field that is not known, in place of the usual; `undefined` for the usual. */
  readonly unknownField?: (key: string, path: Path) => ShapeProblem | undefined;
}

const REMEDIES: Readonly<Record<string, string>> = {
  unrecognized_keys: "Remove it, or correct its spelling.",
  missing: "Set it.",
  invalid_value: "Use one of these.",
};

/** Everything wrong with the shape of a value: fields known, types, units, ranges. What is not known yet is passed over. */
export function shapeProblems(
  schema: z.ZodType,
  value: unknown,
  words: ShapeWords = {},
  isUnknown: IsUnknown = () => false,
): ShapeProblem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues
    .flatMap(withAlternative)
    .filter((issue) => issue.code === "unrecognized_keys" || !isUnknown(valueAt(value, issue.path)))
    .flatMap((issue) => problemsOf(issue, value, schema, words))
    .map(withPlainValue);
}

// Where one alternative alone is of the kind of the value, its own problems say more.
function withAlternative(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const fitting = issue.errors.filter((issues) => !issues.some(({ path, code }) => path.length === 0 && isOther(code)));
  if (fitting.length !== 1) return [issue];
  return (fitting[0] ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isOther(code: string | undefined): boolean {
  return code === "invalid_type" || code === "custom" || code === "invalid_value";
}

function problemsOf(issue: z.core.$ZodIssue, spec: unknown, schema: z.ZodType, words: ShapeWords): ShapeProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => words.unknownField?.(key, issue.path) ?? unknownField(key, issue.path, spec, known));
  }
  const { show = showValue } = words;
  const value = valueAt(spec, issue.path);
  const field = formatPath(issue.path);
  if (value === undefined) return [{ field, problem: "is required", remedy: REMEDIES.missing as string }];
  const got = `got ${show(value, issue.path, "expected" in issue ? String(issue.expected) : undefined)}`;
  if (issue.code === "invalid_value") {
    const choices = issue.values.map((choice) => JSON.stringify(choice)).join(", ");
    const problem = `must be one of ${choices}, ${got}`;
    return [{ field, value, problem, remedy: REMEDIES.invalid_value as string }];
  }
  const wanted = issue.message.startsWith("must") ? issue.message : `must be ${article(issue)}`;
  return [{ field, value, problem: `${wanted}, ${got}`, remedy: "Correct the value." }];
}

function unknownField(key: string, path: Path, spec: unknown, known: readonly string[]): ShapeProblem {
  const meant = closest(key, known);
  const remedy = meant ? `Did you mean ${meant}?` : (REMEDIES.unrecognized_keys as string);
  const value = valueAt(spec, [...path, key]);
  return { field: formatPath([...path, key]), value, problem: "is not a known field", remedy };
}

// The fields of the object a path leads to.
function knownKeys(schema: z.ZodType, path: Path): readonly string[] {
  const { type, innerType, element, shape, valueType, options } = schema.def as unknown as Shape;
  if (type === "optional" && innerType) return knownKeys(innerType, path);
  if (options) return options.flatMap((option) => knownKeys(option, path));
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(shape ?? {});
  const next = typeof key === "number" ? element : (valueType ?? shape?.[String(key)]);
  return next ? knownKeys(next, rest) : [];
}

/** What is read of the definition of a schema. */
interface Shape {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
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

/** What a path leads to; `undefined` where it leads nowhere. */
export function valueAt(spec: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined | null)?.[key], spec);
}

/** `sources[0].filterSubject` */
export function formatPath(path: Path): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i ? "." : ""}${String(key)}`)).join("");
}

// A value that contains itself cannot be part of a report.
function withPlainValue(found: ShapeProblem): ShapeProblem {
  if (jsonOf(found.value) !== undefined || found.value === undefined) return found;
  const { value: _, ...rest } = found;
  return rest;
}
