import type { Asset } from "./asset";
import { judgeWith } from "./judge";
import { differences, runTopology, type Step } from "./run-topology";
import type { Account } from "./server-verdict";
import type { Setting } from "./setting";
import { shrink } from "./shrink";
import { type Disagreement, signature } from "./tally";

/** A disagreement with nothing in it that it does not need. */
export interface SmallestCase {
  readonly assets: readonly Asset[];
  readonly step: Step;
}

export async function smallestCase(
  { assets, step }: Disagreement,
  account: Account,
  { version, servers }: Setting,
): Promise<SmallestCase> {
  const judge = judgeWith({ version, servers, streams: [] });
  const wanted = signature(step);
  let smallest: SmallestCase = { assets, step };
  await shrink(assets, async (candidate) => {
    const found = differences(await runTopology(candidate, account, judge)).find((one) => signature(one) === wanted);
    if (found) smallest = { assets: candidate, step: found };
    return found !== undefined;
  });
  return smallest;
}
