import type { ClusterServer } from "./servers";
import type { System } from "./system";

/** A stream and the servers that hold a replica of it. */
export interface HeldStream {
  /** Name of the account, or its public key in operator mode. */
  readonly account: string;
  readonly stream: string;
  readonly servers: readonly string[];
}

type Wire = Readonly<Record<string, unknown>>;

// Without a limit a server tells of 1,024 accounts.
const LOOK = { accounts: true, streams: true, limit: 1_000_000 };

/**
 * Where every stream of every account is: what each server says it holds, and what a stream's leader says of servers that
 * do not answer. A stream whose only server is gone is not seen: nobody else knows it.
 */
export async function readHoldings(system: System, servers: readonly ClusterServer[]): Promise<HeldStream[]> {
  const replies = await system.ask("$SYS.REQ.SERVER.PING.JSZ", LOOK, servers.length);
  const held = new Map<string, { account: string; stream: string; servers: Set<string> }>();
  for (const { server, data } of replies) {
    const { name } = server as { name: string };
    for (const { account, stream, cluster } of streamsOf((data ?? {}) as Wire)) {
      const key = `${account}/${stream}`;
      const entry = held.get(key) ?? { account, stream, servers: new Set<string>() };
      entry.servers.add(name);
      if (cluster.leader === name) for (const replica of cluster.replicas) entry.servers.add(replica);
      held.set(key, entry);
    }
  }
  return [...held.values()].map((entry) => ({ ...entry, servers: [...entry.servers].sort() }));
}

// server/monitor.go JSInfo: `name` is for people, `id` is what requests need.
function streamsOf({ account_details }: Wire) {
  const accounts = (account_details ?? []) as Wire[];
  return accounts.flatMap(({ id, stream_detail }) =>
    ((stream_detail ?? []) as Wire[]).map(({ name, cluster }) => {
      const { leader, replicas } = (cluster ?? {}) as Wire;
      const names = ((replicas ?? []) as Wire[]).map((replica) => String(replica.name));
      return { account: String(id), stream: String(name), cluster: { leader, replicas: names } };
    }),
  );
}

/** `A/ORDERS, A/EVENTS and 3 more`. */
export function nameStreams(streams: readonly HeldStream[], most = 10): string {
  const names = streams.map(({ account, stream }) => `${account}/${stream}`).sort();
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")} and ${more} more` : names.join(", ");
}
