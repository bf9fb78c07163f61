/**
 * True when every server is healthy and, in a cluster, a meta leader sees all of them: before that a stream with as many
 * replicas as servers finds no place.
 */
async function clusterReady(monitors) {
  const healthy = await Promise.all(
    monitors.map(async (monitor) => (await get(`${monitor}/healthz`))?.status === "ok"),
  );
  if (!healthy.every(Boolean)) return false;
  if (monitors.length === 1) return true;
  const metas = await Promise.all(monitors.map(async (monitor) => (await get(`${monitor}/jsz`))?.meta_cluster));
  // Only the leader lists the others.
  return metas.some((meta) => meta?.replicas?.filter(isOnline).length === monitors.length - 1);
}

function isOnline({ current, offline }) {
  return current === true && offline !== true;
}

async function get(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

module.exports = { clusterReady };
