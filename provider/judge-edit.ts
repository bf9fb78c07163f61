import { unacknowledged } from "../changes/acknowledge";
import type { AssetFacts } from "../changes/asset-facts";
import { type Change, isRefused } from "../changes/change";
import { changeFinding } from "../changes/describe";
import { type PlanOptions, planChange } from "../changes/plan-change";
import type { Finding } from "../model/finding";
import { needsFacts } from "./asset-facts";
import type { Driver, Fields } from "./driver";
import type { Intent } from "./intents";

/** An edit to judge: both specs in normal form, what the program says about it, and how to ask the server. */
export interface JudgedEdit extends Omit<PlanOptions, "facts"> {
  readonly driver: Driver;
  readonly name: string;
  readonly from: Fields;
  readonly to: Fields;
  readonly intent: Intent;
  /** Answers what is known of the live asset; empty when it cannot be asked. */
  readonly ask: (changes: readonly Change[]) => Promise<AssetFacts>;
}

/** What stands against an edit: what the server refuses, and what does harm and is not acknowledged. */
export async function judgeEdit({ driver, name, from, to, intent, ask, ...options }: JudgedEdit): Promise<Finding[]> {
  const plan = (facts?: AssetFacts) => {
    const changes = planChange(driver.kind, name, from, to, { ...options, facts });
    return against(intent.replace ? changes.map(recreated) : changes, intent);
  };
  const worst = plan();
  const asked = planChange(driver.kind, name, from, to, options).filter(({ field }) => field === "consumerLimits");
  const unsure = [...worst, ...asked];
  if (!needsFacts(unsure)) return worst.map((change) => changeFinding(change));
  const facts = await ask(unsure);
  return plan(facts)
    .filter((change) => change.code !== "DL110" || facts.messages !== 0)
    .map((change) => changeFinding(change, facts));
}

function against(changes: readonly Change[], { allow }: Intent): Change[] {
  return [...changes.filter(isRefused), ...unacknowledged(changes, allow)];
}

// Where recreating is permitted, a refused edit discards the asset instead.
function recreated(change: Change): Change {
  return isRefused(change) ? { ...change, code: "DL110" } : change;
}

/** The fields that make a recreation necessary. */
export function recreatingFields(driver: Driver, from: Fields, to: Fields): string[] {
  return planChange(driver.kind, "", from, to)
    .filter(isRefused)
    .map(({ field }) => field);
}
