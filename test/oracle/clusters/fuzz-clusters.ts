import type { FuzzResult } from "../fuzz";
import { type ClusterOutcome, clusterJudge, clusters, runClusters } from "./run-clusters";
import { smallestCluster } from "./smallest-cluster";

export interface ClusterFuzzOptions {
  readonly count: number;
  readonly seed: number;
  readonly version: string;
}

const MOST_SHOWN = 15;
const LANES = 2;

/** Compares preflight with servers that are started from random clusters. */
export async function fuzzClusters({ count, seed, version }: ClusterFuzzOptions): Promise<FuzzResult> {
  const lanes = await Promise.all(Array.from({ length: LANES }, () => clusterJudge(version)));
  const specs = clusters(seed, count);
  const found = new Map<string, ClusterOutcome[]>();
  let [done, sound, stopped] = [0, 0, false];
  const stop = () => {
    stopped = true;
  };
  process.once("SIGINT", stop);
  const until = { next: () => (stopped ? { value: undefined as never, done: true } : specs.next()) } as typeof specs;
  const add = (outcome: ClusterOutcome) => {
    done++;
    if (outcome.verdict.accepted) sound++;
    if (outcome.difference) {
      const key = signature(outcome.difference);
      found.set(key, [...(found.get(key) ?? []), outcome]);
    }
  };
  try {
    await Promise.all(lanes.map((lane) => runClusters(lane, until, add)));
    for (const [, [first]] of [...found].slice(0, MOST_SHOWN))
      if (first && !stopped) {
        const smallest = await smallestCluster(first, lanes[0] as (typeof lanes)[0]);
        console.log(`\n${smallest.difference}\n  ${JSON.stringify(smallest.spec)}`);
      }
  } finally {
    process.off("SIGINT", stop);
    await Promise.all(lanes.map((lane) => lane.stop()));
  }
  const disagreements = [...found.values()].reduce((sum, list) => sum + list.length, 0);
  console.log(`\n${sound} clusters started, ${done - sound} refused`);
  return { disagreements, stopped, line: `${done} clusters, ${disagreements} disagreements` };
}

/** The same difference, whatever the names in it. */
export function signature(difference: string): string {
  return difference.replace(/"[^"]*"|\[[^\]]*\]|\S*\.conf\S*|\d+/g, "…");
}
