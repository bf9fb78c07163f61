import { connect, type NatsConnection } from "@nats-io/transport-node";
import { bigintAsText } from "../../model/walk";
import type { WireConfig } from "../../model/wire";
import { jetStreamApi } from "../../provider/api";
import { closeConnections } from "../../provider/connection";
import { planAssets } from "../../provider/plan-assets";
import { readSettings, type Settings } from "../../provider/settings";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { accountObject } from "../../render/nack/account-object";
import { type Asset, streamOf } from "../oracle/asset";
import { liveAccount } from "../oracle/server-verdict";
import { apply, describeWith, type Forward, forward, kubectl, secret } from "../support/kubernetes";
import { nackDefinitions } from "../support/kubernetes-programs/definitions";
import { liveConfig } from "../support/kubernetes-programs/live-config";
import { removeNack, startNack } from "../support/kubernetes-programs/nack-controller";
import { randomSets, resourcesOf, sampleSets } from "../support/kubernetes-programs/nack-sets";
import { natsUrl } from "../support/kubernetes-programs/nats-pod";
import { startServer, type TestServer } from "../support/nats";

const NAMESPACE = "nack";
const sets = [...sampleSets(), ...randomSets(40, 20_260_131)];

// One account a set: all of them may use the same names.
const accounts = sets.map((_, i) => `a${i}: { jetstream: enabled, users: [{ user: u${i}, password: p }] }`);
const config = `accounts { ${accounts.join("\n")} }`;

interface Made {
  readonly asset: Asset;
  readonly object: KubernetesObject;
  /** What the server answers to the asset as we make it ourselves. */
  readonly own: WireConfig;
}

describeWith(nackDefinitions.missing, "assets NACK's controller makes of our resources", () => {
  let twin: TestServer;
  let tunnel: Forward;
  const made: Made[][] = [];
  const conditions = new Map<string, { status: string; message: string }>();

  beforeAll(async () => {
    twin = await startServer({ config });
    await startNack(NAMESPACE, { config });
    tunnel = await forward(NAMESPACE, "nats");
    await apply([
      secret(NAMESPACE, "logins", { password: "p", ...Object.fromEntries(sets.map((_, i) => [`u${i}`, `u${i}`])) }),
      ...sets.map((_, i) =>
        accountObject({
          name: `a${i}`,
          namespace: NAMESPACE,
          servers: [natsUrl(NAMESPACE)],
          user: { secretName: "logins", userKey: `u${i}`, passwordKey: "password" },
        }),
      ),
    ]);
    for (const [i, set] of sets.entries()) made.push(await ownAssets(set, i));
    const all = made.flat();
    await applied(all.filter(({ asset }) => asset.kind !== "consumer").map(({ object }) => object));
    await applied(all.filter(({ asset }) => asset.kind === "consumer").map(({ object }) => object));
  });
  afterAll(async () => {
    tunnel?.close();
    await twin?.stop();
    await removeNack(NAMESPACE);
  });

  const servers = () => `nats://127.0.0.1:${tunnel.port}`;

  // What our own server refuses is left out: so would NACK's.
  async function ownAssets(set: readonly Asset[], i: number): Promise<Made[]> {
    const options = { namespace: NAMESPACE, connection: { account: `a${i}` }, owner: "" } as const;
    return inAccount(twin.url, i, async (nc) => {
      const account = liveAccount(nc);
      const assets: Made[] = [];
      // Of a mirror, servers take over what its origin is by then.
      const resources = resourcesOf(set, `set-${i}`, options).filter(([{ spec }]) => spec.mirrorDirect === undefined);
      const originsFirst = resources.sort(([a], [b]) => rank(a) - rank(b));
      for (const [asset, object] of originsFirst) {
        if (lacksOrigin(asset, set, assets) || !(await account.create(asset)).accepted) continue;
        const own = await configOf(nc, asset);
        if (own) assets.push({ asset, object, own });
      }
      return assets;
    });
  }

  async function applied(objects: readonly KubernetesObject[]): Promise<void> {
    await apply(objects);
    const names = new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
    const end = Date.now() + 240_000;
    for (;;) {
      const text = await kubectl("get", "streams,consumers,keyvalues,objectstores", "-n", NAMESPACE, "-o", "json");
      for (const { kind, metadata, status } of JSON.parse(text).items) {
        const ready = status?.conditions?.[0];
        if (ready) conditions.set(`${kind}/${metadata.name}`, ready);
      }
      const waiting = [...names].filter((name) => !/True|False/.test(conditions.get(name)?.status ?? ""));
      if (waiting.length === 0) return;
      if (Date.now() > end) throw new Error(`not reconciled: ${waiting.join(", ")}`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }

  it("are ready, all of them", () => {
    const names = made.flat().map(({ asset, object }) => [asset, `${object.kind}/${object.metadata.name}`] as const);
    const failed = names
      .filter(([, name]) => conditions.get(name)?.status !== "True")
      .map(([asset, name]) => [name, asset, conditions.get(name)?.message]);
    expect(names.length).toBeGreaterThan(200);
    expect(failed).toEqual([]);
  });

  it("are what the model means: nothing is left to do", async () => {
    const left: string[] = [];
    for (const [i, set] of made.entries()) {
      const { settings } = readSettings((key) => ({ ...login(i), "nats:servers": servers() })[key]);
      const declared = set.map(({ asset }) => asset);
      for (const { kind, action, changes } of await planAssets(jetStreamApi(settings as Settings), declared))
        left.push(...(action === "create" ? [`${kind}: missing`] : changes.map(({ field }) => `${kind}: ${field}`)));
    }
    await closeConnections();
    // It has no metadata in NACK: a warning says so.
    expect([...new Set(left)]).toEqual(["key-value bucket: dataClass"]);
  });

  it("have the same configuration as those we make ourselves, field by field", async () => {
    const differing = new Set<string>();
    for (const [i, set] of made.entries())
      await inAccount(servers(), i, async (nc) => {
        for (const { asset, own } of set)
          for (const difference of differences(own, (await configOf(nc, asset)) ?? {}))
            differing.add(`${asset.kind} ${difference}`);
      });
    expect([...differing].sort()).toEqual(knownDifferences);
  });
});

// A mirror is written for the origin it has in its set: without that one it is another mirror.
function lacksOrigin(asset: Asset, set: readonly Asset[], made: readonly Made[]): boolean {
  const isOrigin = (other: Asset) => other.kind !== "consumer" && streamOf(other) === originOf(asset);
  return set.some(isOrigin) && !made.some((other) => isOrigin(other.asset));
}

const originOf = ({ spec }: Asset) => (spec.mirror as { readonly name: string } | undefined)?.name;

// A bucket can be the origin of a stream, and no stream that of a bucket.
function rank({ kind, spec }: Asset): number {
  if (!("mirror" in spec)) return 0;
  return kind === "stream" ? 2 : 1;
}

// What means the same: a pause that is over, and the window of a stream nobody publishes to.
const knownDifferences = [
  'consumer pause_until: none by us, "0001-01-01T00:00:00Z" by NACK',
  "key-value bucket duplicate_window: none by us, 120000000000 by NACK",
];

function differences(own: WireConfig, theirs: WireConfig): string[] {
  const text = (value: unknown) => JSON.stringify(value, bigintAsText) ?? "none";
  const fields = [...new Set([...Object.keys(own), ...Object.keys(theirs)])].filter((field) => field !== "metadata");
  const pairs = fields.map((field) => [field, text(own[field]), text(theirs[field])] as const);
  return pairs.flatMap(([field, ours, nacks]) => (ours === nacks ? [] : [`${field}: ${ours} by us, ${nacks} by NACK`]));
}

const login = (i: number): Readonly<Record<string, string>> => ({ "nats:user": `u${i}`, "nats:password": "p" });

async function inAccount<T>(url: string, i: number, use: (nc: NatsConnection) => Promise<T>): Promise<T> {
  const nc = await connect({ servers: url, user: `u${i}`, pass: "p", ignoreClusterUpdates: true });
  try {
    return await use(nc);
  } finally {
    await nc.close();
  }
}

const configOf = (nc: NatsConnection, asset: Asset) =>
  liveConfig(nc, streamOf(asset), asset.kind === "consumer" ? String(asset.spec.name) : undefined);
