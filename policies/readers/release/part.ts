import type { Place } from "../../../model/place";

/** A part of a cluster that was read, and where its fields are written. */
export interface Part {
  readonly spec: Fields;
  /** By field, `jetstream.volume.size`. */
  readonly places: Readonly<Record<string, Place>>;
}

export type Fields = Readonly<Record<string, unknown>>;

/** One field, written at one place. Without a value there is none. */
export function part(field: string, value: unknown, place: Place): Part {
  if (value === undefined) return { spec: {}, places: { [field]: place } };
  const keys = keysOf(field);
  return {
    spec: keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Fields,
    places: { [field]: place },
  };
}

// An account's name may have dots: it stands in brackets.
function keysOf(field: string): string[] {
  return [...field.matchAll(/\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, quoted, key]) => (quoted ?? key) as string);
}

/** Parts laid upon each other: maps are merged at any depth, the later one decides. */
export function joined(parts: readonly Part[]): Part {
  return {
    spec: parts.reduce<Fields>((merged, { spec }) => merge(merged, spec), {}),
    places: Object.assign({}, ...parts.map(({ places }) => places)),
  };
}

function merge(base: Fields, over: Fields): Fields {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isMap(before) && isMap(value) ? merge(before, value) : value;
  }
  return merged;
}

const isMap = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
