import { isDangerous, isRefused, labelOf } from "../../changes/change";
import { describe } from "../../changes/describe";
import { bigintAsText } from "../../model/walk";
import { allowedReason, type Plan } from "../plan-report";

/** For machines; `docs/cli.md` has the shape. */
export function planJson({ server, version, assets }: Plan): string {
  const shown = assets.map((asset) => ({
    kind: asset.kind,
    name: asset.name,
    action: asset.action,
    changes: asset.changes.map((change) => ({
      code: change.code,
      class: labelOf(change),
      dangerous: isDangerous(change),
      refused: isRefused(change),
      allowed: allowedReason(asset, change) ?? null,
      field: change.field,
      from: change.from ?? null,
      to: change.to ?? null,
      ...describe(change, asset.facts),
    })),
  }));
  const count = (action: string) => assets.filter((asset) => asset.action === action).length;
  const summary = { create: count("create"), update: count("update"), unchanged: count("none") };
  return `${JSON.stringify({ version: 1, report: "plan", server, serverVersion: version, assets: shown, summary }, bigintAsText, 2)}\n`;
}
