import fc from "fast-check";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import type { Finding } from "../../../model/finding";
import { preflightCluster } from "../../../preflight/cluster/preflight-cluster";
import { certificateFiles } from "./certificate-files";
import { clusterArbitrary } from "./cluster-arbitrary";
import { compareClusters } from "./compare-clusters";
import { operatorTokens } from "./operator-tokens";
import { type Starter, type StartVerdict, starter } from "./start-verdict";

const { natsServer } = require("../../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

/** One cluster both sides judged. */
export interface ClusterOutcome {
  readonly spec: ClusterSpec;
  readonly findings: readonly Finding[];
  readonly verdict: StartVerdict;
  /** How they differ; nothing where they agree. */
  readonly difference?: string;
}

/** Starts servers of a version for clusters, and says what they said. */
export interface ClusterJudge {
  readonly judge: (spec: ClusterSpec) => Promise<ClusterOutcome>;
  readonly stop: () => Promise<void>;
}

export async function clusterJudge(version: string): Promise<ClusterJudge> {
  const files = await certificateFiles();
  const one: Starter = await starter(await natsServer(version), files);
  return {
    judge: async (spec) => {
      const asked = { ...spec, version };
      const findings = preflightCluster(asked);
      const verdict = await one.start(asked);
      const difference = compareClusters(findings, verdict, version);
      return { spec: asked, findings, verdict, ...(difference && { difference }) };
    },
    stop: async () => {
      await one.stop();
      files.remove();
    },
  };
}

const BATCH = 100;

/** So many random clusters, always the same ones for one seed, but for the keys of operators. */
export function* clusters(seed: number, count: number): Generator<ClusterSpec> {
  const arbitrary = clusterArbitrary({ tokens: operatorTokens() });
  for (let made = 0; made < count; made += BATCH)
    yield* fc.sample(arbitrary, { seed: seed + made / BATCH, numRuns: Math.min(BATCH, count - made) });
}

/** Judges clusters, several at once. */
export async function runClusters(
  judge: ClusterJudge,
  specs: Iterator<ClusterSpec>,
  done: (outcome: ClusterOutcome) => void,
): Promise<void> {
  for (let { value, done: end } = specs.next(); !end; { value, done: end } = specs.next())
    done(await judge.judge(value));
}
