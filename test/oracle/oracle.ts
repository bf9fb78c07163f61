import type { Asset } from "./asset";
import { judgeWith } from "./judge";
import type { Lanes } from "./lanes";
import { runTopology, type Step } from "./run-topology";
import type { Account } from "./server-verdict";

/** One topology both sides judged. */
export interface Outcome {
  readonly assets: readonly Asset[];
  readonly steps: readonly Step[];
}

/** Runs topologies in every account at once; stops early when told so. */
export async function runOracle(
  { setting, accounts }: Lanes,
  topologies: Iterator<Asset[]>,
  done: (outcome: Outcome) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  const judge = judgeWith({ version: setting.version, servers: setting.servers, streams: [] });
  const work = async (account: Account) => {
    while (!stopped()) {
      const { value: assets, done: none } = topologies.next();
      if (none) return;
      done({ assets, steps: await runTopology(assets, account, judge) });
    }
  };
  await Promise.all(accounts.map(work));
}
