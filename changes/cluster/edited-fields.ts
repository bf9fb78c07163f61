import { parseBytes, parseDuration } from "../../model/units";
import { isObject, sameValue } from "../../model/walk";

/** A field whose values differ. */
export interface EditedField {
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

/** The smallest fields that differ; lists are one field. What only one of two maps has is looked into as well. */
export function editedFields(from: unknown, to: unknown, path: readonly string[] = []): EditedField[] {
  if (meansTheSame(from, to)) return [];
  const maps = [from, to].filter((value) => value !== undefined);
  if (!maps.every(isObject) || maps.some((map) => isSecret(map))) return [{ path, from, to }];
  const [before, after] = [isObject(from) ? from : {}, isObject(to) ? to : {}];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // An empty map that comes or goes means something too: `websocket: {}`.
  if (keys.length === 0) return [{ path, from, to }];
  return keys.flatMap((key) => editedFields(before[key], after[key], [...path, key]));
}

function isSecret(map: unknown): boolean {
  return isObject(map) && ["secretName", "file", "env", "value"].some((key) => typeof map[key] === "string");
}

function meansTheSame(a: unknown, b: unknown): boolean {
  if (sameValue(a, b)) return true;
  for (const parse of [parseDuration, parseBytes]) {
    const [left, right] = [parse(a), parse(b)];
    if (left !== undefined && left === right) return true;
  }
  return false;
}
