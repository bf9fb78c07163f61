import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import type { TopologySpec } from "../../model/topology-spec";
import { type Api, jetStreamApi } from "../../provider/api";
import { closeConnections } from "../../provider/connection";
import type { Live } from "../../provider/driver";
import { drivers } from "../../provider/drivers";
import { readSettings, type Settings } from "../../provider/settings";
import { natsCliFiles } from "../../render/nats-cli/nats-cli-files";
import { type Asset, topologyOf } from "../oracle/asset";
import { topologyArbitrary } from "../oracle/topology-arbitrary";
import { folderWith } from "../support/cli";
import { startServer, type TestServer } from "../support/nats";
import { nats, natsTool } from "../support/nats-cli";
import { type Sample, samples } from "../support/samples";

type Fields = Readonly<Record<string, unknown>>;
const kinds = Object.keys(samples) as SpecKind[];

let server: TestServer;
let api: Api;
beforeAll(async () => {
  server = await startServer({ config: "server_tags: [ssd]" });
  api = jetStreamApi(readSettings((key) => ({ "nats:servers": server.url })[key]).settings as Settings);
  await api.request("STREAM.CREATE.BASE", { name: "BASE", subjects: ["in.>"] });
});
afterAll(async () => {
  await closeConnections();
  await server.stop();
});

function folderOf(topology: TopologySpec) {
  const { files, findings } = natsCliFiles(topology);
  const cwd = folderWith({});
  for (const { path, text } of files) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return { cwd, findings };
}

const title = ({ field, value }: Sample) => `${field} ${JSON.stringify(value)}`;
const tried = natsTool ? describe : describe.skip;
// One server holds no three copies, and no server creates a stream that is sealed.
const REFUSED = ["replicas 3", "sealed true"];

async function addWithTool(topology: TopologySpec) {
  const { cwd, findings } = folderOf(topology);
  expect(findings).toEqual([]);
  const { code, output } = await nats(server.url, "sh", ["apply.sh"], cwd);
  expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
}

interface Made extends Asset {
  readonly base: Fields;
  readonly live: Live;
}

/** Those the server takes from us, and what it makes of them. */
async function accepted(assets: readonly Asset[]): Promise<Made[]> {
  const made: Made[] = [];
  const isThere = ({ name, stream }: Fields) => made.some(({ base }) => base.name === name && base.stream === stream);
  for (const { kind, spec } of assets) {
    const driver = drivers[kind];
    const base = driver.toBase(spec);
    if (isThere(base)) continue;
    const live = await driver.create(api, base, driver.config(base, "")).catch(() => undefined);
    if (live) made.push({ kind, base, spec, live });
  }
  await removeAll(made);
  return made;
}

async function removeAll(made: readonly Made[]): Promise<void> {
  for (const { kind, base } of [...made].reverse()) await drivers[kind].remove(api, base);
}

tried("files for the nats tool", () => {
  let count = 0;
  describe.each(kinds)("%s", (kind) => {
    it.each(samples[kind].map((sample) => [title(sample), sample] as const))("%s", async (text, sample) => {
      const name = `N${++count}`;
      const named = kind === "consumer" ? { stream: "BASE", name, kind: "pull", ackPolicy: "explicit" } : { name };
      const own = kind === "stream" ? { subjects: [`own.${name}`] } : {};
      const spec = normalizeSpec(kind, { ...named, ...own, ...sample.beside, [sample.field]: sample.value });
      const driver = drivers[kind];
      const base = driver.toBase(spec);
      // What the server takes from us is what it takes from the tool.
      const direct = await driver.create(api, base, driver.config(base, "")).catch(() => undefined);
      expect(direct === undefined).toBe(REFUSED.includes(text));
      if (!direct) return;
      await driver.remove(api, base);
      await addWithTool(topologyOf([{ kind, spec }]));
      expect((await driver.info(api, base))?.base).toEqual(direct.base);
      await driver.remove(api, base);
    });
  });

  const seed = Number(process.env.HEADWATER_SEED ?? Math.floor(Math.random() * 2 ** 31));
  it(`say what random topologies say, seed ${seed}`, async () => {
    const arbitrary = topologyArbitrary({ version: "2.15.1", servers: 1 });
    let added = 0;
    for (const assets of fc.sample(arbitrary, { seed, numRuns: Number(process.env.HEADWATER_RUNS ?? 15) })) {
      const made = await accepted(assets);
      if (made.length === 0) continue;
      await addWithTool(topologyOf(made));
      for (const { kind, base, live } of made)
        expect({ base, live: (await drivers[kind].info(api, base))?.base }).toEqual({ base, live: live.base });
      await removeAll(made);
      added += made.length;
    }
    expect(added).toBeGreaterThan(10);
  });

  it("have names of their own where names differ in case alone, and where they begin with a hyphen", async () => {
    const consumers = [{ stream: "-s", name: "-c", kind: "pull", ackPolicy: "explicit" }] as const;
    const topology = { streams: { Same: {}, SAME: {}, "-s": {} }, consumers } satisfies TopologySpec;
    const { files } = natsCliFiles(topology);
    expect(files.map(({ path }) => path)).toEqual([
      "streams/Same.json",
      "streams/SAME~1.json",
      "streams/-s.json",
      "consumers/-s/-c.json",
      "apply.sh",
    ]);
    await addWithTool(topology);
    expect(await drivers.consumer.info(api, { stream: "-s", name: "-c" })).toBeDefined();
  });
});
