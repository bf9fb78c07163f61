import { unacknowledged } from "../changes/acknowledge";
import type { AssetFacts } from "../changes/asset-facts";
import { type Change, isRefused } from "../changes/change";
import { changeFinding } from "../changes/describe";
import { type PlanOptions, planChange } from "../changes/plan-change";
import type { Finding } from "../model/finding";
import { dependsOnServer, needsFacts } from "./asset-facts";
import type { Driver, Fields } from "./driver";
import type { Intent } from "./intents";

/** What the server says about an asset that is to be edited; empty when it cannot be asked. */
export interface Answer {
  readonly facts?: AssetFacts;
  readonly server?: string;
}

/** An edit to judge: both specs in normal form, what the program says about it, and how to ask the server. */
export interface JudgedEdit extends Omit<PlanOptions, "facts"> {
  readonly driver: Driver;
  readonly name: string;
  readonly from: Fields;
  readonly to: Fields;
  readonly intent: Intent;
  readonly ask: (changes: readonly Change[]) => Promise<Answer>;
}

/** What stands against an edit: what the server refuses, and what does harm and is not acknowledged. */
export async function judgeEdit({ driver, name, from, to, intent, ask, ...options }: JudgedEdit): Promise<Finding[]> {
  const plan = (answer: Answer) => planChange(driver.kind, name, from, to, { ...options, ...answer });
  const worst = plan({});
  const changes = worst.map((change) => (intent.replace ? recreated(change) : change));
  const unsure = [...against(changes, intent), ...changes.filter(dependsOnServer)];
  if (!needsFacts(unsure)) return against(changes, intent).map((change) => changeFinding(change));
  const answer = await ask(unsure);
  const judged = plan(answer).map((change) => (intent.replace ? recreated(change) : change));
  return against(judged, intent)
    .filter((change) => change.code !== "DL110" || answer.facts?.messages !== 0)
    .map((change) => changeFinding(change, answer.facts));
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
