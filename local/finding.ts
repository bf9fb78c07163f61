import { type Finding, HeadwaterError } from "../model/finding";

/** A problem of a local cluster. */
export function localFinding(
  code: string,
  name: string,
  field: string,
  problem: string,
  remedy: string,
  value?: unknown,
): Finding {
  const got = value === undefined ? {} : { value };
  return { code, severity: "error", kind: "cluster", name, field, ...got, problem, remedy };
}

export function throwLocal(code: string, name: string, field: string, problem: string, remedy: string): never {
  throw new HeadwaterError([localFinding(code, name, field, problem, remedy)]);
}
