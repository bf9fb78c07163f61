import { readConsumerConfig, readStreamConfig } from "../model/config";
import type { ConsumerSpec } from "../model/consumer-spec";
import type { StreamSpec } from "../model/stream-spec";
import type { WireConfig } from "../model/wire";
import type { AccountLimits, ExistingStream, ServerFacts } from "../preflight/server-facts";
import { type Api, jetStreamApi, type Reply } from "./api";
import { connection } from "./connection";
import type { Settings } from "./settings";

type Wire = Readonly<Record<string, unknown>>;

/** What to read of an account. */
export interface FactsOptions {
  /**
   * Streams whose consumers are wanted, by name on the server.
   * @default - all
   */
  readonly consumersOf?: (stream: string) => boolean;
}

/** Reads what rules need to know of a live account: version, limits, streams, and consumers where they are wanted. */
export async function readServerFacts(
  settings: Settings,
  { consumersOf = () => true }: FactsOptions = {},
): Promise<ServerFacts> {
  const api = jetStreamApi(settings);
  const [answering, account, streams] = await Promise.all([
    answeringServer(settings),
    api.request("INFO"),
    paged(api, "STREAM.LIST", "streams"),
  ]);
  const existing = await Promise.all(streams.map((stream) => existingStream(api, stream, consumersOf)));
  return { ...answering, ...accountFacts(account), streams: existing };
}

// Only a server that has JetStream itself and is addressed directly is the one that judges.
async function answeringServer(settings: Settings): Promise<Pick<ServerFacts, "version" | "servers">> {
  const { info } = await connection(settings);
  if (!info?.jetstream || settings.apiPrefix !== "$JS.API") return {};
  return { version: info.version, ...(!info.cluster && { servers: 1 }) };
}

/** API level and limits of `$JS.API.INFO`. */
export function accountFacts({ api, limits, tiers }: Reply): Pick<ServerFacts, "apiLevel" | "limits" | "tiers"> {
  const level = (api as Wire | undefined)?.level;
  const byTier = Object.entries((tiers as Record<string, Wire> | undefined) ?? {});
  return {
    ...(typeof level === "number" && { apiLevel: level }),
    ...(byTier.length > 0
      ? { tiers: Object.fromEntries(byTier.map(([tier, usage]) => [tier, accountLimits(usage.limits as Wire)])) }
      : limits !== undefined && { limits: accountLimits(limits as Wire) }),
  };
}

// server/jetstream.go JetStreamAccountLimits.
const LIMITS: Readonly<Record<keyof AccountLimits, string>> = {
  maxMemory: "max_memory",
  maxStorage: "max_storage",
  maxStreams: "max_streams",
  maxConsumers: "max_consumers",
  maxAckPending: "max_ack_pending",
  memoryMaxStreamBytes: "memory_max_stream_bytes",
  storageMaxStreamBytes: "storage_max_stream_bytes",
  maxBytesRequired: "max_bytes_required",
};

function accountLimits(wire: Wire): AccountLimits {
  const known = Object.entries(LIMITS).filter(([, name]) => wire[name] !== undefined);
  return Object.fromEntries(known.map(([key, name]) => [key, exact(wire[name])]));
}

// A limit beyond 2^53 is decimal text in the model.
function exact(value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

async function existingStream(
  api: Api,
  stream: Wire,
  consumersOf: (stream: string) => boolean,
): Promise<ExistingStream> {
  const config = stream.config as WireConfig;
  const name = String(config.name);
  const spec = readStreamConfig(config).spec as unknown as StreamSpec;
  if (!consumersOf(name)) return { spec };
  const count = (stream.state as Wire | undefined)?.consumer_count;
  const list = count === 0 ? [] : await paged(api, `CONSUMER.LIST.${name}`, "consumers");
  const durable = list.map((consumer) => consumer.config as WireConfig).filter(isDurable);
  return { spec, consumers: durable.map((wire) => readConsumerConfig(name, wire).spec as unknown as ConsumerSpec) };
}

// Consumers of mirrors and sources are the server's own, ephemeral ones their clients'.
function isDurable({ durable_name, name, direct, sourcing }: WireConfig): boolean {
  const internal = /^JS_(MIRROR|SRC)_/.test(String(durable_name ?? name));
  return Boolean(durable_name) && !internal && direct !== true && sourcing !== true;
}

/** Every entry of a list the server gives in pages, by name: entries may move between pages meanwhile. */
export async function paged(api: Api, subject: string, key: "streams" | "consumers"): Promise<Wire[]> {
  const found = new Map<unknown, Wire>();
  for (let offset = 0; ; ) {
    const reply = await api.request(subject, { offset });
    const page = (reply[key] as Wire[] | null | undefined) ?? [];
    for (const entry of page) found.set((entry.config as Wire).name ?? entry.name, entry);
    // Offline assets count in the total and are missing in the page.
    const step = Math.max(page.length, Number(reply.limit ?? 0));
    offset += step;
    if (step === 0 || offset >= Number(reply.total ?? 0)) return [...found.values()];
  }
}
