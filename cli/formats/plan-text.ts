import { type Change, type ChangeFamily, familyOf, isDangerous, isRefused, labelOf } from "../../changes/change";
import { describe } from "../../changes/describe";
import type { AssetPlan } from "../../provider/plan-assets";
import { noPaint, type Paint } from "../color";
import type { Plan } from "../plan-report";

const ORDER: readonly ChangeFamily[] = ["RC", "DL", "OW", "BC", "GD", "IN", "UP"];

/** For people: what is made, what is changed and what that does, a summary at the end. */
export function planText(plan: Plan, paint: Paint = noPaint): string {
  const entries = plan.assets.filter(({ action }) => action !== "none").map((asset) => entry(asset, paint));
  return [...entries, `${summary(plan, paint)}\n`].join("\n");
}

function entry(asset: AssetPlan, paint: Paint): string {
  const { kind, name, action, changes } = asset;
  const head = `${paint.place(`${action} ${kind} "${name}"`)}\n`;
  const sorted = [...changes].sort((a, b) => rank(a) - rank(b));
  return head + sorted.map((change) => line(change, asset, paint)).join("");
}

function line(change: Change, { facts }: AssetPlan, paint: Paint): string {
  const { remedy } = describe(change, facts);
  const text = changeLine(change, { facts }, paint);
  return remedy ? `${text}    ${remedy}\n` : text;
}

/** What a change does, in one line. */
export function changeLine(change: Change, { facts }: Pick<AssetPlan, "facts">, paint: Paint): string {
  const label = paintOf(change, paint)(`${change.code} ${labelOf(change)}`);
  return `  ${label}: ${change.field} ${describe(change, facts).problem}.\n`;
}

// What is refused is read first, then what hurts most.
function rank(change: Change): number {
  return isRefused(change) ? -1 : ORDER.indexOf(familyOf(change.code));
}

function paintOf(change: Change, paint: Paint): (text: string) => string {
  if (isRefused(change) || familyOf(change.code) === "DL") return paint.error;
  return isDangerous(change) ? paint.warning : paint.success;
}

function summary({ assets, server, version }: Plan, paint: Paint): string {
  const count = (action: string) => assets.filter((asset) => asset.action === action).length;
  const harmful = assets
    .flatMap((asset) => asset.changes)
    .filter((change) => isDangerous(change) || isRefused(change))
    .sort((a, b) => rank(a) - rank(b));
  const labels = [...new Set(harmful.map(labelOf))];
  const classes = labels.map((label) => `${harmful.filter((change) => labelOf(change) === label).length} × ${label}`);
  const harm = classes.length > 0 ? ` (${classes.join(", ")})` : "";
  const text = `${count("create")} to create, ${count("update")} to update${harm}, ${count("none")} unchanged`;
  const color = classes.length > 0 ? paint.warning : paint.success;
  return `${color(text)}, on nats-server ${version} at ${server}`;
}
