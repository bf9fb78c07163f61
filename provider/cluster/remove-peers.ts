import { JetStreamApiError } from "@nats-io/jetstream";
import { HeadwaterError, throwFindings } from "../../model/finding";
import { nameStreams, readHoldings } from "./holdings";
import { type MetaGroup, readMetaGroup } from "./meta-group";
import { listServers } from "./servers";
import { type System, serverFinding } from "./system";

const LOOK_MS = 250;
// Removed already, or another change of the group is under way: seen at the next look.
const PASSING = new Set([10044, 10202]);

export interface RemoveOptions {
  /**
   * How long each removal may take, in milliseconds.
   * @default 30_000
   */
  readonly waitMs?: number;
}

/**
 * Takes servers out of the cluster's count, so that it elects leaders without them. Only for servers that hold nothing:
 * emptied ones that still run, whose JetStream the cluster then turns off, and ones that are gone. One that still holds a
 * replica is refused, and nothing is removed. A server that is no member is done already.
 */
export async function removePeers(
  system: System,
  names: readonly string[],
  { waitMs = 30_000 }: RemoveOptions = {},
): Promise<void> {
  await refuseHolders(system, names);
  for (const name of names) await removePeer(system, name, waitMs);
}

async function refuseHolders(system: System, names: readonly string[]): Promise<void> {
  const held = await readHoldings(system, await listServers(system, names));
  throwFindings(
    names.flatMap((name) => {
      const streams = held.filter(({ servers }) => servers.includes(name));
      if (streams.length === 0) return [];
      return [
        serverFinding(
          "CS105",
          name,
          `still holds replicas of ${nameStreams(streams)}`,
          "Move them away first: what only this server holds would be lost.",
        ),
      ];
    }),
  );
}

async function removePeer(system: System, name: string, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const group = await readMetaGroup(system);
    if (group && !group.members.some((member) => member.name === name)) return;
    if (Date.now() > deadline) throw new HeadwaterError([stillCounted(name, waitMs)]);
    const names = (await listServers(system)).map((server) => server.name);
    if (group && hasMajority(group, names)) await takeOut(system, name, group);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

// A leader that has just lost the others still takes requests, and older servers act on them before anybody else agrees.
function hasMajority({ members }: MetaGroup, running: readonly string[]): boolean {
  return members.filter((member) => running.includes(member.name)).length > members.length / 2;
}

async function takeOut(system: System, name: string, group: MetaGroup): Promise<void> {
  if (group.leader === name) await system.api.request("META.LEADER.STEPDOWN");
  else await request(system, name, group);
}

async function request(system: System, name: string, { members }: MetaGroup): Promise<void> {
  const peer = members.find((member) => member.name === name)?.peer;
  try {
    await system.api.request("SERVER.REMOVE", { peer: name, ...(peer && { peer_id: peer }) });
  } catch (error) {
    if (!(error instanceof JetStreamApiError && PASSING.has(error.code))) throw error;
  }
}

function stillCounted(name: string, waitMs: number) {
  return serverFinding(
    "CS106",
    name,
    `is still counted after ${waitMs / 1000} s`,
    "Check that more than half of the servers run, then run it again.",
  );
}
