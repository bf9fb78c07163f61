import { JetStreamApiError } from "@nats-io/jetstream";
import type { HeldStream } from "./holdings";
import type { System } from "./system";

// Asked again after the next look: a stream that moves already, one that has left or gone since the last look, one without
// a leader.
const LATER = new Set([10008, 10040, 10044, 10059, 10118, 10119, 10124]);

/**
 * Asks for a stream to leave a server; answers before it has. The leader chooses where to, among servers with all the tags.
 * `later` where it has to be asked again; else, why it cannot.
 */
export async function moveStream(
  { api }: System,
  each: HeldStream,
  server: string,
  tags: readonly string[] = [],
): Promise<"moving" | "later" | { readonly refused: string }> {
  try {
    await api.request(`ACCOUNT.STREAM.MOVE.${each.account}.${each.stream}`, { server, tags });
    return "moving";
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error;
    if (LATER.has(error.code)) return "later";
    return { refused: `"${error.message}", ${error.code}` };
  }
}
