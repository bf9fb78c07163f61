/** Stands for a value that is not known: because it comes with a deployment, or because what was read does not say it. */
export const UNKNOWN = Symbol("not known");

/** True for a value that is not known, or holds one. */
export function isUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}
