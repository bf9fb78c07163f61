import { ask } from "./monitor";
import { launch, pidOf, reload, stopServers } from "./processes";
import { waitUntilReady } from "./readiness";
import { clientUrl, monitorOf, type Runtime } from "./runtime";
import { type LocalServer, type LocalState, type Started, writeState } from "./state";
import { until } from "./until";

const RELOAD_MS = 5_000;

/**
 * Makes every server run with what it is to run with: those that do not run are started, a changed configuration is
 * reloaded, and what no reload can change is changed by restarts, one server at a time, each waited for.
 */
export async function converge(
  runtime: Runtime,
  state: LocalState,
  wanted: ReadonlyMap<string, Started>,
): Promise<{ state: LocalState; changed: number }> {
  const { home, say } = runtime;
  const { servers } = state;
  const idle = servers.filter(({ name }) => !pidOf(home, name));
  let current = state;
  for (const server of idle) {
    say(`${server.name}: starting, ${clientUrl(runtime.spec, server)}`);
    current = start(runtime, current, server, wanted);
  }
  await waitUntilReady(runtime, servers);
  current = opened(runtime, current);
  let changed = idle.length;
  for (const server of servers.filter((each) => !idle.includes(each))) {
    const now = wanted.get(server.name) as Started;
    const before = current.started[server.name];
    if (isSame(before, now)) continue;
    changed += 1;
    if (needsOnlyReload(before, now) && (await reloaded(runtime, server))) {
      say(`${server.name}: configuration reloaded`);
      current = writeState(home, { ...current, started: { ...current.started, [server.name]: now } });
    } else {
      say(`${server.name}: restarting`);
      await stopServers(home, [server.name]);
      current = start(runtime, current, server, wanted);
    }
    await waitUntilReady(runtime, servers);
    current = opened(runtime, current);
  }
  return { state: current, changed };
}

function start(
  { home, binary, variables }: Runtime,
  state: LocalState,
  { name }: LocalServer,
  wanted: ReadonlyMap<string, Started>,
): LocalState {
  launch(home, name, binary.path, variables);
  return writeState(home, { ...state, started: { ...state.started, [name]: wanted.get(name) as Started } });
}

// Healthy servers have opened all they store.
function opened({ home }: Runtime, state: LocalState): LocalState {
  if (Object.values(state.started).every((each) => each.opened)) return state;
  const started = Object.entries(state.started).map(([name, each]) => [name, { ...each, opened: true }] as const);
  return writeState(home, { ...state, started: Object.fromEntries(started) });
}

function isSame(before: Started | undefined, now: Started): boolean {
  return before?.config === now.config && before.variables === now.variables && before.binary === now.binary;
}

// A process keeps the variables it was started with.
function needsOnlyReload(before: Started | undefined, now: Started): boolean {
  return before?.variables === now.variables && before.binary === now.binary;
}

// A server that refuses a reload goes on as it was, and shows the time of its last one.
async function reloaded(runtime: Runtime, server: LocalServer): Promise<boolean> {
  const monitor = monitorOf(runtime, server);
  const loadTime = async () => (await ask<{ config_load_time?: string }>(monitor, "/varz"))?.config_load_time;
  const before = await loadTime();
  if (before === undefined) return false;
  reload(runtime.home, server.name);
  return until(async () => ((await loadTime()) ?? before) !== before, RELOAD_MS);
}
