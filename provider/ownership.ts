import type { Finding, SpecKind } from "../model/finding";
import { parseOwner, sameStack } from "../model/stamp";

/** Whose a live asset is, seen from one resource. */
export type Claim = "ours" | "sibling" | "foreign" | "unmanaged";

/** `sibling` is another resource of the same stack: ours was renamed or moved, and takes it over. */
export function claimOf(stamp: string | undefined, owner: string): Claim {
  if (!stamp) return "unmanaged";
  if (stamp === owner) return "ours";
  return sameStack(stamp, owner) ? "sibling" : "foreign";
}

/** Why an asset that exists may not be taken over. */
export function notOurs(kind: SpecKind, name: string, stamp: string | undefined): Finding {
  const { project, stack, resource } = parseOwner(stamp ?? "");
  const whose = stamp
    ? `is managed by resource "${resource}" of stack "${stack}" in project "${project}"`
    : "exists on the server and is not managed by Headwater";
  const remedy = stamp
    ? "Choose another name, or set adopt: true to take it over from there."
    : "Choose another name, or set adopt: true to manage it from here on; its messages are kept.";
  return { code: "ON101", severity: "error", kind, name, field: "", problem: whose, remedy };
}
