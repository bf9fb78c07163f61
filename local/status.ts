import { effectiveCluster } from "../model/cluster/effective";
import { isHealthy } from "./cluster-ready";
import { type ConnectFacts, connectFacts } from "./connect-facts";
import { serverFolder } from "./home";
import { ask } from "./monitor";
import { pidOf } from "./processes";
import type { LocalRun } from "./run";
import { clientUrl, monitorOf } from "./runtime";
import { type LocalServer, type LocalState, requireState } from "./state";
import { readStreams, type StoredStream } from "./streams";

export type ServerCondition = "healthy" | "not healthy" | "stopped";

/** One server, as it is now. */
export interface ServerStatus {
  readonly name: string;
  readonly condition: ServerCondition;
  readonly witness: boolean;
  readonly client: string;
  readonly monitor: string;
  readonly pid?: number;
  /** Version of the nats-server that runs. */
  readonly version?: string;
  /** Folder of its configuration, its log and its store. */
  readonly folder: string;
}

/** A local cluster, as it is now. */
export interface LocalStatus {
  readonly name: string;
  readonly folder: string;
  readonly size: number;
  readonly servers: readonly ServerStatus[];
  /** What the servers that run hold. */
  readonly streams: readonly StoredStream[];
  readonly connect: ConnectFacts;
}

export async function localStatus(run: LocalRun, state: LocalState = requireState(run.home)): Promise<LocalStatus> {
  const { spec } = state;
  const of = { ...run, spec };
  return {
    name: run.home.name,
    folder: run.home.folder,
    size: effectiveCluster(spec).size,
    servers: await Promise.all(state.servers.map((server) => serverStatus(of, server))),
    streams: await readStreams(of, state.servers),
    connect: connectFacts(run, spec, state.servers),
  };
}

async function serverStatus(run: LocalRun & Pick<LocalState, "spec">, server: LocalServer): Promise<ServerStatus> {
  const monitor = monitorOf(run, server);
  const pid = pidOf(run.home, server.name);
  const version = pid && (await ask<{ version: string }>(monitor, "/varz"))?.version;
  const healthy = pid !== undefined && (await isHealthy(monitor));
  return {
    name: server.name,
    condition: pid === undefined ? "stopped" : healthy ? "healthy" : "not healthy",
    witness: server.witness === true,
    client: clientUrl(run.spec, server),
    monitor: monitor.url,
    ...(pid !== undefined && { pid }),
    ...(version && { version }),
    folder: serverFolder(run.home, server.name),
  };
}
