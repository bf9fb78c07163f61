import type { Asset } from "./asset";
import { type Judge, judgeWith } from "./judge";
import type { Lane } from "./lanes";
import { differences, runTopology, type Step } from "./run-topology";

/** One topology both sides judged. */
export interface Outcome {
  readonly assets: readonly Asset[];
  readonly lane: Lane;
  readonly steps: readonly Step[];
}

/** Runs topologies in all accounts at once, each time the same ones in the same; stops early when told so. */
export async function runOracle(
  lanes: readonly Lane[],
  topologies: Iterator<Asset[]>,
  done: (outcome: Outcome) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  const next = dealer(lanes, topologies);
  const work = async (lane: Lane) => {
    const judge = judgeWith(lane.facts);
    for (let assets = next(lane); assets && !stopped(); assets = next(lane))
      done({ assets, lane, steps: await runRepeatably(assets, lane, judge) });
  };
  await Promise.all(lanes.map(work));
}

const CALM_MS = 500;

/**
 * Creates assets in an empty account. A cluster may still be at the topology before when it answers, and an older server at
 * a consumer of its own: what disagrees counts when it does so again in peace.
 */
export async function runRepeatably(assets: Asset[], { account }: Lane, judge: Judge): Promise<Step[]> {
  const steps = await runTopology(assets, account, judge);
  if (differences(steps).length === 0) return steps;
  await account.clear();
  await new Promise((resolve) => setTimeout(resolve, CALM_MS));
  return runTopology(assets, account, judge);
}

// In turn, however fast one of them is.
function dealer(lanes: readonly Lane[], topologies: Iterator<Asset[]>): (lane: Lane) => Asset[] | undefined {
  const hands = new Map(lanes.map((lane): [Lane, Asset[][]] => [lane, []]));
  let dealt = 0;
  return (lane) => {
    const hand = hands.get(lane) ?? [];
    while (hand.length === 0) {
      const { value: assets, done } = topologies.next();
      if (done) return undefined;
      hands.get(lanes[dealt++ % lanes.length] as Lane)?.push(assets);
    }
    return hand.shift();
  };
}
