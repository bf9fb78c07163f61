import fc from "fast-check";
import type { Fields } from "./asset";

/** What a field may be. */
export type FieldTable = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** A value in one of so many cases, else nothing. */
export function seldom<T>(value: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

/** A spec with few of the fields of a table. */
export function sparse(table: FieldTable, oneIn: number): fc.Arbitrary<Fields> {
  const fields = Object.entries(table).map(([key, value]) => [key, seldom(value, oneIn)] as const);
  return fc.record(Object.fromEntries(fields)).map(compact);
}

/** Without the fields that are not set. */
export function compact(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
