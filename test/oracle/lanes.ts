import { connect } from "@nats-io/transport-node";
import { startCluster, startServer, type TestServer, urlsOf } from "../support/nats";
import { type Account, liveAccount } from "./server-verdict";
import type { Setting } from "./setting";

/** Accounts of one server or cluster: topologies in them do not see each other. */
export interface Lanes {
  readonly setting: Setting;
  readonly accounts: readonly Account[];
  readonly stop: () => Promise<void>;
}

const name = (lane: number) => `lane${lane}`;

/** Starts a server, or a cluster of three, with so many accounts; `limits` is what each account's JetStream may use. */
export async function startLanes(setting: Setting, count: number, limits = "enabled"): Promise<Lanes> {
  const lines = Array.from(
    { length: count },
    (_, i) => `${name(i)}: { jetstream: ${limits}, users: [{ user: ${name(i)}, password: ${name(i)} }] }`,
  );
  const options = { version: setting.version, config: `accounts { ${lines.join("\n")} }` };
  const servers: TestServer[] = setting.servers === 1 ? [await startServer(options)] : await startCluster(options);
  const connections = await Promise.all(
    lines.map((_, i) => connect({ servers: urlsOf(servers).split(","), user: name(i), pass: name(i) })),
  );
  return {
    setting,
    accounts: connections.map(liveAccount),
    stop: async () => {
      await Promise.allSettled(connections.map((nc) => nc.close()));
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
