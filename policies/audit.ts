import { type StreamAsset, unlessHidden } from "../preflight/asset";
import { pattern } from "./options";

/** The option of every rule about audit streams, so that they can agree on what one is. */
export const auditOptions = {
  pattern: pattern("", 'Names of what is for audit besides what has dataClass "audit"; empty is none.'),
};

/** True for a stream or bucket that keeps what must never be lost, as far as is known. */
export function isAudit({ name, spec }: StreamAsset, pattern: string): boolean {
  const isClassed = unlessHidden(() => spec.dataClass === "audit");
  // Until it has its own name, an asset goes by that of its resource.
  const isNamed = unlessHidden(() => spec.name !== undefined && isAuditName(name, pattern));
  return isClassed === true || isNamed === true;
}

/** True for a name that is enough to be for audit. */
export function isAuditName(name: string, pattern: string): boolean {
  return pattern !== "" && new RegExp(pattern).test(name);
}
