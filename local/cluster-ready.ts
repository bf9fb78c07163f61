import { ask, type Monitor } from "./monitor";

interface Health {
  readonly status: string;
}

interface JetStreamState {
  readonly meta_cluster?: { readonly replicas?: readonly { readonly current?: boolean; readonly offline?: boolean }[] };
}

/**
 * True when every server is healthy, all that it stores current, and, in a cluster, a meta leader sees all of them: before
 * that a stream with as many replicas as servers finds no place.
 */
export async function clusterReady(monitors: readonly Monitor[]): Promise<boolean> {
  const healthy = await Promise.all(monitors.map(isHealthy));
  if (!healthy.every(Boolean)) return false;
  if (monitors.length === 1) return true;
  const states = await Promise.all(monitors.map((monitor) => ask<JetStreamState>(monitor, "/jsz")));
  // Only the leader lists the others.
  return states.some((state) => state?.meta_cluster?.replicas?.filter(isOnline).length === monitors.length - 1);
}

/** True when a server says that it and all that it stores is well. */
export async function isHealthy(monitor: Monitor): Promise<boolean> {
  return (await ask<Health>(monitor, "/healthz"))?.status === "ok";
}

function isOnline({ current, offline }: { current?: boolean; offline?: boolean }): boolean {
  return current === true && offline !== true;
}
