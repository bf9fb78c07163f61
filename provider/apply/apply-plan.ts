import type { AssetFacts } from "../../changes/asset-facts";
import type { Change } from "../../changes/change";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { Finding, SpecKind } from "../../model/finding";
import type { Driver, Fields, Live } from "../driver";
import type { DeclaredAsset } from "../plan-assets";
import type { Writer } from "../write-asset";

/** What is to be done with one asset. */
export type ApplyAction = "create" | "update" | "adopt" | "delete" | "none";

/** An asset that files declare, and the edits of it that are meant. */
export interface ApplyAsset extends DeclaredAsset {
  readonly allow?: readonly Acknowledgment[];
}

/** What an account is to be made. */
export interface ApplyRequest {
  readonly declared: readonly ApplyAsset[];
  /** `PROJECT/STACK` of the stamps. */
  readonly owner: string;
  /** Take over assets without a stamp. */
  readonly adopt: boolean;
  /** `PROJECT/STACK` whose assets are taken over as well. */
  readonly adoptFrom?: string;
  /** Delete what carries the owner's stamp and is not declared. */
  readonly prune: boolean;
  /** Assets that may be deleted with what they hold, by their names on the server: `HEADWATER_ALLOW_DELETE`. */
  readonly allowDelete?: string;
}

/** One asset and what is to be done with it. */
export interface ApplyStep {
  readonly kind: SpecKind;
  readonly name: string;
  /** The name on the server. */
  readonly target: string;
  readonly action: ApplyAction;
  readonly changes: readonly Change[];
  readonly facts: AssetFacts;
  readonly driver: Driver;
  /** Of an asset to delete: what identifies it. */
  readonly spec: Fields;
  readonly writer: Writer;
  /** As the server has it. */
  readonly live?: Live;
}

/** Everything that is to be done, and what stands against it. */
export interface ApplyPlan {
  readonly steps: readonly ApplyStep[];
  /** Nothing may be done while there is one. */
  readonly refusals: readonly Finding[];
}
