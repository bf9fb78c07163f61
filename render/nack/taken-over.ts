import { declaredName } from "../../model/declared";
import type { Finding } from "../../model/finding";
import type { RenderedAsset } from "./rendered-assets";

/**
 * Said where NACK may edit an asset for the first time: it was not to, so that the server need not have what was rendered
 * before, and nobody judged going from what it has.
 */
export function takenOver({ declared, preventUpdate }: RenderedAsset): Finding[] {
  if (!preventUpdate) return [];
  return [
    {
      code: "NK403",
      severity: "warning",
      kind: declared.kind,
      name: declaredName(declared),
      field: "preventUpdate",
      problem:
        "true -> false: from now on NACK makes the server have what is declared, and what it has instead is not known here, if the asset was there before its resource or an edit was never made",
      remedy: 'Compare it first with headwater plan; to leave the server alone, set updates to "never".',
    },
  ];
}
