import { ask, type Monitor } from "./monitor";

interface Health {
  readonly status: string;
}

interface MetaGroup {
  readonly leader?: string;
  /** The others, listed by the leader alone. */
  readonly replicas?: readonly { readonly name: string; readonly current?: boolean; readonly offline?: boolean }[];
}

/**
 * True when every server is healthy, all that it stores current, and, in a cluster, a meta leader sees all of them: before
 * that a stream with as many replicas as servers finds no place.
 */
export async function clusterReady(monitors: readonly Monitor[]): Promise<boolean> {
  const healthy = await Promise.all(monitors.map(isHealthy));
  if (!healthy.every(Boolean)) return false;
  if (monitors.length === 1) return true;
  const states = await Promise.all(monitors.map((monitor) => ask<{ meta_cluster?: MetaGroup }>(monitor, "/jsz")));
  const groups = states.map((state) => state?.meta_cluster);
  return groups.some((group) => seesAll(group, monitors)) || isLedElsewhere(groups, monitors);
}

// Without names they are counted.
function seesAll(group: MetaGroup | undefined, monitors: readonly Monitor[]): boolean {
  if (!group?.replicas) return false;
  const online = group.replicas.filter(({ current, offline }) => current === true && offline !== true);
  const seen = new Set([group.leader, ...online.map(({ name }) => name)]);
  const known = namesOf(monitors);
  if (known.length < monitors.length) return online.length === monitors.length - 1;
  return known.every((name) => seen.has(name));
}

// In a super-cluster the leader may be a server of another cluster, which cannot be asked here.
function isLedElsewhere(groups: readonly (MetaGroup | undefined)[], monitors: readonly Monitor[]): boolean {
  const known = namesOf(monitors);
  if (known.length < monitors.length) return false;
  return groups.every((group) => group?.leader && !known.includes(group.leader));
}

const namesOf = (monitors: readonly Monitor[]) => monitors.flatMap(({ server }) => server ?? []);

/** True when a server says that it and all that it stores is well. */
export async function isHealthy(monitor: Monitor): Promise<boolean> {
  return (await ask<Health>(monitor, "/healthz"))?.status === "ok";
}
