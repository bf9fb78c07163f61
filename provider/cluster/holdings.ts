import type { ClusterServer } from "./servers";
import { fromAll, type System } from "./system";

/** A stream and the servers that hold a replica of it. */
export interface HeldStream {
  /** Name of the account, or its public key in operator mode. */
  readonly account: string;
  readonly stream: string;
  /** While it moves, more than its replicas. */
  readonly servers: readonly string[];
  readonly replicas: number;
}

type Wire = Readonly<Record<string, unknown>>;

// Without a limit a server tells of 1,024 accounts.
const LOOK = { accounts: true, streams: true, config: true, limit: 1_000_000 };

/**
 * Where every stream of every account is: what each server says it holds, and what a stream's leader says of servers that
 * do not answer. A stream whose only server is gone is not seen: nobody else knows it.
 */
export async function readHoldings(system: System, servers: readonly ClusterServer[]): Promise<HeldStream[]> {
  const replies = await system.ask("$SYS.REQ.SERVER.PING.JSZ", LOOK, fromAll(servers.map(({ name }) => name)));
  const views = replies.flatMap(({ server, data }) => {
    const { name } = server as { name: string };
    return streamsOf((data ?? {}) as Wire).map((view) => ({ ...view, by: name }));
  });
  const byStream = new Map<string, typeof views>();
  for (const view of views) {
    const key = `${view.account}/${view.stream}`;
    byStream.set(key, [...(byStream.get(key) ?? []), view]);
  }
  return [...byStream.values()].map((views) => {
    const [{ account, stream, copies }] = views as [(typeof views)[number]];
    const led = views.filter(({ by, leader }) => by === leader);
    // While it has no leader, whatever any of its servers says counts.
    const named = (led.length > 0 ? led : views).flatMap(({ leader, replicas }) => [leader, ...replicas]);
    const servers = new Set([...views.map(({ by }) => by), ...named].filter((name) => name !== ""));
    return { account, stream, servers: [...servers].sort(), replicas: copies };
  });
}

// server/monitor.go JSInfo: `name` is for people, `id` is what requests need.
function streamsOf({ account_details }: Wire) {
  const accounts = (account_details ?? []) as Wire[];
  return accounts.flatMap(({ id, stream_detail }) =>
    ((stream_detail ?? []) as Wire[]).map(({ name, cluster, config }) => {
      const { leader, replicas } = (cluster ?? {}) as Wire;
      const names = ((replicas ?? []) as Wire[]).map((replica) => String(replica.name));
      const copies = Number((config as Wire | undefined)?.num_replicas ?? 1);
      return { copies, account: String(id), stream: String(name), leader: String(leader ?? ""), replicas: names };
    }),
  );
}

/** `A/ORDERS`. */
export const keyOf = ({ account, stream }: HeldStream): string => `${account}/${stream}`;

/** `A/ORDERS, A/EVENTS and 3 more`. */
export function nameStreams(streams: readonly HeldStream[], most = 10): string {
  const names = streams.map(keyOf).sort();
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")} and ${more} more` : names.join(", ");
}
