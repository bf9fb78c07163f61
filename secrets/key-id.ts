import { createHash } from "node:crypto";

/**
 * A short name of a key that gives nothing of it away: servers carry it as a tag, so that everybody can see which key they
 * run with.
 */
export function keyId(key: string): string {
  return createHash("sha256").update(`headwater encryption key ${key}`).digest("hex").slice(0, 16);
}

/** The tags a server shows of the keys it was started with. Tags are lower-case. */
export const KEY_TAG = "headwater-key:";
export const PREVIOUS_KEY_TAG = "headwater-previous-key:";

/** The tag of a server that stores in the clear; a server without any tag of keys says nothing about them. */
export const NO_KEY_TAG = `${KEY_TAG}none`;
