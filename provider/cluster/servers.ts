import { HeadwaterError } from "../../model/finding";
import { fromAll, type IsComplete, notSystem, type System } from "./system";

/** A server that answers. */
export interface ClusterServer {
  readonly name: string;
  /** Changes with every start. */
  readonly id: string;
  readonly version: string;
  /** Name of its cluster; empty where it is none. */
  readonly cluster: string;
  /** Lower-case. */
  readonly tags: readonly string[];
  readonly jetstream: boolean;
}

type Wire = Readonly<Record<string, unknown>>;

/**
 * Every server that answers, by name; those of all clusters of a super-cluster. Waits longer for those named: one that has
 * just come may not be counted yet.
 */
export function listServers(system: System, names: readonly string[] = []): Promise<ClusterServer[]> {
  const named = fromAll(names);
  return ping(system, (replies) => named(replies) && replies.length >= mostCounted(replies));
}

/** Servers that answer until those named have: they are all that is of interest. */
export function findServers(system: System, names: readonly string[]): Promise<ClusterServer[]> {
  return ping(system, fromAll(names));
}

// server/events.go sendStatsz: every server tells how many there are, itself among them.
function mostCounted(replies: readonly Wire[]): number {
  const counts = replies.map(({ statsz }) => (statsz as Wire | undefined)?.active_servers);
  return counts.every((count) => typeof count === "number") ? Math.max(...counts) : Number.POSITIVE_INFINITY;
}

async function ping(system: System, isComplete: IsComplete): Promise<ClusterServer[]> {
  const replies = await everybody(system, isComplete);
  const servers = replies.map(({ server }) => toServer(server as Wire));
  return servers.sort((a, b) => a.name.localeCompare(b.name));
}

// A connection that was lost a moment ago is back soon: silence is asked again.
async function everybody(system: System, isComplete: IsComplete): Promise<Wire[]> {
  const deadline = Date.now() + system.api.timeoutMs;
  for (;;) {
    const replies = await system.ask("$SYS.REQ.SERVER.PING", {}, isComplete);
    if (replies.length > 0) return replies;
    if (Date.now() > deadline) throw new HeadwaterError([notSystem(system.name)]);
  }
}

function toServer({ name, id, ver, cluster, tags, jetstream }: Wire): ClusterServer {
  return {
    name: String(name),
    id: String(id),
    version: String(ver),
    cluster: String(cluster ?? ""),
    tags: (tags as string[] | undefined) ?? [],
    jetstream: jetstream === true,
  };
}
