import { JetStreamApiError } from "@nats-io/jetstream";
import { countOf } from "../model/amounts";
import { consumerConfig, readConsumerConfig } from "../model/config";
import { normalizeSpec } from "../model/normalize";
import type { WireConfig } from "../model/wire";
import type { Api, Reply } from "./api";
import type { Driver, Fields, Live } from "./driver";
import { unlessMissing } from "./stream-driver";

const STREAM_NOT_FOUND = 10059;
const CONSUMER_NOT_FOUND = 10014;
const MISSING = [STREAM_NOT_FOUND, CONSUMER_NOT_FOUND];
// A cluster can deny a stream it has just confirmed (fixed in 2.12.14 and 2.14.4): ask again for a moment.
const STREAM_GRACE_MS = 2_000;
const PAUSE_GRACE_MS = 2_000;

function toLive(wanted: Fields, reply: Reply): Live {
  const wire = reply.config as WireConfig;
  const { spec, owner } = readConsumerConfig(String(wanted.stream), wire);
  const messages = Number(reply.num_pending ?? 0) + Number(reply.num_ack_pending ?? 0);
  return { base: withoutPastPause(spec, wanted), owner, wire, created: String(reply.created), messages, bytes: 0 };
}

// A pause that is over means the same as none, and resuming leaves one behind: the wanted one stands if it is over too.
function withoutPastPause(spec: Fields, wanted: Fields): Fields {
  const { pauseUntil: _, ...rest } = spec;
  const pauseUntil = pause(spec) ?? (pause(wanted) ? undefined : wanted.pauseUntil);
  return pauseUntil === undefined ? rest : { ...rest, pauseUntil };
}

function pause({ pauseUntil }: Fields): string | undefined {
  return typeof pauseUntil === "string" && Date.parse(pauseUntil) > Date.now() ? pauseUntil : undefined;
}

async function createConsumer(api: Api, base: Fields, config: WireConfig): Promise<Live> {
  const stream = String(base.stream);
  const giveUp = Date.now() + STREAM_GRACE_MS;
  for (;;) {
    try {
      return await send(api, base, config, "create");
    } catch (error) {
      const missing = error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND;
      if (!missing || Date.now() > giveUp || !(await streamExists(api, stream))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function streamExists(api: Api, stream: string): Promise<boolean> {
  return (await unlessMissing([STREAM_NOT_FOUND], api.request(`STREAM.INFO.${stream}`))) !== undefined;
}

async function send(api: Api, base: Fields, config: WireConfig, action: "create" | "update"): Promise<Live> {
  const stream = String(base.stream);
  const body = { stream_name: stream, config, action };
  return toLive(base, await api.request(`CONSUMER.CREATE.${stream}.${base.name}`, body));
}

async function updateConsumer(api: Api, base: Fields, config: WireConfig, live: Live): Promise<Live> {
  const updated = await send(api, base, config, "update");
  const until = pause(base);
  if (until === pause(live.base)) return updated;
  // The update request ignores the pause: it has an endpoint of its own. An empty request resumes.
  await api.request(`CONSUMER.PAUSE.${base.stream}.${base.name}`, until ? { pause_until: until } : {});
  return settledPause(api, base, until);
}

// A cluster answers a pause before the consumer's leader has it.
async function settledPause(api: Api, base: Fields, until: string | undefined): Promise<Live> {
  const giveUp = Date.now() + PAUSE_GRACE_MS;
  for (;;) {
    const live = toLive(base, await api.request(`CONSUMER.INFO.${base.stream}.${base.name}`));
    if (pause(live.base) === until || Date.now() > giveUp) return live;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function losesMessages(api: Api, base: Fields, live: Live) {
  if (live.messages === 0) return undefined;
  const reply = await unlessMissing([STREAM_NOT_FOUND], api.request(`STREAM.INFO.${base.stream}`));
  const retention = (reply?.config as { retention?: string } | undefined)?.retention;
  if (retention !== "interest" && retention !== "workqueue") return undefined;
  const loss =
    retention === "interest" ? "that nobody else may want: they would be dropped" : "that nobody else may take";
  return {
    code: "DG102",
    problem: `has ${countOf(live.messages, "pending message")} of ${retention} stream "${base.stream}" ${loss}, and was not deleted`,
  };
}

export const consumerDriver: Driver = {
  kind: "consumer",
  base: "consumer",
  nameOf: (spec) => `${spec.stream}/${spec.name}`,
  target: (spec) => `${spec.stream}/${spec.name}`,
  idOf: (spec) => `${spec.stream}/${spec.name}`,
  locate: (id) => {
    const [stream, name] = id.split("/");
    return { stream, name };
  },
  toBase: (spec) => normalizeSpec("consumer", spec),
  fromBase: (base) => base,
  config: consumerConfig,
  info: async (api, base) => {
    const reply = await unlessMissing(MISSING, api.request(`CONSUMER.INFO.${base.stream}.${base.name}`));
    return reply && toLive(base, reply);
  },
  create: createConsumer,
  update: updateConsumer,
  remove: async (api, { stream, name }) => {
    await unlessMissing(MISSING, api.request(`CONSUMER.DELETE.${stream}.${name}`));
  },
  losesMessages,
  outputs: () => ({}),
};
