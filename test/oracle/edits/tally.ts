import { compare } from "./compare";
import type { Answer, Outcome } from "./try-edit";

/** What many edits came to. */
export interface Tally {
  readonly tried: number;
  readonly lostUnannounced: number;
  readonly recreatedNeedlessly: number;
  readonly answers: Readonly<Partial<Record<Answer, number>>>;
}

/** Adds up outcomes of one version. */
export function tallyOf(outcomes: readonly Outcome[], version: string): Tally {
  const answers: Partial<Record<Answer, number>> = {};
  let [lostUnannounced, recreatedNeedlessly] = [0, 0];
  for (const outcome of outcomes) {
    const found = compare(outcome, version);
    answers[outcome.answer] = (answers[outcome.answer] ?? 0) + 1;
    lostUnannounced += found.lostUnannounced;
    recreatedNeedlessly += found.recreatedNeedlessly ? 1 : 0;
  }
  const tried = outcomes.length - (answers.skipped ?? 0);
  return { tried, lostUnannounced, recreatedNeedlessly, answers };
}

/** The line a run ends with. */
export function lineOf(tallies: readonly Tally[]): string {
  const sum = (key: "tried" | "lostUnannounced" | "recreatedNeedlessly") =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  return `${sum("tried")} edits tried, ${sum("lostUnannounced")} messages lost unannounced, ${sum("recreatedNeedlessly")} recreated needlessly`;
}
