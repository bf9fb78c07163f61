import { HeadwaterError } from "../../model/finding";
import { type HeldStream, keyOf, nameStreams, readHoldings } from "./holdings";
import { ASK_AGAIN_MS, moveStream } from "./move-stream";
import { listServers } from "./servers";
import { type System, serverFinding } from "./system";

const LOOK_MS = 500;

/**
 * Moves streams whose only copy is on this server to another one, so that its store can be emptied. Throws where one does
 * not move: nothing is emptied then.
 */
export async function moveSingleCopies(system: System, name: string, waitMs = 600_000): Promise<void> {
  const deadline = Date.now() + waitMs;
  const asked = new Map<string, number>();
  for (;;) {
    const held = (await readHoldings(system, await listServers(system, [name]))).filter(({ servers }) =>
      servers.includes(name),
    );
    // One that moves is on two servers until the second has all of it.
    const single = held.filter(({ servers, replicas }) => servers.length === 1 || replicas === 1);
    if (single.length === 0) return;
    if (Date.now() > deadline) throw new HeadwaterError([stays(name, single, "")]);
    for (const each of single.filter((stream) => Date.now() - (asked.get(keyOf(stream)) ?? 0) > ASK_AGAIN_MS)) {
      const answer = await moveStream(system, each, name);
      if (answer === "moving") asked.set(keyOf(each), Date.now());
      else if (answer !== "later")
        throw new HeadwaterError([stays(name, [each], `, which cannot move (${answer.refused})`)]);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function stays(name: string, streams: readonly HeldStream[], why: string) {
  return serverFinding(
    "CS109",
    name,
    `still has the only copy of ${nameStreams(streams)}${why}`,
    "Its store is not emptied. Make room for the streams on other servers, or delete them, then run this again.",
  );
}
