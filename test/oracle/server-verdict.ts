import type { NatsConnection } from "@nats-io/transport-node";
import { decodeJson, encodeJson } from "../../model/wire";
import type { Asset } from "./asset";
import { wireRequest } from "./wire-request";

/** What a server said to one asset. */
export type Verdict =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly code: number; readonly description: string };

/** An account that can be filled and emptied. */
export interface Account {
  readonly create: (asset: Asset) => Promise<Verdict>;
  /** Leaves nothing behind. */
  readonly clear: () => Promise<void>;
}

interface Reply {
  readonly error?: { readonly err_code: number; readonly description: string };
  readonly streams?: readonly string[] | null;
}

const TIMEOUT_MS = 15_000;

/** The account a connection belongs to. */
export function liveAccount(nc: NatsConnection): Account {
  async function request(subject: string, body?: unknown): Promise<Reply> {
    const payload = body === undefined ? undefined : encodeJson(body);
    const message = await nc.request(`$JS.API.${subject}`, payload, { timeout: TIMEOUT_MS });
    return decodeJson(message.string()) as Reply;
  }
  return {
    create: async (asset) => {
      const { subject, body } = wireRequest(asset);
      const { error } = await request(subject, body);
      return error ? { accepted: false, code: error.err_code, description: error.description } : { accepted: true };
    },
    clear: async () => {
      const { streams } = await request("STREAM.NAMES");
      await Promise.all((streams ?? []).map((name) => request(`STREAM.DELETE.${name}`)));
    },
  };
}
