import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { throwFindings } from "../model/finding";
import { localFinding } from "./finding";
import { clustersIn, type LocalHome } from "./home";
import { withLock } from "./lock";
import { pidOf, stopServers } from "./processes";
import type { LocalRun } from "./run";
import { type LocalState, requireState } from "./state";
import { readStreams, streamsOnDisk } from "./streams";

/** What `down` may do. */
export interface DownOptions {
  /** Messages may go with it. */
  readonly deleteData?: boolean;
}

/**
 * Ends the servers of a local cluster and removes its folder. Refused while it holds messages, or may hold some that
 * nobody can count because servers do not run. Answers the servers that ran.
 */
export async function down(run: LocalRun, { deleteData = false }: DownOptions = {}): Promise<string[]> {
  requireState(run.home);
  return withLock(run.home, async () => {
    const state = requireState(run.home);
    const names = state.servers.map(({ name }) => name);
    if (!deleteData) await refuseHeld(run, state);
    const stopped = await stopServers(run.home, names);
    rmSync(run.home.folder, { recursive: true, force: true });
    removeRoot(run.home);
    return stopped;
  });
}

async function refuseHeld(run: LocalRun, { spec, servers }: LocalState): Promise<void> {
  const idle = servers.filter(({ name }) => !pidOf(run.home, name));
  const counted = await readStreams({ ...run, spec }, servers);
  const known = new Set(counted.map(({ account, name }) => `${account}/${name}`));
  const uncounted = idle.length > 0 ? streamsOnDisk(run, servers).filter((name) => !known.has(name)) : [];
  const held = [
    ...counted
      .filter(({ messages }) => messages > 0)
      .map(
        ({ account, name, messages }) => `${account}/${name} (${messages} ${messages === 1 ? "message" : "messages"})`,
      ),
    ...uncounted.map((name) => `${name} (not counted: ${idle.map((server) => server.name).join(", ")} not running)`),
  ];
  throwFindings(
    held.length === 0
      ? []
      : [
          localFinding(
            "LC116",
            run.home.name,
            "",
            `holds ${held.join(", ")}, which would be deleted`,
            "headwater local stop keeps everything; headwater local down --delete-data deletes it.",
          ),
        ],
  );
}

// The authority is of all clusters in the folder: it goes with the last one.
function removeRoot({ root }: LocalHome): void {
  if (clustersIn(root).length > 0) return;
  for (const ours of [".authority", ".gitignore"]) rmSync(join(root, ours), { recursive: true, force: true });
  if (readdirSync(root).length === 0) rmSync(root, { recursive: true });
}
