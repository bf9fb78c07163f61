import { isOlder } from "../../model/version";
import { rules } from "../../preflight/rules";
import { type Asset, topologyOf } from "../oracle/asset";
import { brokenShapes } from "../oracle/broken-shapes";
import { isClassOf } from "../oracle/compare";
import { judgeWith } from "../oracle/judge";
import { type Lanes, startLanes, unlimited } from "../oracle/lanes";
import { runOracle } from "../oracle/oracle";
import { type Record, recorded, replayed } from "../oracle/replay";
import { differences, type Step, title } from "../oracle/run-topology";
import { runTwin, type TwinAccounts, twinAccounts, twinsFor } from "../oracle/run-twins";
import type { Account, Verdict } from "../oracle/server-verdict";
import type { Setting } from "../oracle/setting";
import { newTally } from "../oracle/tally";
import { topologies } from "../oracle/topologies";
import type { Twin } from "../oracle/twin";

const SEED = 1;
const LANES = 4;
const settings: readonly (Setting & { count: number })[] = [
  { version: "2.15.1", servers: 1, count: 500 },
  { version: "2.10.29", servers: 1, count: 200 },
  { version: "2.15.1", servers: 3, count: 40 },
];
const named = settings.map((setting) => {
  const where = setting.servers === 1 ? "" : `, cluster of ${setting.servers}`;
  return [`nats-server ${setting.version}${where}`, setting] as const;
});

type Refused = Step & { verdict: Extract<Verdict, { accepted: false }> };
const isRefused = (step: Step): step is Refused => !step.verdict.accepted;
const words = (step: Step) => `${title(step.asset)}: ${step.difference}`;

describe.each(named)("random topologies on %s", (_, setting) => {
  let lanes: Lanes;
  beforeAll(async () => {
    lanes = await startLanes(setting, unlimited(LANES));
  });
  afterAll(() => lanes.stop());

  it(`preflight and the server agree on ${setting.count}`, async () => {
    const tally = newTally();
    const differing: string[] = [];
    await runOracle(lanes, topologies(setting, SEED, setting.count), (outcome) => {
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
});

describe.each(named)("pairs on %s", (_, setting) => {
  const records = new Map<Twin, Record>();
  let accounts: TwinAccounts;
  beforeAll(async () => {
    accounts = await twinAccounts(setting);
  });
  afterAll(() => accounts.stop());

  const own = twinsFor(setting).map((twin) => [`${twin.code} ${JSON.stringify(twin.refused)}`, twin] as const);

  it.each(own)("%s is refused, its twin is not", async (__, twin) => {
    const record: Record = new Map();
    records.set(twin, record);
    const steps = await runTwin(twin, "refused", recorded(accounts.of(twin), record), setting);
    expect(differences(steps).map(words)).toEqual([]);
    const refused = steps.filter(isRefused);
    expect(refused.map(({ errors }) => [...new Set(errors.map(({ code }) => code))])).toEqual([[twin.code]]);
    expect(refused.every(({ verdict }) => isClassOf(twin.code, verdict))).toBe(true);

    const sound = await runTwin(twin, "accepted", accounts.of(twin), setting);
    expect(sound.length).toBeGreaterThan(0);
    expect(sound.map(({ errors, verdict }) => [errors, verdict])).toEqual(sound.map(() => [[], { accepted: true }]));
  });

  it.each(own)("%s goes unnoticed without its rule", async (__, twin) => {
    const others = rules.filter(({ code }) => code !== twin.code);
    const steps = await runTwin(twin, "refused", replayed(records.get(twin) as Record), setting, others);
    expect(differences(steps)).not.toEqual([]);
  });
});

describe.each(named)("wrong shapes on %s", (_, setting) => {
  const base: Asset = { kind: "stream", spec: { name: "BASE", subjects: ["base"] } };
  const judge = judgeWith({ version: setting.version, servers: setting.servers, streams: [] });
  let lanes: Lanes;
  beforeAll(async () => {
    lanes = await startLanes(setting, unlimited(1));
    await lanes.accounts[0]?.create(base);
  });
  afterAll(() => lanes.stop());

  const own = brokenShapes.filter(({ since }) => !(since && isOlder(setting.version, since)));

  it.each(own.map(({ title: what, asset }) => [what, asset] as const))("%s is refused by both", async (__, asset) => {
    expect(judge([base, asset], asset).map(({ code }) => code)).toContainEqual(expect.stringMatching(/^SP10[12]$/));
    expect(await (lanes.accounts[0] as Account).create(asset)).toMatchObject({ accepted: false });
  });
});
