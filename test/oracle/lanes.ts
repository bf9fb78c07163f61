import { type Authenticator, connect } from "@nats-io/transport-node";
import { startCluster, startServer, urlsOf } from "../support/nats";
import type { AccountLimits } from "./account-limits";
import { operatorAccounts } from "./operator";
import { type Account, liveAccount } from "./server-verdict";
import type { Setting } from "./setting";

/** Accounts of one server or cluster: topologies in them do not see each other. */
export interface Lanes {
  readonly setting: Setting;
  readonly accounts: readonly Account[];
  readonly stop: () => Promise<void>;
}

/** Starts a server, or a cluster of three, with an account for each of these limits. */
export async function startLanes(setting: Setting, limits: readonly AccountLimits[]): Promise<Lanes> {
  const { config, logins } = operatorAccounts(limits);
  const options = { version: setting.version, config };
  const servers = setting.servers === 1 ? [await startServer(options)] : await startCluster(options);
  const open = (authenticator: Authenticator) => connect({ servers: urlsOf(servers).split(","), authenticator });
  const connections = await Promise.all(logins.map(open));
  return {
    setting,
    accounts: connections.map(liveAccount),
    stop: async () => {
      await Promise.allSettled(connections.map((nc) => nc.close()));
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** Limits of so many accounts that have none. */
export function unlimited(count: number): AccountLimits[] {
  return Array.from({ length: count }, () => ({}));
}
