import { type ClusterChange, clusterChangeCodes, isRefusedEdit } from "../../changes/cluster/cluster-change";
import { planClusterChange } from "../../changes/cluster/plan-cluster-change";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { type Finding, throwFindings } from "../../model/finding";
import { isUnknown } from "../../model/unknowns";
import { sameValue } from "../../model/walk";
import type { SecretAcknowledgment } from "../../secrets/secret-acknowledgment";
import { judgeServerKeys, type ServerKeys } from "../../secrets/server-keys";
import type { Fields } from "../driver";
import { runningKeys } from "../running-keys";
import { shrink } from "./shrink";
import { serverFinding } from "./system";
import { createSystemHandler, type Reach } from "./system-handler";

/**
 * Stands before everything that reaches Kubernetes: an edit that would lose data, or that servers would not start with, ends
 * here, and servers that are to go are emptied.
 */
export const clusterChange = createSystemHandler({
  judge: (olds, news) => (isUnknown(news.spec) || !olds.spec ? [] : judgeKnown(olds, news)),
  compared: ["spec", "keys"],
  create: async () => {},
  update: async (reach, olds, news) => {
    throwFindings(judgeKnown(olds, news));
    throwFindings(await judgeKeys(reach, olds, news));
    const leaving = leavingServers(specOf(olds), specOf(news));
    if (leaving.length > 0) await shrink(reach.system(), leaving);
  },
});

const knowsKeys = ({ keys }: Fields) => keys !== undefined;
const specOf = ({ spec }: Fields) => spec as unknown as ClusterSpec;

function judgeKnown(olds: Fields, news: Fields): Finding[] {
  return [...judgeEdit(specOf(olds), specOf(news), knowsKeys(news)), ...judgeGeneration(olds, news)];
}

// A new key that cannot be brought to the servers must not be made: there is no way back to the one before.
function judgeGeneration(olds: Fields, news: Fields): Finding[] {
  if (olds.generation === undefined || olds.generation === news.generation) return [];
  const { size, standalone } = effectiveCluster(specOf(olds));
  const { name } = specOf(olds);
  if (!standalone && size === 1) return [alone(name)];
  if (restartOf(standalone, news) === "refilled") return [];
  const running = [{ server: `${name}-0`, key: "the current key" }];
  const wanted = { key: "the next key", previousKey: "the current key" };
  return judgeServerKeys(wanted, running, { name, restart: restartOf(standalone, news), allow: allowOf(news) });
}

// Kubernetes alone restarts servers with what they stored; from here they are refilled.
const restartOf = (standalone: boolean, { managed }: Fields) =>
  standalone ? "standalone" : managed === true ? "refilled" : "clustered";
const allowOf = ({ allow }: Fields) => (allow ?? []) as readonly SecretAcknowledgment[];

// Keys are judged by what the servers run with.
const JUDGED_BY_KEYS: ReadonlySet<string> = new Set(["CG204"]);

function judgeEdit(from: ClusterSpec, to: ClusterSpec, knowsKeys: boolean): Finding[] {
  return planClusterChange(from, to)
    .filter((change) => isRefusedEdit(change) && !(knowsKeys && JUDGED_BY_KEYS.has(change.code)))
    .map(toFinding);
}

function toFinding({ code, name, field, from, to, remedy }: ClusterChange): Finding {
  const show = (value: unknown) => (value === undefined ? "not set" : JSON.stringify(value));
  const values = from === undefined && to === undefined ? "" : ` from ${show(from)} to ${show(to)}`;
  const problem = `cannot change${values}: ${clusterChangeCodes[code].replace(/\.$/, "")}`;
  return { code, severity: "error", kind: "cluster", name, field, problem, remedy: remedy ?? "Keep it as it was." };
}

async function judgeKeys({ settings }: Reach, olds: Fields, news: Fields): Promise<Finding[]> {
  if (sameValue(olds.keys ?? {}, news.keys ?? {})) return [];
  const from = effectiveCluster(specOf(olds));
  const { name } = specOf(olds);
  const wanted = (news.keys ?? {}) as ServerKeys;
  const changes = olds.keys !== undefined && (olds.keys as ServerKeys).key !== wanted.key;
  if (changes && from.size === 1 && !from.standalone) return [alone(name)];
  const running = await runningKeys(settings(), { count: from.size, ...(from.standalone ? {} : { cluster: name }) });
  const restart = restartOf(from.standalone, news);
  return judgeServerKeys(wanted, running, { name, restart, allow: allowOf(news) });
}

function alone(name: string): Finding {
  return serverFinding(
    "CS111",
    `${name}-0`,
    "is the only server that stores, and cannot get another key: it would start with an empty store, and nobody could fill it",
    "Grow the cluster to three servers first, and give the streams three replicas.",
  );
}

function leavingServers({ name, size: from = 1 }: ClusterSpec, { size: to = 1 }: ClusterSpec): string[] {
  return Array.from({ length: Math.max(0, from - to) }, (_, i) => `${name}-${from - 1 - i}`);
}
