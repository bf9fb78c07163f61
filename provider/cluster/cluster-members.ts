import type { ServerKeys } from "../../secrets/server-keys";
import type { Fields } from "../driver";
import { statefulPods } from "../kubernetes/stateful-pods";
import { awaitServers } from "./await-servers";
import { type Member, readMetaGroup } from "./meta-group";
import { removePeers } from "./remove-peers";
import { rollServers } from "./roll-servers";
import { createSystemHandler, type Reach } from "./system-handler";

/**
 * Brings a cluster's servers to what Kubernetes was told: pods that are older are replaced one at a time, all of them answer
 * in the end, and those that are gone are counted no more.
 */
export const clusterMembers = createSystemHandler({
  judge: () => [],
  compared: ["spec", "keys", "version", "chart"],
  create: (reach, inputs) => settle(reach, inputs, false),
  update: (reach, olds, inputs) => settle(reach, inputs, olds.keys === undefined),
});

async function settle(reach: Reach, inputs: Fields, plainBefore: boolean): Promise<void> {
  const { statefulSet, claims, standalone } = inputs;
  const names = inputs.servers as readonly string[];
  const keys = inputs.keys as ServerKeys | undefined;
  const system = reach.system();
  const pods = await podsOf(reach, String(statefulSet));
  const claimOf = (name: string) => (claims as readonly string[] | undefined)?.[names.indexOf(name)];
  await rollServers(system, {
    names,
    keys,
    standalone: standalone === true,
    plainBefore,
    outdated: pods.outdated,
    restart: (name, empty) => pods.replace(name, empty ? claimOf(name) : undefined),
  });
  await awaitServers(system, { names, keys });
  if (standalone !== true) await forgetGone(reach, inputs);
}

function podsOf({ settings }: Reach, set: string) {
  const { portForward } = settings();
  if (!portForward) throw new Error("reached without Kubernetes");
  return statefulPods(portForward, set);
}

async function forgetGone({ system }: Reach, inputs: Fields): Promise<void> {
  const { members = [] } = (await readMetaGroup(system())) ?? {};
  const gone = goneMembers(members, inputs);
  if (gone.length > 0) await removePeers(system(), gone);
}

/**
 * Servers of this cluster that are counted and should not be: those that were taken away, and a witness that is needed no
 * more, which still runs, for Kubernetes is told after this. Clusters of a super-cluster count each other's servers too:
 * those are none of ours.
 */
export function goneMembers(members: readonly Member[], { cluster, servers, witness }: Fields): string[] {
  const wanted = new Set([...(servers as readonly string[]), witness]);
  const ownServer = new RegExp(`^${cluster}-\\d+$`);
  const isGone = ({ name, offline }: Member) =>
    !wanted.has(name) && ((offline && ownServer.test(name)) || name === `${cluster}-witness-0`);
  return members.filter(isGone).map(({ name }) => name);
}
