import { HeadwaterError } from "../../model/finding";
import { type HeldStream, nameStreams, readHoldings } from "./holdings";
import { listServers } from "./servers";
import { type System, serverFinding } from "./system";

const LOOK_MS = 500;

/**
 * Moves streams whose only copy is on this server to another one, so that its store can be emptied. Throws where one does
 * not move: nothing is emptied then.
 */
export async function moveSingleCopies(system: System, name: string, waitMs = 600_000): Promise<void> {
  const deadline = Date.now() + waitMs;
  const asked = new Set<string>();
  for (;;) {
    const singles = (await readHoldings(system, await listServers(system))).filter(
      ({ servers }) => servers.length === 1 && servers[0] === name,
    );
    const moving = (await readHoldings(system, await listServers(system))).filter(
      (each) => asked.has(keyOf(each)) && each.servers.includes(name),
    );
    if (singles.length === 0 && moving.length === 0) return;
    if (Date.now() > deadline) throw new HeadwaterError([stays(name, singles)]);
    for (const each of singles.filter((stream) => !asked.has(keyOf(stream)))) {
      await system.api.request(`ACCOUNT.STREAM.MOVE.${each.account}.${each.stream}`, { server: name });
      asked.add(keyOf(each));
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

const keyOf = ({ account, stream }: HeldStream) => `${account}/${stream}`;

function stays(name: string, streams: readonly HeldStream[]) {
  return serverFinding(
    "SC110",
    name,
    `still has the only copy of ${nameStreams(streams)}`,
    "Its store is not emptied. Give the streams more replicas, or room on other servers, then run this again.",
  );
}
