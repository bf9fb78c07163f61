import type { Duration } from "../model/units";
import type { KeyedCertificate } from "./sign-certificate";

/**
 * A new authority is brought in by three steps: `trust`, peers trust both and the old one signs; `sign`, peers trust both
 * and the new one signs; `drop`, peers trust the new one alone.
 */
export const AUTHORITY_PHASES = ["trust", "sign", "drop"] as const;

export type AuthorityPhase = (typeof AUTHORITY_PHASES)[number];

/** What a program asks of an authority. */
export interface AuthorityWanted {
  /** How many authorities there shall have been: one more than now makes a new one. */
  readonly rotate: number;
  readonly phase: AuthorityPhase;
}

/** An authority through its rotations. */
export interface AuthorityState extends AuthorityWanted {
  readonly current: KeyedCertificate;
  /** The authority before, while it is trusted. */
  readonly previous?: KeyedCertificate;
}

/** What an authority is called and how long it lasts. */
export interface AuthorityRequest {
  readonly commonName: string;
  readonly validity: Duration;
}
