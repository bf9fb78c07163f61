import { connect, type NatsConnection } from "@nats-io/transport-node";
import { startCluster, startServer, urlsOf } from "../support/nats";
import type { AccountLimits } from "./account-limits";
import { operatorAccounts } from "./operator";
import { type Account, liveAccount } from "./server-verdict";
import type { Setting } from "./setting";

/** An account and what preflight is told about it. */
export interface Lane {
  readonly account: Account;
  readonly facts: AccountLimits & Setting & { readonly streams: readonly [] };
}

/** Accounts of one server or cluster: topologies in them do not see each other. */
export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly stop: () => Promise<void>;
}

/** Starts a server, or a cluster of three, with an account for each of these limits. */
export async function startLanes(setting: Setting, limits: readonly AccountLimits[]): Promise<Lanes> {
  const { version, servers: count } = setting;
  const { config, logins } = operatorAccounts(limits);
  const servers = count === 1 ? [await startServer({ version, config })] : await startCluster({ version, config });
  const connections: NatsConnection[] = [];
  const stop = async () => {
    await Promise.allSettled(connections.map((nc) => nc.close()));
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    // One after the other: signing takes long, and the server waits for each log-in no longer than 2 s.
    for (const authenticator of logins)
      connections.push(await connect({ servers: urlsOf(servers).split(","), authenticator }));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    lanes: connections.map((nc, i) => ({
      account: liveAccount(nc),
      facts: { version, servers: count, streams: [], ...limits[i] },
    })),
    stop,
  };
}
