import { checkAcknowledgments } from "../changes/acknowledge";
import type { Finding } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import { assetName } from "../preflight/check-spec";
import type { ApplyAsset } from "../provider/apply/apply-plan";

/** What is wrong with the edits that files say are meant: one that names nothing would hide a mistake. */
export function checkAllowed(declared: readonly ApplyAsset[]): Finding[] {
  return declared.flatMap(({ kind, spec, allow }) =>
    allow === undefined ? [] : checkAcknowledgments(kind, assetName(kind, spec), normalizeSpec(kind, spec), allow),
  );
}
