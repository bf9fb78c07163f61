import { jetstreamManager } from "@nats-io/jetstream";
import type { SpecKind } from "../../model/finding";
import { declaredIn } from "../../preflight/preflight";
import { jetStreamApi } from "../../provider/api";
import type { Fields } from "../../provider/driver";
import { planAssets } from "../../provider/plan-assets";
import { readSettings } from "../../provider/settings";
import { apiRequests, writes } from "../support/api-log";
import { closeConnections, handlerOf, manage } from "../support/handlers";
import { startServer, type TestServer, withConnection } from "../support/nats";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await closeConnections();
  await server.stop();
});

const OWNER = "shop/dev/orders";
const waiver = { rule: "jetstream-retention-bounded", reason: "sized in July", expires: "2026-07-31" };
const handler = (kind: SpecKind) => handlerOf(kind, { "nats:servers": server.url });

/** Everything the server has stored of streams and their consumers. */
const stored = () =>
  withConnection(server.url, async (nc) => {
    const manager = await jetstreamManager(nc);
    const streams = await manager.streams.list().next();
    const consumers = await Promise.all(streams.map(({ config }) => manager.consumers.list(config.name).next()));
    return JSON.stringify([streams.map(({ config }) => config), consumers.flat().map(({ config }) => config)]);
  });

it.each<[SpecKind, Fields]>([
  ["stream", { name: "S", subjects: ["s"] }],
  ["consumer", { stream: "S", name: "a_b", kind: "pull", ackPolicy: "explicit" }],
  ["key-value bucket", { name: "k" }],
  ["object store", { name: "o" }],
])("waivers of a %s stay in the program", async (kind, spec) => {
  const asset = manage(await handler(kind), OWNER);
  await asset.apply({ ...spec, waive: [waiver] });
  const before = await stored();
  expect(before).not.toMatch(/waive|retention-bounded|sized in July/);
  expect(asset.inputs.waive).toEqual([waiver]);
  expect(asset.outputs.waive).toEqual([waiver]);
  expect(await asset.refresh()).toMatchObject({ waive: [waiver] });

  const later = [{ ...waiver, expires: "2026-08-31" }];
  const edits = await apiRequests(server.url, async () => {
    await asset.apply({ ...spec, waive: later });
    expect(asset.inputs.waive).toEqual(later);
    await asset.apply(spec);
  });
  expect(writes(edits)).toEqual([]);
  expect(asset.inputs).not.toHaveProperty("waive");
  expect(await stored()).toBe(before);

  const other = await apiRequests(server.url, () => asset.apply({ ...spec, description: "changed", waive: [waiver] }));
  expect(writes(other)).toHaveLength(1);
  expect(await stored()).not.toMatch(/waive|retention-bounded|sized in July/);
});

it("a waiver that is none is refused before the server is asked", async () => {
  const { reason: _, ...rest } = waiver;
  const asset = manage(await handler("stream"), OWNER);
  const requests = await apiRequests(server.url, () =>
    expect(asset.apply({ name: "T", waive: [rest] })).rejects.toThrow(
      'SP101 stream "T": waive[0].reason is required. Set it.',
    ),
  );
  expect(writes(requests)).toEqual([]);
});

it("waivers are no change in a plan", async () => {
  const { settings } = readSettings((key) => (key === "nats:servers" ? server.url : undefined));
  if (!settings) throw new Error("no settings");
  const waive = [waiver];
  const named = (asset: object) => ({ ...asset, waive });
  const topology = {
    streams: { P: named({ subjects: ["p"] }) },
    keyValues: { p: named({}) },
    objectStores: { p: named({}) },
    consumers: [{ stream: "P", name: "a_b", kind: "pull", ackPolicy: "explicit", waive } as const],
  };
  for (const { kind, spec } of declaredIn(topology)) await manage(await handler(kind), OWNER).apply(spec);
  const plans = await planAssets(jetStreamApi(settings), declaredIn(topology));
  expect(plans.map(({ name, action }) => [name, action])).toEqual([
    ["P", "none"],
    ["p", "none"],
    ["p", "none"],
    ["P/a_b", "none"],
  ]);
  const changed = declaredIn({ ...topology, streams: { P: { subjects: ["p", "q"], waive } } });
  const [stream] = await planAssets(jetStreamApi(settings), changed);
  expect([stream?.action, stream?.changes.map(({ field }) => field)]).toEqual(["update", ["subjects"]]);
});
