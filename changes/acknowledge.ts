import type { Acknowledgment } from "../model/acknowledgment";
import type { Finding, SpecKind } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import { specShapes } from "../model/spec-shapes";
import { bigintAsText, isObject, sameValue } from "../model/walk";
import { type Change, type ChangeCode, changeCodes, isDangerous } from "./change";

type Fields = Readonly<Record<string, unknown>>;

type IsUnknown = (value: unknown) => boolean;
const nothingUnknown: IsUnknown = () => false;

/** The dangerous changes nobody has acknowledged. A target that is not known yet is taken for the right one. */
export function unacknowledged(
  changes: readonly Change[],
  allow: readonly Acknowledgment[],
  isUnknown: IsUnknown = nothingUnknown,
): Change[] {
  return changes.filter((change) => isDangerous(change) && !acknowledgmentOf(change, allow, isUnknown));
}

/** What is said of a dangerous change, where somebody has acknowledged it. */
export function acknowledgmentOf(
  change: Change,
  allow: readonly Acknowledgment[],
  isUnknown: IsUnknown = nothingUnknown,
): Acknowledgment | undefined {
  return isDangerous(change) ? allow.find((said) => names(said, change, isUnknown)) : undefined;
}

function names({ code, field, to }: Acknowledgment, change: Change, isUnknown: IsUnknown): boolean {
  if (code !== change.code) return false;
  if (isUnknown(to)) return field === change.field;
  // A stream whose one subject is its own name says nothing of it in normal form.
  return [{}, { name: change.name }].some((beside) => {
    const wanted = canonical(change.kind, field, to, beside);
    return wanted.field === change.field && sameValue(wanted.value, change.to);
  });
}

// What a bucket's stream has and the bucket cannot say is named as the stream names it.
function shapeOf(kind: SpecKind, field: string): SpecKind | undefined {
  if (Object.hasOwn(specShapes[kind].fields.shape, field)) return kind;
  const bucket = kind !== "stream" && kind !== "consumer";
  return bucket && Object.hasOwn(specShapes.stream.fields.shape, field) ? "stream" : undefined;
}

// Field and value as the normal form has them, beside what decides whether a value is the default.
function canonical(
  kind: SpecKind,
  field: string,
  value: unknown,
  { name, mirror, sources }: Fields,
): { field: string; value: unknown } {
  if (value === undefined || value === null) return { field, value: undefined };
  const normal = normalizeSpec(shapeOf(kind, field) ?? kind, { name, mirror, sources, [field]: value });
  // One filter in a list means the same as a single one.
  return field === "filterSubjects" && normal.filterSubject !== undefined
    ? { field: "filterSubject", value: normal.filterSubject }
    : { field, value: normal[field] };
}

/** What is wrong with acknowledgments themselves: one that names nothing would hide a mistake. */
export function checkAcknowledgments(
  kind: SpecKind,
  name: string,
  spec: Fields,
  allow: unknown,
  isUnknown: IsUnknown = nothingUnknown,
): Finding[] {
  if (!Array.isArray(allow)) return [problem(kind, name, "allow", "must be a list of acknowledgments")];
  return allow.flatMap((said, i) => {
    const wrong = isUnknown(said) && !isObject(said) ? undefined : checkOne(kind, spec, said, isUnknown);
    return wrong ? [problem(kind, name, `allow[${i}]`, wrong)] : [];
  });
}

function checkOne(kind: SpecKind, spec: Fields, said: unknown, isUnknown: IsUnknown): string | undefined {
  if (!isObject(said)) return "must have code, field, to and reason";
  const { code, field, to, reason } = said;
  const known =
    typeof code === "string" && Object.hasOwn(changeCodes, code) && isDangerous({ code: code as ChangeCode });
  if (!known) return `names code ${show(code)}, which is none that can be acknowledged`;
  const shape = typeof field === "string" ? shapeOf(kind, field) : undefined;
  if (typeof field !== "string" || !shape) return `names field ${show(field)}, which a ${kind} does not have`;
  if (typeof reason !== "string" || reason.trim() === "") return "has no reason";
  // Another resource decides what a bucket's stream has besides: it is compared when the edit is made.
  if (shape !== kind || isUnknown(to)) return undefined;
  const wanted = canonical(kind, field, to, spec);
  const has = normalizeSpec(kind, spec)[wanted.field];
  if (isUnknown(has) || sameValue(wanted.value, has)) return undefined;
  return `names target ${show(to)} of ${field}, which is ${show(has)}`;
}

function problem(kind: SpecKind, name: string, field: string, text: string): Finding {
  const remedy = "Correct it, or remove it: an acknowledgment holds for one edit.";
  return { code: "AK101", severity: "error", kind, name, field, problem: text, remedy };
}

function show(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value, bigintAsText);
}
