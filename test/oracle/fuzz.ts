import { topologyOf } from "./asset";
import { laneLimits } from "./lane-limits";
import { startLanes } from "./lanes";
import { runOracle } from "./oracle";
import { title } from "./run-topology";
import type { Setting } from "./setting";
import { smallestCase } from "./smallest-case";
import { newTally, type Tally } from "./tally";
import { topologies } from "./topologies";

export interface FuzzOptions extends Setting {
  readonly count: number;
  readonly seed: number;
}

const MOST_SHOWN = 25;
const TERMINAL_MS = 1_000;
const LOG_MS = 60_000;

/** How a run ended, and the line that says so. */
export interface FuzzResult {
  readonly disagreements: number;
  readonly stopped: boolean;
  readonly line: string;
}

/** Compares preflight with a server on random topologies. */
export async function fuzz({ count, seed, ...setting }: FuzzOptions): Promise<FuzzResult> {
  const { lanes, stop: stopServers } = await startLanes(setting, laneLimits);
  const tally = newTally();
  let stopped = false;
  let stop = () => {};
  // The signal reaches the servers too: nothing that is under way is waited for.
  const interrupted = new Promise<void>((resolve) => {
    stop = () => {
      stopped = true;
      resolve();
    };
  });
  process.once("SIGINT", stop);
  const ticking = progress(tally, count);
  const work = async () => {
    await runOracle(lanes, topologies(setting, seed, count), tally.add, () => stopped);
    clearInterval(ticking);
    await show(tally, () => stopped);
  };
  try {
    await Promise.race([interrupted, work().catch((error) => (stopped ? undefined : Promise.reject(error)))]);
  } finally {
    clearInterval(ticking);
    process.off("SIGINT", stop);
    await stopServers();
  }
  return summary(tally, stopped);
}

function progress(tally: Tally, count: number): NodeJS.Timeout {
  const started = Date.now();
  const line = () => {
    const rate = (tally.topologies() / ((Date.now() - started) / 1000)).toFixed(0);
    return `  ${tally.topologies()} of ${count}, ${rate} per second, ${total(tally)} disagreements`;
  };
  const terminal = process.stdout.isTTY;
  const print = () => (terminal ? process.stdout.write(`\r${line()}`) : console.log(line()));
  return setInterval(print, terminal ? TERMINAL_MS : LOG_MS);
}

async function show(tally: Tally, stopped: () => boolean): Promise<void> {
  for (const disagreement of tally.disagreements().slice(0, MOST_SHOWN)) {
    if (stopped()) return;
    const { assets, step } = await smallestCase(disagreement);
    const { limits, tiers } = disagreement.lane.facts;
    console.log(`\n${step.difference} (${disagreement.count} times)\n  ${title(step.asset)} in`);
    console.log(`  ${JSON.stringify(topologyOf(assets))}`);
    if (limits || tiers) console.log(`  in an account of ${JSON.stringify({ limits, tiers })}`);
  }
}

function summary(tally: Tally, stopped: boolean): FuzzResult {
  const refused = Object.entries(tally.refusals()).map(([code, times]) => `${code} ${times}×`);
  console.log(`\n${tally.sound()} topologies accepted whole; refused: ${refused.join(", ") || "nothing"}`);
  if (stopped) console.log("Stopped before the end.");
  const line = `${tally.topologies()} topologies, ${total(tally)} disagreements`;
  return { disagreements: total(tally), stopped, line };
}

function total(tally: Tally): number {
  return tally.disagreements().reduce((sum, { count }) => sum + count, 0);
}
