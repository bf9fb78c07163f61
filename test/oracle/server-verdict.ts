import { type NatsConnection, RequestError, TimeoutError } from "@nats-io/transport-node";
import { decodeJson, encodeJson } from "../../model/wire";
import type { Asset } from "./asset";
import { wireRequest } from "./wire-request";

/** What a server said to one asset. */
export type Verdict =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly code: number; readonly description: string };

/** An account that can be filled and emptied. */
export interface Account {
  /** How often a refusal nobody expects is asked for again. */
  readonly attempts: number;
  readonly create: (asset: Asset) => Promise<Verdict>;
  /** Takes back what was refused: a cluster goes on counting some of it. */
  readonly forget: (asset: Asset) => Promise<void>;
  /** Leaves nothing behind. */
  readonly clear: () => Promise<void>;
}

interface Reply {
  readonly error?: { readonly err_code: number; readonly description: string };
  readonly streams?: readonly string[] | null;
}

/** Stands for the code of a request that was not answered. */
const NO_ANSWER = 0;
const ATTEMPTS = 6;
const TIMEOUT_MS = 10_000;

/** The account a connection belongs to. */
export function liveAccount(nc: NatsConnection): Account {
  async function request(subject: string, body?: unknown): Promise<Reply> {
    const payload = body === undefined ? undefined : encodeJson(body);
    try {
      const message = await nc.request(`$JS.API.${subject}`, payload, { timeout: TIMEOUT_MS });
      return decodeJson(message.string()) as Reply;
    } catch (error) {
      if (error instanceof TimeoutError || error instanceof RequestError)
        return { error: { err_code: NO_ANSWER, description: `no answer: ${error.message}` } };
      throw error;
    }
  }
  return {
    attempts: ATTEMPTS,
    create: async (asset) => {
      const { subject, body } = wireRequest(asset);
      const { error } = await request(subject, body);
      return error ? { accepted: false, code: error.err_code, description: error.description } : { accepted: true };
    },
    forget: async ({ kind, spec }) => {
      if (kind === "consumer") await request(`CONSUMER.DELETE.${spec.stream}.${spec.name}`);
    },
    clear: async () => {
      for (;;) {
        const { streams } = await request("STREAM.NAMES");
        if (!streams?.length) return;
        await Promise.all(streams.map((name) => request(`STREAM.DELETE.${name}`)));
      }
    },
  };
}
