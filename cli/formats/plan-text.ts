import { type Change, type ChangeFamily, familyOf, isDangerous, isRefused, labelOf } from "../../changes/change";
import { describe } from "../../changes/describe";
import { noPaint, type Paint } from "../color";
import { allowedReason, type Plan, type PlannedAsset, standsAgainst } from "../plan-report";
import { printable } from "./printable";

const ORDER: readonly ChangeFamily[] = ["RC", "DL", "OW", "BC", "GD", "IN", "UP"];

/** For people: what is made, what is changed and what that does, a summary at the end. */
export function planText(plan: Plan, paint: Paint = noPaint): string {
  const entries = plan.assets.filter(({ action }) => action !== "none").map((asset) => entry(asset, paint));
  return [...entries, `${summary(plan, paint)}\n`].join("\n");
}

function entry(asset: PlannedAsset, paint: Paint): string {
  const { kind, name, action, changes } = asset;
  const head = `${paint.place(`${action} ${kind} "${name}"`)}\n`;
  const sorted = [...changes].sort((a, b) => rank(a) - rank(b));
  return head + sorted.map((change) => line(change, asset, paint)).join("");
}

function line(change: Change, asset: PlannedAsset, paint: Paint): string {
  const allowed = allowedLine(change, asset);
  const { remedy } = describe(change, asset.facts);
  return changeLine(change, asset, paint) + (allowed || (remedy ? `    ${remedy}\n` : ""));
}

/** Why a change that does harm is made; nothing where nobody said so. */
export function allowedLine(change: Change, asset: Pick<PlannedAsset, "allow">): string {
  const reason = allowedReason(asset, change);
  return reason === undefined ? "" : `    Allowed: ${printable(reason)}\n`;
}

/** What a change does, in one line. */
export function changeLine(change: Change, { facts }: Pick<PlannedAsset, "facts">, paint: Paint): string {
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
    .flatMap((asset) => asset.changes.filter((change) => standsAgainst(asset, change)))
    .sort((a, b) => rank(a) - rank(b));
  const labels = [...new Set(harmful.map(labelOf))];
  const classes = labels.map((label) => `${harmful.filter((change) => labelOf(change) === label).length} × ${label}`);
  const allowed = assets.flatMap((asset) => asset.changes.filter((change) => allowedLine(change, asset))).length;
  const counted = allowed > 0 ? [...classes, `${allowed} allowed`] : classes;
  const harm = counted.length > 0 ? ` (${counted.join(", ")})` : "";
  const text = `${count("create")} to create, ${count("update")} to update${harm}, ${count("none")} unchanged`;
  const color = classes.length > 0 ? paint.warning : paint.success;
  return `${color(text)}, on nats-server ${version} at ${server}`;
}
