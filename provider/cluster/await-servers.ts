import { HeadwaterError } from "../../model/finding";
import { KEY_TAG, PREVIOUS_KEY_TAG } from "../../secrets/key-id";
import type { ServerKeys } from "../../secrets/server-keys";
import { readMetaGroup } from "./meta-group";
import { type ClusterServer, findServers } from "./servers";
import { type System, serverFinding } from "./system";

/** What a cluster has to be before work on it goes on. */
export interface ServersWanted {
  readonly names: readonly string[];
  /** Ids of the keys each server has to run with. */
  readonly keys?: ServerKeys;
}

const LOOK_MS = 500;

/** Waits until every server answers, runs with the keys it should, and a leader sees all of them. */
export async function awaitServers(system: System, wanted: ServersWanted, waitMs = 600_000): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const missing = await stillMissing(system, wanted);
    if (missing.length === 0) return;
    if (Date.now() > deadline)
      throw new HeadwaterError(missing.map(([name, problem]) => notReady(name, `${problem} after ${waitMs / 1000} s`)));
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

type Missing = readonly [name: string, problem: string];

async function stillMissing(system: System, { names, keys }: ServersWanted): Promise<Missing[]> {
  const servers = new Map((await findServers(system, names)).map((server) => [server.name, server]));
  const found = names.flatMap((name): Missing[] => {
    const server = servers.get(name);
    if (!server) return [[name, "does not answer"]];
    return keys && !runsWith(server, keys) ? [[name, "still runs with another key"]] : [];
  });
  if (found.length > 0 || names.length === 1) return found;
  const group = await readMetaGroup(system);
  const seen = new Set((group?.members ?? []).filter(({ offline }) => !offline).map(({ name }) => name));
  return names.filter((name) => !seen.has(name)).map((name) => [name, "is not seen by the cluster's leader"]);
}

function runsWith({ tags }: ClusterServer, { key, previousKey }: ServerKeys): boolean {
  const has = (prefix: string, id?: string) => id === undefined || tags.includes(`${prefix}${id}`);
  return has(KEY_TAG, key) && has(PREVIOUS_KEY_TAG, previousKey);
}

function notReady(name: string, problem: string) {
  return serverFinding(
    "CS107",
    name,
    problem,
    "Look at its log, and whether it was restarted; then run this again: it goes on where it stopped.",
  );
}
