import { KEY_TAG, PREVIOUS_KEY_TAG } from "../secrets/key-id";
import type { RunningKeys, RunningServer } from "../secrets/running-keys";
import { isHealthy } from "./cluster-ready";
import { ask } from "./monitor";
import { pidOf } from "./processes";
import { monitorOf, type Runtime } from "./runtime";
import type { LocalServer, LocalState, Started } from "./state";

type Asking = Pick<Runtime, "home" | "cwd" | "spec">;

/**
 * The encryption keys servers store with. Each server that runs is asked; one that runs and does not answer leaves nobody
 * knowing. Of one that does not run, it is known what it was last started with.
 */
export async function runningKeysOf(
  runtime: Asking,
  { servers, started }: Pick<LocalState, "servers" | "started">,
): Promise<RunningKeys> {
  const running: RunningServer[] = [];
  for (const server of servers.filter(({ name, witness }) => !witness && started[name])) {
    const { name } = server;
    const keys = pidOf(runtime.home, name) ? await askKeys(runtime, server) : started[name];
    if (!keys) return { unknown: `${name} does not answer` };
    running.push(...held(name, keys));
  }
  return running;
}

type Keys = Pick<Started, "key" | "previousKey" | "opened">;

async function askKeys(runtime: Asking, server: LocalServer): Promise<Keys | undefined> {
  const monitor = monitorOf(runtime, server);
  const state = await ask<{ tags?: string[] }>(monitor, "/varz");
  if (!state) return undefined;
  const tag = (prefix: string) => state.tags?.find((each) => each.startsWith(prefix))?.slice(prefix.length);
  const [key, previousKey] = [tag(KEY_TAG), tag(PREVIOUS_KEY_TAG)];
  return {
    ...(key && { key }),
    ...(previousKey && { previousKey }),
    ...((await isHealthy(monitor)) && { opened: true }),
  };
}

// Until it has opened everything, some of what a server stores may be of the key before.
function held(server: string, { key, previousKey, opened }: Keys): RunningServer[] {
  const ids = opened || !previousKey ? [key] : [key, previousKey];
  return ids.map((id) => ({ server, ...(id && { key: id }), ...(previousKey && { previousKey }) }));
}
