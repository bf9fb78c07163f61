import type { Asset } from "./asset";
import { judgeWith } from "./judge";
import { differences, runTopology, type Step } from "./run-topology";
import { shrink } from "./shrink";
import { type Disagreement, signature } from "./tally";

/** A disagreement with nothing in it that it does not need. */
export interface SmallestCase {
  readonly assets: readonly Asset[];
  readonly step: Step;
}

export async function smallestCase({ assets, step, lane }: Disagreement): Promise<SmallestCase> {
  const judge = judgeWith(lane.facts);
  const wanted = signature(step);
  let smallest: SmallestCase = { assets, step };
  await shrink(assets, async (candidate) => {
    const steps = await runTopology(candidate, lane.account, judge);
    const found = differences(steps).find((one) => signature(one) === wanted);
    if (found) smallest = { assets: candidate, step: found };
    return found !== undefined;
  });
  return smallest;
}
