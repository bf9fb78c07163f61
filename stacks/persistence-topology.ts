import { scaleBytes, type TopologySpec } from "headwater/model";
import { consumers, streams } from "./persistence-design";

/** What differs between environments. */
export interface Scale {
  /**
   * Caps the replicas of every stream: an environment with one server cannot hold three copies.
   * @default - as the design says
   */
  readonly maxReplicas?: number;
  /**
   * Multiplies every size limit: an environment with less traffic needs less disk.
   * @default 1
   */
  readonly sizeFactor?: number;
}

/** The persistence design at the scale of an environment. */
export function persistenceTopology({ maxReplicas = Number.POSITIVE_INFINITY, sizeFactor = 1 }: Scale): TopologySpec {
  const scaled = Object.entries(streams).map(([name, spec]) => [
    name,
    {
      ...spec,
      replicas: Math.min(spec.replicas ?? 1, maxReplicas),
      maxBytes: spec.maxBytes === undefined ? undefined : scaleBytes(spec.maxBytes, sizeFactor),
    },
  ]);
  return { streams: Object.fromEntries(scaled), consumers };
}
