import type { Acknowledgement } from "../model/acknowledgement";
import type { Finding, SpecKind } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import { specShapes } from "../model/spec-shapes";
import { bigintAsText, isObject, sameValue } from "../model/walk";
import { type Change, type ChangeCode, changeCodes, isDangerous } from "./change";

type Fields = Readonly<Record<string, unknown>>;

/** The dangerous changes nobody has acknowledged. */
export function unacknowledged(changes: readonly Change[], allow: readonly Acknowledgement[]): Change[] {
  return changes.filter((change) => isDangerous(change) && !allow.some((said) => names(said, change)));
}

function names({ code, field, to }: Acknowledgement, change: Change): boolean {
  const wanted = canonical(change.kind, field, to);
  return code === change.code && wanted.field === change.field && sameValue(wanted.value, change.to);
}

// Field and value as the normal form has them.
function canonical(kind: SpecKind, field: string, value: unknown): { field: string; value: unknown } {
  if (value === undefined || value === null) return { field, value: undefined };
  const normal = normalizeSpec(kind, { [field]: value });
  // One filter in a list means the same as a single one.
  return field === "filterSubjects" && normal.filterSubject !== undefined
    ? { field: "filterSubject", value: normal.filterSubject }
    : { field, value: normal[field] };
}

/** What is wrong with acknowledgements themselves: one that names nothing would hide a mistake. */
export function checkAcknowledgements(kind: SpecKind, name: string, spec: Fields, allow: unknown): Finding[] {
  if (!Array.isArray(allow)) return [problem(kind, name, "allow", "must be a list of acknowledgements")];
  return allow.flatMap((said, i) => {
    const wrong = checkOne(kind, spec, said);
    return wrong ? [problem(kind, name, `allow[${i}]`, wrong)] : [];
  });
}

function checkOne(kind: SpecKind, spec: Fields, said: unknown): string | undefined {
  if (!isObject(said)) return "must have code, field, to and reason";
  const { code, field, to, reason } = said;
  const known = typeof code === "string" && code in changeCodes && isDangerous({ code: code as ChangeCode });
  if (!known) return `names code ${show(code)}, which is none that can be acknowledged`;
  if (typeof field !== "string" || !(field in specShapes[kind].fields.shape))
    return `names field ${show(field)}, which a ${kind} does not have`;
  if (typeof reason !== "string" || reason.trim() === "") return "has no reason";
  const wanted = canonical(kind, field, to);
  const has = normalizeSpec(kind, spec)[wanted.field];
  return sameValue(wanted.value, has) ? undefined : `names target ${show(to)} of ${field}, which is ${show(has)}`;
}

function problem(kind: SpecKind, name: string, field: string, text: string): Finding {
  const remedy = "Correct it, or remove it: an acknowledgement holds for one edit.";
  return { code: "AK101", severity: "error", kind, name, field, problem: text, remedy };
}

function show(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value, bigintAsText);
}
