import { HeadwaterError } from "../../model/finding";
import { fromAll, type System, serverFinding } from "./system";

type Wire = Readonly<Record<string, unknown>>;

const LOOK_MS = 500;
// A server that has just come may not know yet what it is to hold: it has to say so again.
const IN_A_ROW = 2;

/**
 * Waits until each server says that everything it holds is healthy: its replicas of streams and consumers have caught up, so
 * that the next server can go.
 */
export async function awaitHealthy(system: System, names: readonly string[], waitMs = 600_000): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (let healthy = 0; ; ) {
    const ill = await illServers(system, names);
    healthy = ill.length === 0 ? healthy + 1 : 0;
    if (healthy === IN_A_ROW) return;
    if (ill.length > 0 && Date.now() > deadline)
      throw new HeadwaterError(ill.map(([name, problem]) => notHealthy(name, problem, waitMs)));
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function illServers(system: System, names: readonly string[]): Promise<(readonly [string, string])[]> {
  const replies = await system.ask("$SYS.REQ.SERVER.PING.HEALTHZ", { details: true }, fromAll(names));
  const states = new Map(replies.map(({ server, data }) => [String((server as Wire).name), (data ?? {}) as Wire]));
  return names.flatMap((name) => {
    const state = states.get(name);
    if (!state) return [[name, "does not answer"] as const];
    return state.status === "ok" ? [] : [[name, problemOf(state)] as const];
  });
}

function problemOf({ status, error, errors }: Wire): string {
  const [first] = (errors ?? []) as Wire[];
  return `is not healthy ("${first?.error ?? error ?? status}")`;
}

function notHealthy(name: string, problem: string, waitMs: number) {
  return serverFinding(
    "CS108",
    name,
    `${problem} after ${waitMs / 1000} s`,
    "No further server is restarted. Mend what it names, then run this again: it goes on where it stopped.",
  );
}
