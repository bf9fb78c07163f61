import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { decodeJson, type WireConfig } from "../../../model/wire";

interface Info {
  readonly config?: WireConfig;
}

/** The configuration of a stream or consumer as a server answers it; `undefined` where it is not. */
export async function liveConfig(
  nc: NatsConnection,
  stream: string,
  consumer?: string,
): Promise<WireConfig | undefined> {
  const subject = consumer === undefined ? `STREAM.INFO.${stream}` : `CONSUMER.INFO.${stream}.${consumer}`;
  const answer = await nc.request(`$JS.API.${subject}`, undefined, { timeout: 10_000 });
  return (decodeJson(answer.string()) as Info).config;
}

/** How many messages a stream holds. */
export async function messagesIn(nc: NatsConnection, stream: string): Promise<number> {
  const jsm = await jetstreamManager(nc);
  return (await jsm.streams.info(stream)).state.messages;
}

/** The value, where there must be one. */
export function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("there is none");
  return value;
}
