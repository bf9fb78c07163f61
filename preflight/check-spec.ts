import type { z } from "zod";
import type { Finding, SpecKind } from "../model/finding";
import { specShapes } from "../model/spec-shapes";
import { bigintAsText, isObject } from "../model/walk";

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
  const result = specShapes[kind].schemaFor(spec).safeParse(spec);
  if (result.success) return [];
  const name = assetName(kind, spec, isUnknown);
  return result.error.issues
    .filter((issue) => !isUnknown(valueAt(spec, issue.path)))
    .flatMap((issue) => toFindings(issue, spec))
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

function toFindings(issue: z.core.$ZodIssue, spec: unknown): Found[] {
  if (issue.code === "unrecognized_keys") {
    const remedy = REMEDIES.unrecognized_keys as string;
    return issue.keys.map((key) => {
      const excluded = issue.path.length === 0 ? excludedBy(key, spec) : undefined;
      const field = formatPath([...issue.path, key]);
      return excluded
        ? { code: "SP102", field, problem: `cannot be set on ${excluded}`, remedy: "Remove it." }
        : { field, problem: "is not a known field", remedy };
    });
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
        problem: `must be one of ${choices}, got ${show(value)}`,
        remedy: REMEDIES.invalid_value as string,
      },
    ];
  }
  const wanted = issue.message.startsWith("must") ? issue.message : `must be ${article(issue)}`;
  return [{ field, value, problem: `${wanted}, got ${show(value)}`, remedy: "Correct the value." }];
}

// Fields of the other alternative: known, but not here.
function excludedBy(key: string, spec: unknown): string | undefined {
  if (!isObject(spec)) return undefined;
  if (key in specShapes.stream.fields.shape && spec.mirror !== undefined) return "a mirror";
  const mirrorOnly = key === "mirrorDirect" && spec.mirror === undefined && !("kind" in spec);
  if (mirrorOnly) return "a stream that is no mirror";
  const other = "kind" in spec && key in specShapes.consumer.fields.shape;
  return other ? `a ${String(spec.kind)} consumer` : undefined;
}

function article(issue: z.core.$ZodIssue): string {
  const expected = "expected" in issue ? String(issue.expected) : "valid";
  return `${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}`;
}

function valueAt(spec: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], spec);
}

/** `sources[0].filterSubject` */
export function formatPath(path: Path): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i ? "." : ""}${String(key)}`)).join("");
}

function show(value: unknown): string {
  const text = JSON.stringify(value, bigintAsText) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
