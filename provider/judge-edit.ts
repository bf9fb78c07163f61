import { unacknowledged } from "../changes/acknowledge";
import type { AssetFacts } from "../changes/asset-facts";
import { type Change, isRefused } from "../changes/change";
import { changeFinding, isUnused } from "../changes/describe";
import type { Acknowledgment } from "../model/acknowledgment";
import type { Finding } from "../model/finding";
import { sameStack } from "../model/stamp";
import { dependsOnServer, needsFacts } from "./asset-facts";
import type { Driver } from "./driver";

/** What the server says about an asset that is to be edited; empty when it cannot be asked. */
export interface Answer {
  readonly facts?: AssetFacts;
  readonly server?: string;
}

/** An edit to judge: how to plan it, what the program says about it, and how to ask the server. */
export interface JudgedEdit {
  readonly driver: Driver;
  readonly owner: string;
  readonly plan: (answer: Answer) => readonly Change[];
  readonly allow: readonly Acknowledgment[];
  /** Recreating it is permitted where it cannot be edited. */
  readonly replace: boolean;
  readonly isUnknown?: (value: unknown) => boolean;
  readonly ask: (changes: readonly Change[]) => Promise<Answer>;
}

/** What stands against an edit, and the fields that make it a recreation where that is permitted. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly recreates: readonly string[];
}

// What recreating does not mend: something else has to change first.
const NO_REASON = new Set(["RC102", "RC103", "RC104"]);

/** Judges an edit at its worst, and with what the server says where that matters. */
export async function judgeEdit(edit: JudgedEdit): Promise<Verdict> {
  const worst = edit.plan({});
  const unsure = [...against(worst, edit), ...worst.filter(dependsOnServer)];
  if (!needsFacts(unsure)) return verdict(worst, {}, edit);
  const answer = await edit.ask(unsure);
  const planned = edit.plan(answer);
  // What the server's version makes of an edit may need to be asked in turn.
  const also = against(planned, edit).filter(({ code }) => !unsure.some((asked) => asked.code === code));
  if (!needsFacts(also)) return verdict(planned, answer, edit);
  const full = await edit.ask([...unsure, ...also]);
  return verdict(edit.plan(full), full, edit);
}

// A refused edit, or one that does harm and is not acknowledged.
function against(changes: readonly Change[], edit: JudgedEdit): Change[] {
  const judged = changes.map((change) => recreated(change, edit));
  return [...judged.filter(isRefused), ...unacknowledged(judged, edit.allow, edit.isUnknown)];
}

// Where recreating is permitted, a refused edit discards the asset instead.
function recreated(change: Change, { replace }: JudgedEdit): Change {
  return replace && isRefused(change) && !NO_REASON.has(change.code) ? { ...change, code: "DL110" } : change;
}

function verdict(changes: readonly Change[], { facts }: Answer, edit: JudgedEdit): Verdict {
  const { driver, owner } = edit;
  const recreates = changes.filter((change) => recreated(change, edit).code === "DL110").map(({ field }) => field);
  // Consumers of the same stack are made anew with their stream.
  const foreign = facts?.consumers?.filter((consumer) => !consumer.owner || !sameStack(consumer.owner, owner));
  const alone = { ...facts, ...(foreign && { consumers: foreign }) };
  const unused = isUnused(driver.kind, alone);
  const findings = against(changes, edit)
    .filter(({ code }) => code !== "DL110" || !unused)
    .map((change) => changeFinding(change, isRefused(change) || change.code === "DL110" ? alone : facts));
  return { findings, recreates };
}
