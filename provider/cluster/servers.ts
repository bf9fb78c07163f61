import { HeadwaterError } from "../../model/finding";
import { notSystem, type System } from "./system";

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

/** Every server that answers, by name; those of all clusters of a super-cluster. */
export async function listServers(system: System): Promise<ClusterServer[]> {
  const replies = await everybody(system);
  const servers = replies.map(({ server }) => toServer(server as Wire));
  return servers.sort((a, b) => a.name.localeCompare(b.name));
}

// A connection that was lost a moment ago is back soon: silence is asked again.
async function everybody(system: System): Promise<Wire[]> {
  const deadline = Date.now() + system.api.timeoutMs;
  for (;;) {
    const replies = await system.ask("$SYS.REQ.SERVER.PING", {});
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
