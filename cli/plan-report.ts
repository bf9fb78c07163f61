import { acknowledgmentOf } from "../changes/acknowledge";
import { type Change, isDangerous, isRefused } from "../changes/change";
import type { Acknowledgment } from "../model/acknowledgment";
import type { AssetPlan } from "../provider/plan-assets";

/** What making one asset as it is declared would do, and the edits that are meant. */
export interface PlannedAsset extends AssetPlan {
  readonly allow: readonly Acknowledgment[];
}

/** A plan and what it was made against. */
export interface Plan {
  readonly server: string;
  readonly version: string;
  readonly assets: readonly PlannedAsset[];
}

/** Why a change that does harm is made all the same; `undefined` where nobody said so. */
export function allowedReason({ allow }: Pick<PlannedAsset, "allow">, change: Change): string | undefined {
  return acknowledgmentOf(change, allow)?.reason;
}

/** True for a change that keeps `headwater apply` from its work. */
export function standsAgainst(asset: Pick<PlannedAsset, "allow">, change: Change): boolean {
  return isRefused(change) || (isDangerous(change) && allowedReason(asset, change) === undefined);
}
