import type { AssetPlan } from "../provider/plan-assets";

/** A plan and what it was made against. */
export interface Plan {
  readonly server: string;
  readonly version: string;
  readonly assets: readonly AssetPlan[];
}
