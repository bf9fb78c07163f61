import type { LocatedFinding, Path, Place } from "./place";

/** One topology as it was read: its value, and where each part of it is written. */
export interface TopologySource {
  readonly file: string;
  readonly value: unknown;
  /** Place of a path, or of its nearest ancestor that is written down. */
  readonly place: (path: Path) => Place;
  /**
   * Place of a line and column, both counted from 1, in a text of several lines at a path.
   * @default - the text's own place
   */
  readonly placeInText?: (path: Path, line: number, column: number) => Place;
  /**
   * The account of its assets, in words. Assets of two accounts know nothing of each other.
   * @default - the one everything is for that says none
   */
  readonly account?: string;
  /** Made by a program: such a topology needs no `apiVersion` and no `kind`. */
  readonly isProgram?: true;
}

/** What reading one file gave. */
export interface ReadSources {
  readonly sources: readonly TopologySource[];
  readonly findings: readonly LocatedFinding[];
}

/** A problem of a file as a whole or of a part that belongs to no asset. */
export function fileFinding(
  place: Place,
  code: string,
  field: string,
  problem: string,
  remedy: string,
  value?: unknown,
): LocatedFinding {
  const got = value === undefined ? {} : { value };
  return { code, severity: "error", kind: "file", name: place.file, field, ...got, problem, remedy, ...place };
}
