import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { streamConfig } from "../../model/config";
import { effectiveStreamConfig } from "../../model/event-bus/bus-stream-config";
import type { EventBusSpec, NativeEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { BUS_STREAM, BUS_SUBJECTS } from "../../model/event-bus/event-bus-stream";
import { busServerVersion } from "../../model/event-bus/versions";
import { preflightEventBus } from "../../preflight/event-bus/preflight-event-bus";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { createProject } from "../support/engine";
import { type ConfiguredPlace, startConfigured, type TestServer, until, withConnection } from "../support/nats";

const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

// The server of a bus whose version is "latest".
const VERSION = busServerVersion("latest") as string;
const BUS: NativeEventBusSpec = { type: "native", name: "default", version: VERSION, replicas: 1 };

interface Rendered {
  readonly maxPayload?: string;
  readonly settings?: string;
}

// As Argo's controller writes what a bus says into the servers' configuration: bare.
function serverConf(bus: NativeEventBusSpec, ports: readonly number[], folder: string): string {
  const { maxPayload = "1MB", settings = "" } = (toEventBus(bus).spec as { jetstream: Rendered }).jetstream;
  return [
    `listen: "127.0.0.1:${ports[0]}"`,
    `http: "127.0.0.1:${ports[1]}"`,
    `max_payload: ${maxPayload}`,
    `jetstream {\n  store_dir: ${JSON.stringify(join(folder, "js"))}\n  ${settings}\n}`,
    "",
  ].join("\n");
}

async function withServer(bus: NativeEventBusSpec, use: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startConfigured(({ ports, folder }) => serverConf(bus, ports, folder), { version: VERSION });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

const varz = async ({ monitor }: TestServer) =>
  (await (await fetch(`${monitor}/varz`)).json()) as {
    max_payload: number;
    jetstream: { config: { max_memory: number; max_storage: number; sync_interval: number } };
  };
const codesOf = (bus: EventBusSpec) => preflightEventBus(bus).map(({ code }) => code);

it("writes settings and payload so that nats-server reads what was meant", async () => {
  const settings = { maxMemoryStore: "64MiB", maxFileStore: "1GiB", syncInterval: "5m" } as const;
  await withServer({ ...BUS, settings, maxPayload: "2MiB" }, async (server) => {
    const { max_payload, jetstream } = await varz(server);
    expect(max_payload).toBe(2 * 2 ** 20);
    expect(jetstream.config).toMatchObject({
      max_memory: 64 * 2 ** 20,
      max_storage: 2 ** 30,
      sync_interval: 300_000_000_000,
    });
  });
});

it("knows that a payload of 0 is the default", async () => {
  expect(codesOf({ ...BUS, maxPayload: 0 })).toContain("EB206");
  await withServer({ ...BUS, maxPayload: 0 }, async (server) => {
    expect((await varz(server)).max_payload).toBe(2 ** 20);
  });
});

describe("the binary", () => {
  let binary: string;
  let folder: string;
  beforeAll(async () => {
    binary = await natsServer(VERSION);
    folder = mkdtempSync(join(tmpdir(), "headwater-bus-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const NAMES = [
    "a",
    "a1",
    "default",
    "12ab",
    "0x1",
    "onward",
    "e5",
    "1k1",
    "1kx",
    "5m-a",
    "1kib2",
    "12-a",
    "true-x",
    "5minutes",
    "123",
    "10k",
    "10kb",
    "1gi",
  ];
  it.each([...NAMES, "3m", "5mib", "1e5", "1e", "2-a", "true", "on", "off", "yes", "no", "false", "7t", "7p", "7e"])(
    "takes the name %s for a text exactly where preflight does",
    (name) => {
      const file = join(folder, "name.conf");
      writeFileSync(file, `cluster {\n  port: 6222\n  name: ${name}\n}\n`);
      const { status } = spawnSync(binary, ["-t", "-c", file], { timeout: 10_000 });
      const codes = codesOf({ ...BUS, replicas: 3, name });
      expect(codes.includes("EB104")).toBe(status !== 0);
    },
  );

  it.each(["-v", "--version", "-h", "-t", "--help_tls"])("ends at once with %s", (argument) => {
    expect(codesOf({ ...BUS, startArgs: [argument] })).toContain("EB105");
    const { error } = spawnSync(binary, ["-p", "-1", argument], { timeout: 5_000 });
    expect(error).toBeUndefined();
  });
});

describe("the stream", () => {
  const made = async ({ url }: TestServer, bus: EventBusSpec) => {
    const spec = { ...effectiveStreamConfig(bus), name: BUS_STREAM, subjects: [BUS_SUBJECTS] };
    return withConnection(url, async (nc) => {
      const { streams, consumers } = await jetstreamManager(nc);
      try {
        await streams.add(streamConfig(spec) as never);
        const deliver = { deliver_policy: "new", ack_policy: "explicit" } as never as object;
        await consumers.add(BUS_STREAM, { durable_name: "group-1", filter_subject: "default.a.b", ...deliver });
        return undefined;
      } catch (error) {
        return (error as { code: number }).code;
      } finally {
        await streams.delete(BUS_STREAM).catch(() => undefined);
      }
    });
  };

  const settings = { maxFileStore: "1GiB" } as const;
  it.each<readonly [string, Partial<NativeEventBusSpec>, string | undefined, number | undefined]>([
    ["of a bus of one server", {}, undefined, undefined],
    ["of several replicas", { streamConfig: { replicas: 3 } }, "EB107", 10074],
    ["whose events are gone before their ids", { streamConfig: { maxAge: "4m" } }, "EB108", 10052],
    ["whose events stay as long as their ids", { streamConfig: { maxAge: "5m" } }, undefined, undefined],
    ["larger than its server", { streamConfig: { maxBytes: "1025MiB" } }, "EB109", 10047],
    ["as large as its server", { streamConfig: { maxBytes: "1GiB" } }, undefined, undefined],
    ["that is a work queue", { streamConfig: { retention: "workqueue" } }, "EB207", 10101],
    ["that keeps what somebody wants", { streamConfig: { retention: "interest" } }, undefined, undefined],
  ])("%s is judged as nats-server does", async (_, fields, code, refusal) => {
    const bus: NativeEventBusSpec = { ...BUS, persistence: { volumeSize: "2GiB" }, settings, ...fields };
    expect(codesOf(bus)).toEqual(code ? [code] : []);
    await withServer(bus, async (server) => expect(await made(server, bus)).toBe(refusal));
  });
});

it("knows which edits of the configuration servers take over while they run", async () => {
  const before: NativeEventBusSpec = { ...BUS, settings: { maxFileStore: "1GiB" } };
  let store = "";
  const write = ({ ports, folder }: ConfiguredPlace) => {
    store = JSON.stringify(join(folder, "js"));
    return serverConf(before, ports, folder);
  };
  const server = await startConfigured(write, { version: VERSION });
  try {
    server.reload("max_payload: 2MB");
    await until("the payload to be taken over", async () => (await varz(server)).max_payload === 2 * 2 ** 20);
    server.reload(`jetstream { store_dir: ${store}, max_file_store: 2GB }\nmax_payload: 3MB`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await varz(server)).toMatchObject({
      max_payload: 2 * 2 ** 20,
      jetstream: { config: { max_storage: 2 ** 30 } },
    });
    server.reload(`jetstream { store_dir: ${store}, max_file_store: 1GB }\nmax_payload: 3MB`);
    await until("the payload to be taken over", async () => (await varz(server)).max_payload === 3 * 2 ** 20);
  } finally {
    await server.stop();
  }
});

it("fails the preview of an edit Argo refuses, without servers or Kubernetes", async () => {
  const project = await createProject();
  const program = (spec: object) =>
    project.program(`
const pulumi = require("@pulumi/pulumi");
const load = 'require("module").createRequire(process.cwd()+"/")("headwater/provider").eventBusChange';
class Change extends pulumi.CustomResource {
  constructor(spec) {
    super("pulumi-nodejs:dynamic/nats:EventBusChange", "bus", { cluster: "default", spec, __provider: "exports.handler=()=>" + load });
  }
}
new Change(${JSON.stringify(spec)});`);
  try {
    program(BUS);
    expect(await project.up()).toMatchObject({ code: 0 });
    program({ ...BUS, streamConfig: { maxAge: "1d" } });
    const { code, text } = await project.preview();
    expect(code).not.toBe(0);
    expect(text).toContain('EB302 event bus "default": streamConfig.maxAge cannot change from not set to "1d"');
  } finally {
    project.remove();
  }
});
