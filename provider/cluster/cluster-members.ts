import type { ServerKeys } from "../../secrets/server-keys";
import type { Fields } from "../driver";
import { awaitServers } from "./await-servers";
import { readMetaGroup } from "./meta-group";
import { removePeers } from "./remove-peers";
import type { System } from "./system";
import { createSystemHandler } from "./system-handler";

/**
 * What has to be true of a cluster after its servers were changed: all of them answer with the keys they should have, and
 * those that are gone are counted no more.
 */
export const clusterMembers = createSystemHandler({
  judge: () => [],
  compared: ["servers", "keys", "version", "standalone"],
  create: (system, inputs) => settle(system(), inputs),
  update: (system, _, inputs) => settle(system(), inputs),
});

async function settle(system: System, inputs: Fields): Promise<void> {
  const names = inputs.servers as readonly string[];
  await awaitServers(system, { names, keys: inputs.keys as ServerKeys | undefined });
  if (inputs.standalone === true) return;
  const group = await readMetaGroup(system);
  const gone = (group?.members ?? []).filter(({ name, offline }) => offline && !names.includes(name));
  await removePeers(
    system,
    gone.map(({ name }) => name),
  );
}
