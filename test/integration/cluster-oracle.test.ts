import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { formatFinding } from "../../model/finding";
import { preflightCluster } from "../../preflight/cluster/preflight-cluster";
import { clusterRules } from "../../preflight/cluster/rules";
import { compareClusters, stands } from "../oracle/clusters/compare-clusters";
import { operatorTokens } from "../oracle/clusters/operator-tokens";
import {
  type ClusterJudge,
  type ClusterOutcome,
  clusterJudge,
  clusters,
  runClusters,
} from "../oracle/clusters/run-clusters";
import { type ClusterTwin, clusterTwins } from "../oracle/clusters/twins";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const SEED = 1;
const counts = testVersions(NEWEST, OLDEST).map((version) => [version, version === NEWEST ? 150 : 75] as const);
const twins = clusterTwins(operatorTokens());
const named = (spec: ClusterTwin["refused"]) => ({ name: "one", ...spec }) as ClusterSpec;
const errorsOf = ({ findings }: ClusterOutcome) => findings.filter(({ severity }) => severity === "error");

describe.each(counts)("nats-server %s", (version, count) => {
  let judge: ClusterJudge;
  beforeAll(async () => {
    judge = await clusterJudge(version);
  });
  afterAll(() => judge.stop());

  it(`and preflight agree on ${count} random clusters`, async () => {
    const differing: string[] = [];
    let started = 0;
    await runClusters(judge, clusters(SEED, count), ({ verdict, difference, spec }) => {
      if (verdict.accepted) started++;
      if (difference) differing.push(`${difference} in ${JSON.stringify(spec)}`);
    });
    expect(differing).toEqual([]);
    expect(started).toBeGreaterThan(count / 5);
    expect(started).toBeLessThan((count * 4) / 5);
  });

  const own = twins
    .filter((twin) => (twin.version ?? NEWEST) === version)
    .map((twin) => [`${twin.code} ${twin.message}`, twin] as const);

  if (own.length > 0)
    describe("a pair of clusters", () => {
      it.each(own)(
        "%s is refused by both, its twin is not",
        async (_, { code, beside = [], refused, accepted, message }) => {
          const bad = await judge.judge(named(refused));
          expect(new Set(errorsOf(bad).map((finding) => finding.code))).toEqual(new Set([code, ...beside]));
          expect(bad.findings.map(formatFinding)).toContain(`${code} cluster "one": ${message}`);
          const rule = clusterRules.find((one) => one.code === code);
          expect(
            bad.verdict.accepted ? "it starts" : rule && stands(rule, bad.verdict.words) ? "" : bad.verdict.words,
          ).toBe("");
          const without = preflightCluster(bad.spec, { rules: clusterRules.filter((one) => one.code !== code) });
          if (beside.length === 0) expect(compareClusters(without, bad.verdict, version)).toMatch(/preflight accepts/);

          const good = await judge.judge(named(accepted));
          expect([errorsOf(good), good.verdict]).toEqual([[], { accepted: true }]);
        },
      );
    });
});

it("has a pair for every rule that servers hold", () => {
  const covered = new Set(twins.map(({ code }) => code));
  const held = clusterRules.filter(({ refusals, refusesSome }) => refusals.length > 0 && !refusesSome);
  expect(held.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([]);
});
