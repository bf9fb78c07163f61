import { withLock } from "./lock";
import { stopServers } from "./processes";
import type { LocalRun } from "./run";
import { requireState } from "./state";

/** Ends the servers of a local cluster; what they store stays. Answers those that ran. */
export async function stop(run: LocalRun): Promise<string[]> {
  requireState(run.home);
  return withLock(run.home, () =>
    stopServers(
      run.home,
      requireState(run.home).servers.map(({ name }) => name),
    ),
  );
}
