import type { Finding, SpecKind } from "../model/finding";
import { specShapes } from "../model/spec-shapes";
import { isObject } from "../model/walk";
import { type IsUnknown, type Path, type ShapeProblem, shapeProblems } from "./check-shape";
import { closest } from "./closest";

/**
 * Checks the shape of one spec: fields known, types, units, ranges. Values that are not known yet, and what hangs on
 * them, are passed over.
 */
export function checkSpec(kind: SpecKind, spec: unknown, isUnknown: IsUnknown = () => false): Finding[] {
  const words = { unknownField: (key: string, path: Path) => misplaced(key, path, spec) };
  const name = assetName(kind, spec, isUnknown);
  return shapeProblems(specShapes[kind].schemaFor(spec), spec, words, isUnknown)
    .filter(({ code }) => code !== "SP102" || !decidersOf(spec).some(isUnknown))
    .map((found) => ({ code: "SP101", severity: "error", kind, name, ...found }));
}

function misplaced(key: string, path: Path, spec: unknown): ShapeProblem | undefined {
  const excluded = path.length === 0 ? excludedBy(key, spec) : undefined;
  if (!excluded) return undefined;
  const value = (spec as Readonly<Record<string, unknown>>)[key];
  return { code: "SP102", field: key, value, problem: `cannot be set on ${excluded}`, remedy: "Remove it." };
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
