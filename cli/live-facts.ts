import type { TopologySet } from "../model/topology-file";
import { streamNameOf } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import { closeConnections } from "../provider/connection";
import { readServerFacts } from "../provider/server-facts";
import type { Settings } from "../provider/settings";
import type { Io } from "./io";
import type { Step } from "./progress";
import { type ServerOptions, serverSettings, serverTrouble } from "./server-options";

/** Facts to judge against, and the servers they came from. */
export interface LiveFacts {
  readonly facts: ServerFacts;
  readonly server?: string;
}

/**
 * Asks the server for what the rules need to know about the account, as far as a set concerns it or else everything, and
 * closes the connection.
 */
export async function liveFacts(
  options: ServerOptions,
  io: Io,
  step: Step,
  set: TopologySet | undefined,
): Promise<LiveFacts> {
  const settings = await serverSettings(options, io);
  const server = settings.servers.join(",");
  try {
    return {
      facts: await step(`asking ${server}`, () => (set ? factsOf(set, settings) : readServerFacts(settings))),
      server,
    };
  } catch (error) {
    throw serverTrouble(error);
  } finally {
    await closeConnections();
  }
}

/** What the rules need to know about the account, as far as the set concerns it. */
export function factsOf(set: TopologySet, settings: Settings): Promise<ServerFacts> {
  const concerned = new Set([
    ...set.assets.flatMap(({ kind, name }) => (kind === "consumer" ? [] : [streamNameOf(kind, name)])),
    ...(set.topology.consumers ?? []).map(({ stream }) => stream),
  ]);
  return readServerFacts(settings, { consumersOf: (stream) => concerned.has(stream) });
}
