import type { AssetFacts, ConsumerFacts } from "../changes/asset-facts";
import type { Change, ChangeCode } from "../changes/change";
import { HeadwaterError } from "../model/finding";
import { readMetadata } from "../model/stamp";
import { parseDuration } from "../model/units";
import type { Api, Reply } from "./api";
import type { Driver, Fields } from "./driver";
import { messagesBefore } from "./messages-before";
import { unlessMissing } from "./stream-driver";

type Need = "state" | "age" | "subjects" | "consumers" | "consumer" | "version";

// What the text and the verdict of a change depend on.
const NEEDS: Readonly<Partial<Record<ChangeCode, readonly Need[]>>> = {
  DL101: ["state"],
  DL102: ["state"],
  DL103: ["state", "age"],
  DL104: ["state", "subjects"],
  DL105: ["state", "subjects"],
  DL106: ["state", "consumers"],
  DL107: ["consumer"],
  DL108: ["state"],
  DL110: ["state", "consumers", "consumer"],
  RC101: ["state", "consumers", "consumer"],
  OW101: ["state", "consumers"],
  OW103: ["version"],
  IN101: ["state", "consumers"],
  GD102: ["version"],
  BC101: ["subjects"],
  BC104: ["state"],
  BC105: ["consumers"],
  BC114: ["consumer"],
  BC119: ["consumer"],
};
// What a harmless-looking edit of a field depends on.
const FIELD_NEEDS: Readonly<Record<string, readonly Need[]>> = {
  consumerLimits: ["consumers"],
  deliverSubject: ["consumer"],
  retention: ["state", "consumers"],
  maxConsumers: ["version"],
  mirror: ["version"],
};

// Counting by subject is one page of the answer, or not done.
const MOST_SUBJECTS = 100_000;
const MISSING = [10059, 10014];

function needsOf(changes: readonly Change[]): ReadonlySet<Need> {
  return new Set(changes.flatMap((change) => [...(NEEDS[change.code] ?? []), ...fieldNeeds(change)]));
}

/** True when asking the server can change the text or the verdict. */
export function needsFacts(changes: readonly Change[]): boolean {
  return needsOf(changes).size > 0;
}

/** True for an edit whose verdict depends on the server although it looks harmless. */
export function dependsOnServer(change: Change): boolean {
  return fieldNeeds(change).length > 0;
}

// A consumer's replicas are compared with its stream's.
function fieldNeeds({ kind, field }: Change): readonly Need[] {
  if (kind === "consumer" && field === "replicas") return ["consumer"];
  return FIELD_NEEDS[field] ?? [];
}

/** Asks for what the changes of one asset depend on, and nothing else; empty where there is no such asset. */
export async function assetFacts(
  api: Api,
  driver: Driver,
  base: Fields,
  changes: readonly Change[],
): Promise<AssetFacts> {
  const needs = new Set([...needsOf(changes)].filter((need) => need !== "version"));
  if (needs.size === 0) return {};
  return driver.base === "consumer"
    ? consumerFacts(api, base, needs)
    : streamFacts(api, String(base.name), changes, needs);
}

interface State {
  readonly messages: number;
  readonly bytes: number | bigint;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly first_ts: string;
  readonly last_ts: string;
  readonly num_deleted?: number;
  readonly num_subjects?: number;
  readonly subjects?: Readonly<Record<string, number>>;
}

async function streamFacts(
  api: Api,
  name: string,
  changes: readonly Change[],
  needs: ReadonlySet<Need>,
): Promise<AssetFacts> {
  const bySubject = needs.has("subjects") ? { subjects_filter: ">" } : undefined;
  const info = await unlessMissing(MISSING, api.request(`STREAM.INFO.${name}`, bySubject));
  if (!info) return { messages: 0, bytes: 0n, consumers: [] };
  const state = info.state as State;
  const { messages } = state;
  const now = info.ts === undefined ? Date.now() : Date.parse(String(info.ts));
  const times = messages > 0 ? { firstTime: state.first_ts, lastTime: state.last_ts } : {};
  const counted = bySubject && (state.num_subjects ?? 0) <= MOST_SUBJECTS ? { subjects: state.subjects ?? {} } : {};
  const expired = needs.has("age") && messages > 0 ? await expiredBy(api, name, state, changes, now) : undefined;
  const consumers = needs.has("consumers") ? await consumersOf(api, name) : undefined;
  return {
    messages,
    bytes: BigInt(state.bytes),
    lastSeq: state.last_seq,
    now: new Date(now).toISOString(),
    ...times,
    ...counted,
    ...(expired && { expired }),
    ...(consumers && { consumers }),
  };
}

async function expiredBy(
  api: Api,
  name: string,
  state: State,
  changes: readonly Change[],
  now: number,
): Promise<AssetFacts["expired"]> {
  const maxAge = String(changes.find(({ code }) => code === "DL103")?.to);
  const age = parseDuration(maxAge);
  if (age === undefined || state.num_deleted) return undefined;
  const messages = await messagesBefore(api, name, state, BigInt(now) * 1_000_000n - age).catch(unlessAllowed);
  return messages === undefined ? undefined : { maxAge, messages };
}

// Reading single messages needs a permission that is not everybody's: then the number is not exact.
function unlessAllowed(error: unknown): undefined {
  if (error instanceof HeadwaterError && error.code === "CN105") return undefined;
  throw error;
}

async function consumersOf(api: Api, stream: string): Promise<ConsumerFacts[]> {
  const found: ConsumerFacts[] = [];
  for (;;) {
    const page = await api.request(`CONSUMER.LIST.${stream}`, { offset: found.length });
    const consumers = (page.consumers as Reply[] | undefined) ?? [];
    found.push(...consumers.map(toConsumer));
    if (consumers.length === 0 || found.length >= Number(page.total)) return found;
  }
}

function toConsumer(info: Reply): ConsumerFacts {
  const config = info.config as Readonly<Record<string, unknown>>;
  const filters = config.filter_subject
    ? [String(config.filter_subject)]
    : ((config.filter_subjects ?? []) as string[]);
  return {
    name: String(info.name),
    owner: readMetadata(config.metadata as Record<string, string>).owner,
    filters,
    pending: Number(info.num_pending ?? 0),
    ackPending: Number(info.num_ack_pending ?? 0),
    ackFloor: Number((info.ack_floor as { stream_seq?: number } | undefined)?.stream_seq ?? 0),
    replicas: Number(config.num_replicas ?? 0),
    maxAckPending: Number(config.max_ack_pending ?? 0),
    inactiveThreshold: BigInt((config.inactive_threshold ?? 0) as number | bigint),
  };
}

async function consumerFacts(api: Api, { stream, name }: Fields, needs: ReadonlySet<Need>): Promise<AssetFacts> {
  if (!needs.has("consumer")) return {};
  const [info, parent] = await Promise.all([
    unlessMissing(MISSING, api.request(`CONSUMER.INFO.${stream}.${name}`)),
    unlessMissing(MISSING, api.request(`STREAM.INFO.${stream}`)),
  ]);
  if (!info || !parent) return { delivered: 0, pending: 0, ackPending: 0 };
  const { retention, num_replicas } = parent.config as { retention: string; num_replicas: number };
  const { pending, ackPending } = toConsumer(info);
  const delivered = Number((info.delivered as { consumer_seq?: number } | undefined)?.consumer_seq ?? 0);
  const bound = info.push_bound === true;
  return { delivered, pending, ackPending, bound, stream: { retention, replicas: num_replicas } };
}
