import { type EvacuateOptions, evacuate, streamsCouldReturn } from "./evacuate";
import { removePeers } from "./remove-peers";
import { listServers } from "./servers";
import type { System } from "./system";

/**
 * Empties servers and takes them out of the cluster's count; they can be stopped then. All at once where tags keep their
 * streams from moving to one another, one after the other where not: some streams then move more than once.
 */
export async function shrink(system: System, names: readonly string[], options?: EvacuateOptions): Promise<void> {
  const together = !streamsCouldReturn(await listServers(system, names), names);
  for (const group of together ? [names] : names.map((name) => [name])) {
    await evacuate(system, group, options);
    await removePeers(system, group);
  }
}
