import { KEY_TAG, PREVIOUS_KEY_TAG } from "../secrets/key-id";
import type { RunningKeys, RunningServer } from "../secrets/running-keys";
import { ask } from "./monitor";
import { monitorOf, type Runtime } from "./runtime";
import type { LocalServer } from "./state";

/** The encryption keys servers run with, asked of each of them: where one does not answer, nobody knows. */
export async function runningKeysOf(
  runtime: Pick<Runtime, "home" | "cwd" | "spec">,
  servers: readonly LocalServer[],
): Promise<RunningKeys> {
  const running: RunningServer[] = [];
  for (const server of servers.filter(({ witness }) => !witness)) {
    const state = await ask<{ tags?: string[] }>(monitorOf(runtime, server), "/varz");
    if (!state) return { unknown: `${server.name} does not answer` };
    const tag = (prefix: string) => state.tags?.find((each) => each.startsWith(prefix))?.slice(prefix.length);
    const [key, previousKey] = [tag(KEY_TAG), tag(PREVIOUS_KEY_TAG)];
    running.push({ server: server.name, ...(key && { key }), ...(previousKey && { previousKey }) });
  }
  return running;
}
