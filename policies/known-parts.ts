import { hiding } from "../preflight/asset";

type IsUnknown = (value: unknown) => boolean;

/** A view of a value in which what is not known yet throws `notKnown` when it is read, at any depth. */
export function knownParts<T extends object>(value: T, isUnknown: IsUnknown): T {
  const hidden = Object.entries(value).flatMap(([key, part]) => (isLost(part, isUnknown) ? [key] : []));
  const parts = Object.entries(value).map(([key, part]) => [key, isBranch(part) ? knownParts(part, isUnknown) : part]);
  const view = Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  return hiding(view, hidden) as T;
}

/** True where something is not known yet, at any depth. */
export function holdsUnknown(value: unknown, isUnknown: IsUnknown): boolean {
  if (isUnknown(value)) return true;
  return isBranch(value) && Object.values(value).some((part) => holdsUnknown(part, isUnknown));
}

// Not known itself, rather than something in it.
function isLost(value: unknown, isUnknown: IsUnknown): boolean {
  return isUnknown(value) && !(isBranch(value) && Object.values(value).some((part) => holdsUnknown(part, isUnknown)));
}

function isBranch(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
