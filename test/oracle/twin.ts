import type { TopologySpec } from "../../model/topology-spec";
import type { AccountLimits } from "./account-limits";

/** A topology a server refuses for one reason, and one as like it as can be that is accepted. */
export interface Twin {
  /** The rule the refused one breaks. */
  readonly code: string;
  /**
   * Rules that cannot but be broken too.
   * @default - none
   */
  readonly beside?: readonly string[];
  readonly refused: TopologySpec;
  readonly accepted: TopologySpec;
  /**
   * First server version that refuses.
   * @default - every supported one
   */
  readonly since?: string;
  /**
   * Servers it takes to show.
   * @default 1
   */
  readonly servers?: number;
  /** @default - an account without limits */
  readonly account?: AccountLimits;
}
