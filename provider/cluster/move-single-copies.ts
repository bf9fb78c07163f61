import { JetStreamApiError } from "@nats-io/jetstream";
import { HeadwaterError } from "../../model/finding";
import { LATER } from "./evacuate";
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
    const held = await readHoldings(system, await listServers(system, [name]));
    const singles = held.filter(({ servers }) => servers.length === 1 && servers[0] === name);
    const moving = held.filter((each) => asked.has(keyOf(each)) && each.servers.includes(name));
    if (singles.length === 0 && moving.length === 0) return;
    if (Date.now() > deadline) throw new HeadwaterError([stays(name, singles)]);
    for (const each of singles.filter((stream) => !asked.has(keyOf(stream))))
      if (await moves(system, each, name)) asked.add(keyOf(each));
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

// What is not answered for want of a leader is asked again.
async function moves({ api }: System, each: HeldStream, server: string): Promise<boolean> {
  try {
    await api.request(`ACCOUNT.STREAM.MOVE.${each.account}.${each.stream}`, { server });
    return true;
  } catch (error) {
    if (error instanceof HeadwaterError && error.findings.every(({ code }) => code === "CN106")) return false;
    if (error instanceof JetStreamApiError) return refusedForNow(error, server, each);
    throw error;
  }
}

function refusedForNow({ code }: JetStreamApiError, server: string, each: HeldStream): false {
  if (LATER.has(code)) return false;
  throw new HeadwaterError([stays(server, [each])]);
}

const keyOf = ({ account, stream }: HeldStream) => `${account}/${stream}`;

function stays(name: string, streams: readonly HeldStream[]) {
  return serverFinding(
    "CS109",
    name,
    `still has the only copy of ${nameStreams(streams)}`,
    "Its store is not emptied. Give the streams more replicas, or room on other servers, then run this again.",
  );
}
