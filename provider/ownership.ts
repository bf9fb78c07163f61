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

/** How an asset is taken over, in the words of whoever asks: one that has a stamp, and one that has none. */
export interface TakeOver {
  readonly stamped: (owner: string) => string;
  readonly unstamped: string;
}

const BY_PROGRAM: TakeOver = { stamped: () => "set adopt: true", unstamped: "set adopt: true" };

/** Why an asset that exists may not be taken over. */
export function notOurs(kind: SpecKind, name: string, stamp: string | undefined, how: TakeOver = BY_PROGRAM): Finding {
  const { project, stack, resource } = parseOwner(stamp ?? "");
  const whose = stamp
    ? `is managed by resource "${resource}" of stack "${stack}" in project "${project}"`
    : "exists on the server and is not managed by Headwater";
  const remedy = stamp
    ? `Choose another name, or ${how.stamped(`${project}/${stack}`)} to take it over from there.`
    : `Choose another name, or ${how.unstamped} to manage it from here on; its messages are kept.`;
  return { code: "ON101", severity: "error", kind, name, field: "", problem: whose, remedy };
}
