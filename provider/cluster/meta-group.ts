import type { System } from "./system";

/** A server as the cluster's leader counts it. */
export interface Member {
  readonly name: string;
  /** The name under which it is removed even when the cluster has forgotten its own. */
  readonly peer: string;
  readonly offline: boolean;
}

/** The servers that elect the cluster's leader, and the leader's name. */
export interface MetaGroup {
  readonly leader: string;
  readonly members: readonly Member[];
}

type Wire = Readonly<Record<string, unknown>>;

/** The group as its leader sees it; `undefined` while there is no leader. */
export async function readMetaGroup(system: System): Promise<MetaGroup | undefined> {
  const replies = await system.ask("$SYS.REQ.SERVER.PING.JSZ", { leader_only: true }, () => true);
  const metas = replies.map(({ server, data }) => ({
    name: String((server as Wire).name),
    meta: ((data ?? {}) as Wire).meta_cluster as Wire | undefined,
  }));
  const led = metas.find(({ name, meta }) => meta?.leader === name);
  if (!led?.meta) return undefined;
  const { leader, peer, replicas } = led.meta;
  const others = ((replicas ?? []) as Wire[]).map((replica) => ({
    name: String(replica.name),
    peer: String(replica.peer ?? ""),
    offline: replica.offline === true,
  }));
  return { leader: String(leader), members: [{ name: led.name, peer: String(peer ?? ""), offline: false }, ...others] };
}
