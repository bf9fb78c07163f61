import type { Finding } from "../model/finding";
import type { Waiver } from "../model/waiver";
import type { Level } from "./rule";

/** Something a rule found. `severity` is `error` for a mandatory rule, `warning` for an advisory one. */
export interface PolicyFinding extends Finding {
  /** Id of the rule; `code` is the same, but for what servers would say, which has a code of its own. */
  readonly rule: string;
  readonly level: Exclude<Level, "disabled">;
  /**
   * Which of the accounts the asset is in, in the order they came: two accounts may have assets of one name.
   * @default - it is about none of them alone
   */
  readonly account?: number;
}

/** A finding somebody has lifted for a while. */
export interface WaivedFinding {
  readonly finding: PolicyFinding;
  readonly waiver: Waiver;
  /** Where the waiver is written: `waive[0]`, `headwater.policy.json waivers[0]`. */
  readonly source: string;
}
