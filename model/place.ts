import type { Finding } from "./finding";

/** A path into a document: keys and list positions. */
export type Path = readonly (string | number)[];

/** Where something is written. Lines and columns count from 1; a value a program made has neither. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** A finding that knows where what it is about is written. */
export type LocatedFinding = Finding & Partial<Place>;

/** `orders.yaml:12:5`, the form editors and terminals open. */
export function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** The keys and positions of `sources[0].filterSubject`. */
export function parsePath(field: string): Path {
  return [...field.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) => key ?? Number(index));
}
