import { isObject } from "../../model/walk";
import { isCarried, type Refuse, type Report, type Row } from "./row";

type Fields = Readonly<Record<string, unknown>>;

const join = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);

/** What a spec in normal form is in NACK's words. */
export function writeRows(rows: readonly Row[], spec: Fields, path: string, refuse: Refuse): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const row of rows) {
    const value = valueAt(spec, row.field);
    const field = join(path, row.field);
    if (!isCarried(row)) {
      if (value !== undefined) refuse(field, row.refusal, value);
      continue;
    }
    const unset = typeof row.unset === "function" ? row.unset(spec) : row.unset;
    const form = value === undefined ? unset : row.form.write(value, field, refuse);
    if (form !== undefined) written[row.nack] = form;
  }
  return written;
}

/** What NACK makes of its words, in the model's. */
export function readRows(rows: readonly Row[], from: Fields, path: string, report: Report): Record<string, unknown> {
  const carried = rows.filter(isCarried);
  const known = new Set(carried.map(({ nack }) => nack));
  for (const key of Object.keys(from).filter((one) => !known.has(one))) report(join(path, key), ...UNKNOWN, from[key]);
  const read: Record<string, unknown> = {};
  for (const row of carried) {
    const given = from[row.nack];
    const value = given === undefined || given === null || given === "" ? row.assumed : given;
    if (value === undefined) continue;
    const form = row.form.read(value, join(path, row.nack), report);
    if (form !== undefined) setAt(read, row.field, form);
  }
  return read;
}

const UNKNOWN = ["is not a field of the resource: Kubernetes drops it", "Correct its spelling, or remove it."] as const;

function valueAt(spec: Fields, field: string): unknown {
  return field.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), spec);
}

function setAt(target: Record<string, unknown>, field: string, value: unknown): void {
  const [key = "", rest] = field.split(/\.(.*)/);
  if (rest === undefined) target[key] = value;
  else {
    const inner = (target[key] ?? {}) as Record<string, unknown>;
    setAt(inner, rest, value);
    target[key] = inner;
  }
}

/** The path of a field of the model in NACK's words, as far as NACK has it. */
export function nackPathOf(rows: readonly Row[], path: readonly (string | number)[]): (string | number)[] {
  const [key, ...rest] = path;
  if (key === undefined) return [];
  if (typeof key === "number") return [key, ...nackPathOf(rows, rest)];
  const carried = rows.filter(isCarried);
  const dotted = carried.find(({ field }) => field === `${key}.${rest[0]}`);
  const row =
    dotted ?? carried.find(({ field }) => field === key) ?? carried.find(({ field }) => field.startsWith(`${key}.`));
  if (!row) return [];
  return [row.nack, ...nestedPath(row.form.rows, dotted ? rest.slice(1) : rest)];
}

// Below a field of labels or texts both have the same keys.
function nestedPath(rows: readonly Row[] | undefined, path: readonly (string | number)[]) {
  return rows ? nackPathOf(rows, path) : path;
}
