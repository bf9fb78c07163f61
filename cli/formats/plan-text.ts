import { type Change, type ChangeFamily, changeClasses, familyOf, isDangerous, isRefused } from "../../changes/change";
import { describe } from "../../changes/describe";
import type { AssetPlan } from "../../provider/plan-assets";
import { noPaint, type Paint } from "../color";
import type { Plan } from "../plan-report";

// What is read first: what hurts most.
const ORDER: readonly ChangeFamily[] = ["RC", "DL", "OW", "BC", "GD", "IN", "UP"];

/** For people: what is made, what is changed and what that does, a summary at the end. */
export function planText(plan: Plan, paint: Paint = noPaint): string {
  const entries = plan.assets.filter(({ action }) => action !== "none").map((asset) => entry(asset, paint));
  return [...entries, `${summary(plan, paint)}\n`].join("\n");
}

function entry(asset: AssetPlan, paint: Paint): string {
  const { kind, name, action, changes } = asset;
  const head = `${paint.place(`${action} ${kind} "${name}"`)}\n`;
  const sorted = [...changes].sort((a, b) => ORDER.indexOf(familyOf(a.code)) - ORDER.indexOf(familyOf(b.code)));
  return head + sorted.map((change) => line(change, asset, paint)).join("");
}

function line(change: Change, { facts }: AssetPlan, paint: Paint): string {
  const { problem, remedy } = describe(change, facts);
  const family = familyOf(change.code);
  const label = paintOf(change, paint)(`${change.code} ${changeClasses[family]}`);
  const text = `  ${label}: ${change.field} ${problem}.\n`;
  return remedy ? `${text}    ${remedy}\n` : text;
}

function paintOf(change: Change, paint: Paint): (text: string) => string {
  if (isRefused(change) || familyOf(change.code) === "DL") return paint.error;
  return isDangerous(change) ? paint.warning : paint.success;
}

function summary({ assets, server, version }: Plan, paint: Paint): string {
  const count = (action: string) => assets.filter((asset) => asset.action === action).length;
  const changes = assets.flatMap((asset) => asset.changes);
  const classes = ORDER.map((family) => {
    const found = changes.filter((change) => familyOf(change.code) === family);
    const harmful = found.some((change) => isDangerous(change) || isRefused(change));
    return harmful ? `${found.length} × ${changeClasses[family]}` : "";
  }).filter(Boolean);
  const harm = classes.length > 0 ? ` (${classes.join(", ")})` : "";
  const text = `${count("create")} to create, ${count("update")} to update${harm}, ${count("none")} unchanged`;
  const color = classes.length > 0 ? paint.warning : paint.success;
  return `${color(text)}, on nats-server ${version} at ${server}`;
}
