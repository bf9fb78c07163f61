import fc from "fast-check";
import { contextualDefaults, dropDefaults } from "../../model/defaults";
import { normalizeSpec } from "../../model/normalize";
import { buildSystem } from "../../policies/build-system";
import { check, checkSystem } from "../../policies/check";
import { liveAccount } from "../../policies/readers/account-reader";
import { preflight } from "../../preflight/preflight";
import { closeConnections } from "../../provider/connection";
import { readServerFacts } from "../../provider/server-facts";
import { readSettings, type Settings } from "../../provider/settings";
import { type Asset, assetsOf, nameOf, streamOf, topologyOf } from "../oracle/asset";
import { type Account, liveAccount as emptiable } from "../oracle/server-verdict";
import { topology as baseline } from "../policies/support/baseline";
import { exampleAssets } from "../policies/support/example-assets";
import { judgedArbitrary } from "../policies/support/judged-arbitrary";
import { meant } from "../policies/support/meant";
import { startServer, type TestServer, withConnection } from "../support/nats";
import { policyFindings } from "../support/policy-findings";

let server: TestServer;
let settings: Settings;
beforeAll(async () => {
  server = await startServer();
  settings = readSettings((key) => ({ "nats:servers": server.url })[key]).settings as Settings;
});
afterAll(async () => {
  await closeConnections();
  await server.stop();
});

/**
 * An asset as one server can have it, without what a live one does not show: a value the server gives to whoever says nothing is
 * the same whether it was said or not.
 */
function shown(asset: Asset, limited: ReadonlySet<string>): Asset {
  const { kind, spec } = meant(asset);
  const { replicas: _, pauseUntil: __, ...rest } = spec;
  if (kind !== "stream" && kind !== "consumer") return { kind, spec: rest };
  const told = dropDefaults(normalizeSpec(kind, rest), contextualDefaults[kind]);
  const given = limited.has(streamOf(asset)) ? ["maxAckPending", "inactiveThreshold"] : [];
  const kept = Object.entries(rest).filter(([key]) => key in told && !given.includes(key));
  return { kind, spec: Object.fromEntries(kept) };
}

const INERT = ["SW106", "SW107"];

// What a server passes over it need not keep.
function withoutInert(assets: readonly Asset[]): Asset[] {
  const inert = preflight(topologyOf(assets)).filter(({ code }) => INERT.includes(code));
  return assets.map((asset) => {
    const fields = inert.filter(({ kind, name }) => kind === asset.kind && name === nameOf(asset));
    const kept = Object.entries(asset.spec).filter(([key]) => !fields.some(({ field }) => field === key));
    return { ...asset, spec: Object.fromEntries(kept) };
  });
}

/** Makes what the server takes of some assets, and nothing else. */
async function provision(assets: readonly Asset[], account: Account): Promise<Asset[]> {
  const limited = new Set(assets.filter(({ spec }) => spec.consumerLimits !== undefined).map(streamOf));
  const made: Asset[] = [];
  await account.clear();
  for (const one of withoutInert(assets.map((asset) => shown(asset, limited)))) {
    const isTaken = made.some((other) => other.kind !== "consumer" && streamOf(other) === streamOf(one));
    if (one.kind !== "consumer" && isTaken) continue;
    if ((await account.create(one)).accepted) made.push(one);
  }
  return made;
}

/** What the rules find in the declared assets, and in the account they were made in. */
async function bothFindings(assets: readonly Asset[], account: Account): Promise<[string[], string[]]> {
  const made = await provision(assets, account);
  const facts = await readServerFacts(settings);
  const declared = check({ topology: topologyOf(made), server: facts });
  const found = checkSystem(buildSystem([liveAccount(facts)]));
  return [policyFindings(declared.findings), policyFindings(found.findings)];
}

describe("a live account has the findings of what it was made from", () => {
  it.each([
    ["the baseline", assetsOf(baseline)],
    ["what rules show as examples", [...exampleAssets]],
  ])("%s", async (_, assets) => {
    await withConnection(server.url, async (nc) => {
      const [declared, live] = await bothFindings(assets, emptiable(nc));
      expect(declared.length).toBeGreaterThan(3);
      expect(live).toEqual(declared);
    });
  });

  it("random topologies", async () => {
    let found = 0;
    await withConnection(server.url, async (nc) => {
      const sets = fc.asyncProperty(judgedArbitrary(1), async (assets) => {
        const [declared, live] = await bothFindings(assets, emptiable(nc));
        found += declared.length;
        expect(live).toEqual(declared);
      });
      await fc.assert(sets, { numRuns: 40 });
    });
    expect(found).toBeGreaterThan(100);
  });
});
