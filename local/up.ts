import { existsSync } from "node:fs";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";
import type { ServerBinary } from "./binary";
import { checkChange } from "./check-change";
import { configure } from "./configure";
import { converge } from "./converge";
import { throwLocal } from "./finding";
import { storableSpec } from "./given-secrets";
import { storeOf } from "./home";
import { leave } from "./leave";
import { ensureKeys, keepsKey } from "./local-keys";
import { withLock } from "./lock";
import { stopServers } from "./processes";
import type { LocalRun } from "./run";
import { type Runtime, runtimeOf } from "./runtime";
import { placeServers } from "./server-places";
import { type LocalServer, type LocalState, readState, writeState } from "./state";

/** What `up` did. */
export interface UpResult {
  readonly state: LocalState;
  /** Servers that were started, restarted, reloaded or removed; 0 when everything was as it is to be. */
  readonly changed: number;
}

/** Makes a local cluster run as its spec says. Safe to repeat: what is as it is to be is left alone. */
export function up(run: LocalRun, spec: ClusterSpec, binary: ServerBinary): Promise<UpResult> {
  return withLock(run.home, async () => {
    checkVersion(run, spec, binary);
    const before = readState(run.home);
    const wanted = storableSpec(run, spec);
    if (keepsKey(wanted)) ensureKeys(run);
    const runtime = runtimeOf(run, wanted, binary, before?.started);
    const target = await placeServers(run, wanted, before?.servers ?? []);
    const leaving = (before?.servers ?? []).filter(({ name }) => !target.some((server) => server.name === name));
    // A secret that is missing is no change of it.
    for (const { name } of target) runtime.variablesOf(name);
    if (before) await checkChange(runtime, before, wanted, leaving);
    const servers = [...target, ...leaving];
    const { spec: applied = wanted, started = {} } = before ?? {};
    const start: LocalState = { version: 1, spec: applied, servers, started, binary: binary.path };
    sayEmptied(run, start);
    // Nothing is stored, or it would have been refused: the servers begin anew.
    if (before && isStandalone(before.spec) !== isStandalone(wanted)) await stopServers(run.home, servers.map(nameOf));
    return apply(runtime, writeState(run.home, start), wanted, leaving);
  });
}

async function apply(
  runtime: Runtime,
  start: LocalState,
  wanted: ClusterSpec,
  leaving: readonly LocalServer[],
): Promise<UpResult> {
  let { state, changed } = await converge(runtime, start, await configure(runtime, start.servers, leaving));
  if (leaving.length > 0) {
    state = await leave(runtime, state, leaving);
    const rest = await converge(runtime, state, await configure(runtime, state.servers));
    state = rest.state;
    changed += leaving.length;
  }
  return { state: writeState(runtime.home, { ...state, spec: wanted }), changed };
}

const nameOf = ({ name }: LocalServer) => name;
const isStandalone = (spec: ClusterSpec) => effectiveCluster(spec).standalone;

function checkVersion({ home }: LocalRun, { version }: ClusterSpec, binary: ServerBinary): void {
  const series = (text: string) => text.split(".").slice(0, 2).join(".");
  if (version === undefined || series(version) === series(binary.version)) return;
  throwLocal(
    "LC113",
    home.name,
    "version",
    `is ${version}, and ${binary.path} is nats-server ${binary.version}`,
    `Name one of that version with --nats-server, or correct the version.`,
  );
}

// A replica fills itself from the others; what was stored once only is gone.
function sayEmptied({ home, say }: LocalRun, { servers, started }: LocalState): void {
  for (const { name, witness } of servers)
    if (started[name] && !witness && !existsSync(storeOf(home, name)))
      say(`${name}: its store is gone; it starts empty, and gets what other servers have`);
}
