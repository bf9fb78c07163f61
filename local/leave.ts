import { rmSync } from "node:fs";
import { evacuate } from "../provider/cluster/evacuate";
import { removePeers } from "../provider/cluster/remove-peers";
import { systemOf } from "../provider/cluster/system";
import { closeConnections } from "../provider/connection";
import type { Settings } from "../provider/settings";
import { configure } from "./configure";
import { converge } from "./converge";
import { serverFolder } from "./home";
import { readSecret } from "./local-secrets";
import { SYSTEM_USER } from "./local-spec";
import { clientFiles, sideFiles } from "./local-tls";
import { stopServers } from "./processes";
import { clientUrl, type Runtime } from "./runtime";
import { type LocalServer, type LocalState, writeState } from "./state";

/**
 * Lets servers leave: they get no stream any more, what they hold moves to the others, the cluster stops counting them, and
 * only then they end. When something cannot move, they stay as they were.
 */
export async function leave(runtime: Runtime, state: LocalState, leaving: readonly LocalServer[]): Promise<LocalState> {
  const names = leaving.map(({ name }) => name);
  const staying = state.servers.filter((server) => !leaving.includes(server));
  const system = systemOf(systemSettings(runtime, staying));
  try {
    await evacuate(system, names, { onProgress: progress(runtime, names) });
    await removePeers(system, names);
  } catch (error) {
    await converge(runtime, state, await configure(runtime, state.servers));
    throw error;
  } finally {
    await closeConnections();
  }
  await stopServers(runtime.home, names);
  for (const name of names) {
    rmSync(serverFolder(runtime.home, name), { recursive: true, force: true });
    runtime.say(`${name}: emptied, removed from the cluster, and stopped`);
  }
  const started = Object.fromEntries(Object.entries(state.started).filter(([name]) => !names.includes(name)));
  return writeState(runtime.home, { ...state, servers: staying, started });
}

function progress({ say }: Runtime, names: readonly string[]) {
  let last = "";
  return ({ moved, left }: { moved: number; left: number }) => {
    const line = `${names.join(", ")}: ${moved} of ${moved + left} streams moved away`;
    if (line !== last && moved + left > 0) say(line);
    last = line;
  };
}

/** The login of the system account, to servers that stay. */
export function systemSettings(runtime: Runtime, servers: readonly LocalServer[]): Settings {
  const { home, cwd, spec } = runtime;
  const side = spec.tls?.client;
  const first = servers[0];
  const tls = side && first && sideFiles(home, cwd, first.name, "client", side);
  const client = clientFiles(home, spec);
  return {
    servers: servers.map((server) => clientUrl(spec, server)),
    name: "headwater local",
    user: SYSTEM_USER,
    password: readSecret(runtime, { secretName: "system", key: "password" }) ?? "",
    ...(side && {
      tls: {
        ...(tls?.caFile && { caFile: tls.caFile }),
        ...(client && { certFile: client.certFile, keyFile: client.keyFile }),
        ...(side.handshakeFirst && { handshakeFirst: true }),
      },
    }),
    apiPrefix: "$JS.API",
    timeoutMs: 30_000,
    connectTimeoutMs: 10_000,
  };
}
