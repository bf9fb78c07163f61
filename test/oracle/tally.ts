import type { Asset } from "./asset";
import type { Lane } from "./lanes";
import type { Outcome } from "./oracle";
import { differences, type Step } from "./run-topology";

/** One way in which preflight and the server differ, with the first topology that showed it. */
export interface Disagreement {
  readonly difference: string;
  readonly assets: readonly Asset[];
  readonly lane: Lane;
  readonly step: Step;
  count: number;
}

/** What was seen over many topologies. */
export interface Tally {
  readonly add: (outcome: Outcome) => void;
  readonly topologies: () => number;
  /** Topologies every asset of which the server accepted. */
  readonly sound: () => number;
  readonly disagreements: () => Disagreement[];
  /** How often each error code was refused with. */
  readonly refusals: () => Record<number, number>;
}

/** The same difference, whatever the names in it and whatever else is wrong. */
export function signature(step: Step): string {
  return (step.difference ?? "")
    .replace(/ \(.*\) for another reason/, "")
    .replace(/'[^']*'|"[^"]*"|\{\{.*\}\}/g, "…")
    .replace(/ (\S*\.)?(\*|>)\S*/g, " …");
}

export function newTally(): Tally {
  const found = new Map<string, Disagreement>();
  const refusals: Record<number, number> = {};
  let topologies = 0;
  let sound = 0;
  const addDifference = ({ assets, lane }: Outcome, step: Step & { difference: string }) => {
    const key = signature(step);
    const known = found.get(key) ?? { difference: step.difference, assets, lane, step, count: 0 };
    known.count++;
    found.set(key, known);
  };
  return {
    add: (outcome) => {
      const { steps } = outcome;
      topologies++;
      if (steps.every(({ verdict }) => verdict.accepted)) sound++;
      for (const { verdict } of steps)
        if (!verdict.accepted) refusals[verdict.code] = (refusals[verdict.code] ?? 0) + 1;
      for (const step of differences(steps)) addDifference(outcome, step);
    },
    topologies: () => topologies,
    sound: () => sound,
    disagreements: () => [...found.values()].sort((a, b) => b.count - a.count),
    refusals: () => refusals,
  };
}
