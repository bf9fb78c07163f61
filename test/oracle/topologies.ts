import fc from "fast-check";
import type { Asset } from "./asset";
import type { Setting } from "./setting";
import { topologyArbitrary } from "./topology-arbitrary";

const BATCH = 200;

/** So many random topologies, always the same ones for one seed. */
export function* topologies(setting: Setting, seed: number, count: number): Generator<Asset[]> {
  const arbitrary = topologyArbitrary(setting);
  for (let made = 0; made < count; made += BATCH)
    yield* fc.sample(arbitrary, { seed: seed + made / BATCH, numRuns: Math.min(BATCH, count - made) });
}
