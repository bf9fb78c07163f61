import { JetStreamApiError } from "@nats-io/jetstream";
import { mutability } from "../../changes/mutability";
import { consumerConfig, streamConfig } from "../../model/config";
import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { specShapes } from "../../model/spec-shapes";
import { isOlder } from "../../model/version";
import { wireName } from "../../model/wire";
import { checkFieldVersions } from "../../preflight/field-versions";
import { jetStreamApi } from "../../provider/api";
import type { Fields } from "../../provider/driver";
import type { Handler } from "../../provider/handler";
import { readSettings, type Settings } from "../../provider/settings";
import { plain } from "../../provider/state";
import { closeConnections, drivers, handlerOf, type Managed, manage } from "../support/handlers";
import { startCluster, type TestServer, urlsOf } from "../support/nats";
import { identities, type Sample, samples } from "../support/samples";
import { leafPaths, schemaPaths } from "../support/schema-paths";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const kinds = Object.keys(samples) as SpecKind[];
const versions = testVersions(NEWEST, OLDEST);
const OWNER = "project/stack/resource";

const wirePath = (path: string) => path.split(".").map(wireName).join(".");
// The durable name is our name; an empty object of limits is always echoed.
const IDENTITY = new Set(["durable_name", "name"]);
const EMPTY = new Set(["consumer_limits"]);

const title = (sample: Sample) => `${sample.field} ${JSON.stringify(sample.value)}`;

describe("every field has a sample", () => {
  it.each(kinds)("%s", (kind) => {
    const sampled = samples[kind].flatMap(({ field, value }) => leafPaths({ [field]: value }));
    const covered = new Set([...sampled, ...identities[kind]]);
    expect(schemaPaths(specShapes[kind].fields).filter((path) => !covered.has(path))).toEqual([]);
  });
});

describe.each(versions)("nats-server %s", (version) => {
  let servers: TestServer[];
  let settings: Settings;
  const covered: string[] = [];
  beforeAll(async () => {
    servers = await startCluster({ version, config: "server_tags: [ssd]" });
    settings = readSettings((key) => ({ "nats:servers": urlsOf(servers) })[key]).settings as Settings;
    const origin = manage(await handlerOf("stream", { "nats:servers": urlsOf(servers) }));
    await origin.apply({ name: "BASE", subjects: ["in.>"] });
  });
  afterAll(async () => {
    await closeConnections();
    await Promise.all(servers.map((server) => server.stop()));
    console.info(`${new Set(covered).size} fields × nats-server ${version}`);
  });

  let count = 0;
  const baseOf = (kind: SpecKind): Fields => {
    const name = `N${++count}`;
    if (kind === "consumer") return { stream: "BASE", name, kind: "pull", ackPolicy: "explicit" };
    return kind === "stream" ? { name, subjects: [`own.${name}`] } : { name };
  };

  describe.each(kinds)("%s", (kind) => {
    let handler: Handler;
    beforeAll(async () => {
      handler = await handlerOf(kind, { "nats:servers": urlsOf(servers) });
    });
    const normal = (spec: Fields) => ({ ...normalizeSpec(kind, spec), owner: OWNER });

    it.each(samples[kind].map((sample) => [title(sample), sample] as const))("%s", async (_, sample) => {
      const { field, value, beside, onlyLater } = sample;
      const base = plain({ ...baseOf(kind), ...beside });
      const spec = { ...base, [field]: value };
      const asset = manage(handler, OWNER, kind);
      if (checkFieldVersions(kind, "?", normalizeSpec(kind, spec), version).length > 0) {
        await expect(asset.apply(spec)).rejects.toThrow(
          new RegExp(`SV101 .* needs nats-server .* the server runs ${version}`),
        );
        return;
      }
      covered.push(...leafPaths({ [field]: value }).map((path) => `${kind}.${path}`));
      if (onlyLater) await asset.apply(base);
      await asset.apply(spec);
      expect(await asset.refresh()).toEqual(normal(spec));
      expect(await unknownKeys(kind, spec)).toEqual([]);
      for (const edited of editsOf(kind, sample, base)) await edit(asset, field, edited);
    });

    async function edit(asset: Managed, field: string, to: Fields) {
      const row = mutability[kind][field];
      const refused = await asset.apply(to).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (refused === undefined) {
        expect(await asset.refresh()).toEqual(normal(to));
        return;
      }
      expect(refused).toMatch(/(RC101|OW101|IN101) .* cannot be changed/);
      // The server must agree, except where it accepts an edit and does harm later, or nothing at all.
      const inert = row?.refusedSince !== undefined && isOlder(version, row.refusedSince);
      expect(await rawUpdate(kind, to)).toBe(row?.edit === "unsafe" || inert ? "accepted" : "refused");
    }
  });

  // The value changed, and then removed where it can be.
  function editsOf(kind: SpecKind, { field, value, changed, goes = [] }: Sample, base: Fields): Fields[] {
    const edit = mutability[kind][field]?.edit;
    // A choice that goes takes along what belongs to it.
    const kept = edit === "never" ? without(base, goes) : base;
    const change = changed === undefined ? [] : [{ ...kept, [field]: changed }];
    const removable = (edit === "update" || edit === "retention") && value !== "workqueue" && !(field in required);
    return removable ? [...change, without(base, goes)] : change;
  }

  // What a spec cannot be without.
  const required = { kind: true, deliverSubject: true };

  // What the server echoes and the schema does not know: a field that is missing from the model.
  async function unknownKeys(kind: SpecKind, spec: Fields): Promise<string[]> {
    const driver = drivers[kind];
    const live = await driver.info(jetStreamApi(settings), driver.toBase(spec));
    const known = new Set(schemaPaths(specShapes[driver.base].fields).map(wirePath));
    return leafPaths(live?.wire).filter((path) => !known.has(path) && !IDENTITY.has(path) && !EMPTY.has(path));
  }

  function without(spec: Fields, keys: readonly string[]): Fields {
    return Object.fromEntries(Object.entries(spec).filter(([key]) => !keys.includes(key)));
  }

  async function rawUpdate(kind: SpecKind, spec: Fields): Promise<"accepted" | "refused"> {
    const api = jetStreamApi(settings);
    const base = drivers[kind].toBase(spec);
    const { name, stream } = base;
    const consumer = { stream_name: stream, config: consumerConfig(base, OWNER), action: "update" };
    const request =
      kind === "consumer"
        ? api.request(`CONSUMER.CREATE.${stream}.${name}`, consumer)
        : api.request(`STREAM.UPDATE.${name}`, streamConfig(base, OWNER));
    return request.then(
      () => "accepted",
      (error) => {
        expect(error).toBeInstanceOf(JetStreamApiError);
        return "refused";
      },
    );
  }
});
