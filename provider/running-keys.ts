import type { NatsConnection } from "@nats-io/transport-node";
import { HeadwaterError } from "../model/finding";
import { KEY_TAG, NO_KEY_TAG, PREVIOUS_KEY_TAG } from "../secrets/key-id";
import type { RunningKeys, RunningServer } from "../secrets/running-keys";
import { connection } from "./connection";
import type { Settings } from "./settings";

const PING = "$SYS.REQ.SERVER.PING";
const WAIT_MS = 2_000;

/** Which servers have to answer. */
export interface ExpectedServers {
  /** How many there are. */
  readonly count: number;
  /** Name of their cluster, where others can be reached through it. @default - every cluster */
  readonly cluster?: string;
}

/** Asks every server which keys it was started with. The login has to be one of the system account. Never throws. */
export async function runningKeys(settings: Settings, expected: ExpectedServers): Promise<RunningKeys> {
  try {
    return await askServers(await connection(settings), expected);
  } catch (error) {
    const first = error instanceof HeadwaterError ? error.findings[0] : undefined;
    return { unknown: first ? `${first.code}: ${first.problem}` : (error as Error).message };
  }
}

/** The same over a connection that is open. */
export async function askServers(nc: NatsConnection, { count, cluster }: ExpectedServers): Promise<RunningKeys> {
  const replies = await nc.requestMany(PING, JSON.stringify(cluster ? { cluster } : {}), {
    maxWait: WAIT_MS,
    maxMessages: count,
  });
  const seen = new Map<string, Ping>();
  for await (const reply of replies) {
    const { server } = reply.json<{ server?: Ping }>();
    if (server) seen.set(server.name, server);
  }
  if (seen.size === 0) return { unknown: "no server answered: the login has to be one of the system account" };
  if (seen.size < count) return { unknown: `${seen.size} of ${count} servers answered` };
  const silent = [...seen.values()].find(({ tags = [] }) => !tags.some((tag) => tag.startsWith(KEY_TAG)));
  if (silent) return { unknown: `server "${silent.name}" has no tag that says which key it runs with` };
  return [...seen.values()].map(toRunning).sort((a, b) => a.server.localeCompare(b.server));
}

interface Ping {
  readonly name: string;
  readonly tags?: readonly string[];
}

function toRunning({ name, tags = [] }: Ping): RunningServer {
  const tagged = (prefix: string) => tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length);
  const key = tags.includes(NO_KEY_TAG) ? undefined : tagged(KEY_TAG);
  const previousKey = tagged(PREVIOUS_KEY_TAG);
  return { server: name, ...(key && { key }), ...(previousKey && { previousKey }) };
}
