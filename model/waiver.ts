/**
 * Says that a policy does not hold for one asset, why, and until when: `{ rule: "jetstream-description-set", reason: "moves
 * away in spring", expires: "2027-03-31" }`. Never reaches a server.
 */
export interface Waiver {
  /** The rule, as the message that refuses says: `jetstream-retention-bounded`. */
  readonly rule: string;
  /** Why this is right; every report shows it. */
  readonly reason: string;
  /** Last day it holds, in UTC, `YYYY-MM-DD`. Afterwards the rule holds again, and the waiver is reported with its age. */
  readonly expires: string;
  /**
   * Where it was agreed.
   * @default - none
   */
  readonly ticket?: string;
}
