import type { Path, Place } from "../../model/place";
import { isObject } from "../../model/walk";

/** A Kubernetes object, and where each part of it is written. */
export interface PlacedObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly place: (path: Path) => Place;
  /** Place of a line and column, both counted from 1, in a text of several lines. */
  readonly placeInText: (path: Path, line: number, column: number) => Place;
}

/** What is at a path of an object; `undefined` where nothing is. */
export function at(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, value);
}

/** The maps of a list; an empty list where there is none. */
export function mapsAt(value: unknown, ...path: Path): readonly Readonly<Record<string, unknown>>[] {
  const list = at(value, ...path);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** A text at a path; `undefined` for anything else. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const text = at(value, ...path);
  return typeof text === "string" ? text : undefined;
}

/** Name and namespace of an object. */
export function identityOf(value: unknown): { readonly name: string; readonly namespace?: string } {
  return { name: textAt(value, "metadata", "name") ?? "?", namespace: textAt(value, "metadata", "namespace") };
}
