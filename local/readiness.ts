import { existsSync, readFileSync } from "node:fs";
import { HeadwaterError } from "../model/finding";
import { clusterReady, isHealthy } from "./cluster-ready";
import { localFinding } from "./finding";
import { logOf } from "./home";
import { pidOf } from "./processes";
import { monitorOf, type Runtime } from "./runtime";
import type { LocalServer } from "./state";
import { readStreams } from "./streams";
import { until } from "./until";

const READY_MS = 60_000;

/** Waits until every server is healthy and a cluster has a leader that sees them all; throws what is wrong otherwise. */
export async function waitUntilReady(runtime: Runtime, servers: readonly LocalServer[]): Promise<void> {
  const monitors = servers.map((server) => monitorOf(runtime, server));
  const ended = () => servers.filter(({ name }) => !pidOf(runtime.home, name));
  let ready = false;
  let looks = 0;
  await until(async () => {
    ready = await clusterReady(monitors);
    // A process that has just begun may not show its command line yet.
    looks = ended().length > 0 ? looks + 1 : 0;
    return ready || looks > 2;
  }, runtime.timeoutMs ?? READY_MS);
  if (ready) return;
  const gone = ended();
  if (gone.length > 0) throw new HeadwaterError(gone.map((server) => endedFinding(runtime, server)));
  const healthy = await Promise.all(monitors.map(isHealthy));
  const ill = servers.filter((_, i) => !healthy[i]).map(({ name }) => name);
  throw new HeadwaterError([notReady(runtime, ill.length > 0 ? ill : servers.map(({ name }) => name))]);
}

/** Waits until all replicas of every stream are current: any one server may be lost then. */
export async function waitUntilCurrent(runtime: Runtime, servers: readonly LocalServer[]): Promise<void> {
  const isCurrent = async () => (await readStreams(runtime, servers)).every(({ current }) => current);
  // Twice: the first look may come before a server knows what it is to hold.
  for (let i = 0; i < 2; i++) {
    await waitUntilReady(runtime, servers);
    if (!(await until(isCurrent, runtime.timeoutMs ?? READY_MS)))
      throw new HeadwaterError([
        notReady(
          runtime,
          servers.map(({ name }) => name),
        ),
      ]);
  }
}

function endedFinding({ home }: Runtime, { name }: LocalServer) {
  const log = logOf(home, name);
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  const said = lines.filter((line) => /\[FTL\]|\[ERR\]|nats-server:/.test(line)).at(-1) ?? lines.at(-1) ?? "";
  const reason = said.replace(/^\[\d+\] \S+ \S+ /, "");
  const problem = `server "${name}" ended${reason && ` ("${reason}")`}`;
  return localFinding("LC107", home.name, "", problem, `Its log is ${log}. Run up again once the cause is mended.`);
}

function notReady({ home, timeoutMs = READY_MS }: Runtime, names: readonly string[]) {
  const who = names.map((name) => `"${name}"`).join(", ");
  const problem = `${names.length === 1 ? "server" : "servers"} ${who} did not become healthy within ${timeoutMs / 1000} s`;
  const remedy = `The logs are in ${home.folder}. What was started goes on: run up again, or look with headwater local status.`;
  return localFinding("LC108", home.name, "", problem, remedy);
}
