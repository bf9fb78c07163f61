import { isOlder } from "../../model/version";
import { rules } from "../../preflight/rules";
import { type Asset, assetsOf, topologyOf } from "../oracle/asset";
import { brokenShapes } from "../oracle/broken-shapes";
import { isClassOf } from "../oracle/compare";
import { judgeWith } from "../oracle/judge";
import { laneLimits } from "../oracle/lane-limits";
import { type Lane, startLanes } from "../oracle/lanes";
import { onceDisagreed } from "../oracle/once-disagreed";
import { runOracle, runRepeatably } from "../oracle/oracle";
import { type Record, recorded, replayed } from "../oracle/replay";
import { differences, type Step, title } from "../oracle/run-topology";
import { laneOf, runTwin, twinLimits, twinsFor } from "../oracle/run-twins";
import type { Verdict } from "../oracle/server-verdict";
import type { Setting } from "../oracle/setting";
import { newTally } from "../oracle/tally";
import { topologies } from "../oracle/topologies";
import type { Twin } from "../oracle/twin";

const SEED = 1;
const settings: readonly (Setting & { count: number })[] = [
  { version: "2.15.1", servers: 1, count: 300 },
  { version: "2.10.29", servers: 1, count: 150 },
  { version: "2.15.1", servers: 3, count: 40 },
];
const titled = settings.map((setting) => {
  const where = setting.servers === 1 ? "" : `, cluster of ${setting.servers}`;
  return [`nats-server ${setting.version}${where}`, setting] as const;
});

type Refused = Step & { verdict: Extract<Verdict, { accepted: false }> };
const isRefused = (step: Step): step is Refused => !step.verdict.accepted;
const words = (step: Step) => `${title(step.asset)}: ${step.difference}`;

describe.each(titled)("%s", (_, setting) => {
  let lanes: readonly Lane[];
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    ({ lanes, stop } = await startLanes(setting, [...laneLimits, ...twinLimits(setting)]));
  });
  afterAll(() => stop?.());

  it(`preflight and the server agree on ${setting.count} random topologies`, async () => {
    const tally = newTally();
    const differing: string[] = [];
    await runOracle(lanes.slice(0, laneLimits.length), topologies(setting, SEED, setting.count), (outcome) => {
      tally.add(outcome);
      for (const step of differences(outcome.steps))
        differing.push(`${words(step)} in ${JSON.stringify(topologyOf(outcome.assets))}`);
    });
    expect(differing).toEqual([]);
    expect(tally.topologies()).toBe(setting.count);
    expect(tally.sound()).toBeGreaterThan(setting.count / 5);
    expect(tally.sound()).toBeLessThan((setting.count * 4) / 5);
    console.info(`${setting.count} topologies, refused: ${JSON.stringify(tally.refusals())}`);
  });

  describe("a pair of topologies", () => {
    const records = new Map<Twin, Record>();
    const own = twinsFor(setting).map((twin) => [`${twin.code} ${JSON.stringify(twin.refused)}`, twin] as const);

    it.each(own)("%s is refused, its twin is not", async (__, twin) => {
      const record: Record = new Map();
      records.set(twin, record);
      const lane = laneOf(twin, lanes);
      const steps = await runTwin(twin, "refused", { ...lane, account: recorded(lane.account, record) });
      expect(differences(steps).map(words)).toEqual([]);
      const refused = steps.filter(isRefused);
      const named = refused.map(({ errors }) => new Set(errors.map(({ code }) => code)));
      expect(named).toEqual([new Set([twin.code, ...(twin.beside ?? [])])]);
      expect(refused.every(({ verdict }) => isClassOf(twin.code, verdict))).toBe(true);

      const sound = await runTwin(twin, "accepted", lane);
      expect(sound.length).toBeGreaterThan(0);
      expect(sound.map(({ errors, verdict }) => [errors, verdict])).toEqual(sound.map(() => [[], { accepted: true }]));
    });

    it.each(own)("%s goes unnoticed without its rule", async (__, twin) => {
      const others = rules.filter(({ code }) => code !== twin.code);
      const lane = { ...laneOf(twin, lanes), account: replayed(records.get(twin) as Record) };
      expect(differences(await runTwin(twin, "refused", lane, others))).not.toEqual([]);
    });
  });

  it.each(onceDisagreed)("they agree: %s", async (__, topology) => {
    const lane = lanes[0] as Lane;
    expect(differences(await runRepeatably(assetsOf(topology), lane, judgeWith(lane.facts))).map(words)).toEqual([]);
  });

  describe("a wrong shape", () => {
    const base: Asset = { kind: "stream", spec: { name: "BASE", subjects: ["base"] } };
    beforeAll(async () => {
      await lanes[0]?.account.clear();
      await lanes[0]?.account.create(base);
    });

    const own = brokenShapes.filter(({ since }) => !(since && isOlder(setting.version, since)));

    it.each(own.map(({ title: what, asset }) => [what, asset] as const))("%s is refused by both", async (__, asset) => {
      const { account, facts } = lanes[0] as Lane;
      const codes = judgeWith(facts)([base, asset], asset).map(({ code }) => code);
      expect(codes).toContainEqual(expect.stringMatching(/^SP10[12]$/));
      expect(await account.create(asset)).toMatchObject({ accepted: false });
    });
  });
});
