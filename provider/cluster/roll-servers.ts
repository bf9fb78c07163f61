import { HeadwaterError } from "../../model/finding";
import { KEY_TAG } from "../../secrets/key-id";
import type { ServerKeys } from "../../secrets/server-keys";
import { awaitHealthy } from "./await-healthy";
import { awaitServers } from "./await-servers";
import { moveSingleCopies } from "./move-single-copies";
import { type ClusterServer, findServers } from "./servers";
import { type System, serverFinding } from "./system";

/** Servers that are brought to what they should be, one at a time. */
export interface Rollout {
  readonly names: readonly string[];
  readonly keys?: ServerKeys;
  readonly standalone: boolean;
  /** Servers without a tag of a key store in the clear: a server encrypts that by itself when it gets a key. */
  readonly plainBefore: boolean;
  /** Servers that do not run with what they should, in the order they are restarted. */
  readonly outdated: () => Promise<readonly string[]>;
  /** Restarts a server, with an empty store where `empty`. */
  readonly restart: (name: string, empty: boolean) => Promise<void>;
}

/**
 * Restarts servers one after the other, each only while all others are healthy and hold everything this one holds. A server
 * of a cluster that gets another encryption key starts with an empty store, which the others fill again: it could not read
 * what it stored. What only it has is moved away first.
 */
export async function rollServers(system: System, rollout: Rollout): Promise<void> {
  const { names, keys, standalone, plainBefore } = rollout;
  for (const name of await rollout.outdated()) {
    const server = (await findServers(system, [name])).find((each) => each.name === name);
    const others = names.filter((each) => each !== name);
    await awaitServers(system, { names: server ? names : others });
    await awaitHealthy(system, server ? names : others);
    const empty = !standalone && keys?.key !== undefined && !storesWith(name, server, keys.key, plainBefore);
    if (empty) await moveSingleCopies(system, name);
    await rollout.restart(name, empty);
    await awaitServers(system, { names });
    await awaitHealthy(system, names);
  }
}

function storesWith(name: string, server: ClusterServer | undefined, key: string, plainBefore: boolean): boolean {
  const tag = server?.tags.find((each) => each.startsWith(KEY_TAG));
  if (!tag && plainBefore) return true;
  // Which key its store has nobody knows: to empty it could lose the only copy of something.
  if (!tag) throw new HeadwaterError([unknownKey(name)]);
  return tag === `${KEY_TAG}${key}`;
}

function unknownKey(name: string) {
  return serverFinding(
    "CS110",
    name,
    "does not say which key it stores with, and would be restarted with another one",
    "Start it as it was, then run this again.",
  );
}
