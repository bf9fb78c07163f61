import type { ClusterChangeCode } from "../changes/cluster/cluster-change";
import { planClusterChange } from "../changes/cluster/plan-cluster-change";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";
import { throwFindings } from "../model/finding";
import { judgeServerKeys } from "../secrets/server-keys";
import { localFinding, throwLocal } from "./finding";
import { hasSystemUser } from "./local-spec";
import { ask } from "./monitor";
import { runningKeysOf } from "./running-keys";
import { monitorOf, type Runtime } from "./runtime";
import type { LocalServer, LocalState } from "./state";
import { readStreams, streamsOnDisk } from "./streams";

/** Throws what speaks against a spec after the one before it: nothing was changed yet. */
export async function checkChange(
  runtime: Runtime,
  before: LocalState,
  wanted: ClusterSpec,
  leaving: readonly LocalServer[],
): Promise<void> {
  checkStandalone(runtime, before, wanted);
  throwFindings(identityFindings(before.spec, wanted));
  throwFindings(await keyFindings(runtime, before));
  if (leaving.length > 0) await checkLeaving(runtime, before, wanted, leaving);
}

function checkStandalone(runtime: Runtime, before: LocalState, wanted: ClusterSpec): void {
  const [was, is] = [effectiveCluster(before.spec).standalone, effectiveCluster(wanted).standalone];
  // A cluster counts streams as its own or deletes them; a single server does not read what a cluster has stored.
  if (was === is || streamsOnDisk(runtime, before.servers).length === 0) return;
  const [problem, remedy] = was
    ? [
        "cannot become false in place: the streams of the server would be deleted",
        "Start a cluster of another name beside it and move the streams: docs/moving-to-a-cluster.md.",
      ]
    : [
        "cannot become true in place: the streams of the cluster would be lost",
        "Keep a cluster of one with standalone: false, or move the streams to a server of another name.",
      ];
  throwLocal("LC109", runtime.home.name, "standalone", problem, remedy);
}

// What else is refused in place is judged here by what the servers run and store.
const IDENTITY: readonly ClusterChangeCode[] = ["CG201", "CG206"];

function identityFindings(from: ClusterSpec, to: ClusterSpec) {
  const refused = planClusterChange(from, to).filter(({ code }) => IDENTITY.includes(code));
  return refused.map(({ code, name, field, remedy }) =>
    localFinding(code, name, field, "cannot change in place", remedy ?? "Keep it."),
  );
}

async function keyFindings(runtime: Runtime, { spec, servers, started }: LocalState) {
  const changed = servers.filter(({ name }) => started[name] && started[name].key !== runtime.keyIdsOf(name).key);
  if (changed.length === 0) return [];
  const running = await runningKeysOf({ ...runtime, spec }, { servers: changed, started });
  const [first] = changed;
  const restart = effectiveCluster(spec).standalone ? "standalone" : "clustered";
  return judgeServerKeys(runtime.keyIdsOf(first?.name ?? ""), running, { name: runtime.home.name, restart });
}

async function checkLeaving(
  runtime: Runtime,
  { spec, servers }: LocalState,
  wanted: ClusterSpec,
  leaving: readonly LocalServer[],
): Promise<void> {
  const { home } = runtime;
  const { size } = effectiveCluster(wanted);
  const names = leaving.map(({ name }) => name).join(", ");
  if (!hasSystemUser(wanted))
    throwLocal(
      "LC110",
      home.name,
      "size",
      `cannot become ${size}: nobody here can log in to the system account and empty ${names}`,
      "Empty and remove them with a user of the system account, or keep the size.",
    );
  const silent = [];
  for (const server of servers)
    if (!(await ask(monitorOf({ ...runtime, spec }, server), "/varz"))) silent.push(server.name);
  if (silent.length > 0)
    throwLocal(
      "LC111",
      home.name,
      "size",
      `cannot become ${size} while ${silent.join(", ")} ${silent.length === 1 ? "does" : "do"} not answer`,
      "Run up with the size it had, then with the smaller one.",
    );
  const streams = (await readStreams({ ...runtime, spec }, servers)).filter(({ replicas }) => replicas > size);
  throwFindings(
    streams.map(({ account, name, replicas }) =>
      localFinding(
        "LC112",
        home.name,
        "size",
        `is ${size}, and stream ${account}/${name} has ${replicas} replicas`,
        `Lower its replicas to ${size} or less first.`,
        size,
      ),
    ),
  );
}
