import { JetStreamApiError } from "@nats-io/jetstream";
import { HeadwaterError } from "../model/finding";
import { sameValue } from "../model/walk";
import type { WireConfig } from "../model/wire";
import type { Api, Reply } from "./api";

// "can not move and scale in one update", a move or another reconfiguration under way.
const BUSY = new Set([10123, 10124, 10226]);
const PAUSE_MS = 250;

/**
 * The requests an update takes. A server refuses to move a stream and to change its replicas or retention in one (10123):
 * fewer replicas go first, so that less is moved; more come after the move, so that they land where they belong.
 */
export function updateSteps(config: WireConfig, live: WireConfig): readonly WireConfig[] {
  const moves = config.placement !== undefined && !sameValue(config.placement, live.placement);
  const [before, after] = [Number(live.num_replicas ?? 1), Number(config.num_replicas ?? 1)];
  const retention = config.retention ?? "limits";
  const reshapes = before !== after || retention !== (live.retention ?? "limits");
  if (!moves || !reshapes) return [config];
  const first =
    after < before
      ? { ...config, placement: live.placement }
      : { ...config, num_replicas: before, retention: live.retention };
  return [first, config];
}

/** Sends the steps in order, each once the one before has been carried out. */
export async function sendSteps(api: Api, name: string, steps: readonly WireConfig[]): Promise<Reply> {
  const deadline = Date.now() + api.timeoutMs;
  let reply = await api.request(`STREAM.UPDATE.${name}`, steps[0]);
  for (const [i, step] of steps.slice(1).entries()) {
    await settled(api, name, Number(steps[i]?.num_replicas ?? 1), deadline);
    reply = await sendWhenFree(api, name, step, deadline);
  }
  return reply;
}

interface Cluster {
  readonly leader?: string;
  readonly replicas?: readonly { readonly current: boolean; readonly offline?: boolean }[];
}

// A move or a change of replicas is over when as many servers as wanted have everything.
async function settled(api: Api, name: string, replicas: number, deadline: number): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const { cluster } = (await api.request(`STREAM.INFO.${name}`)) as { cluster?: Cluster };
    const peers = cluster?.replicas ?? [];
    if (!cluster || (cluster.leader && peers.length + 1 === replicas && peers.every(({ current }) => current))) return;
    if (Date.now() > deadline) throw stillMoving(name);
  }
}

async function sendWhenFree(api: Api, name: string, config: WireConfig, deadline: number): Promise<Reply> {
  for (;;) {
    try {
      return await api.request(`STREAM.UPDATE.${name}`, config);
    } catch (error) {
      const busy = error instanceof JetStreamApiError && BUSY.has(error.code);
      if (!busy) throw error;
      if (Date.now() > deadline) throw stillMoving(name);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

function stillMoving(name: string): HeadwaterError {
  return new HeadwaterError([
    {
      code: "SV104",
      severity: "error",
      kind: "stream",
      name,
      field: "placement",
      problem: "is moving, and the rest of the update waits for that",
      remedy: "Run up again with --refresh when it has moved; nats:timeout waits longer.",
    },
  ]);
}
