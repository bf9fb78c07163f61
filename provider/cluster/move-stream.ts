import { JetStreamApiError } from "@nats-io/jetstream";
import { HeadwaterError } from "../../model/finding";
import type { HeldStream } from "./holdings";
import type { System } from "./system";

// Asked again after the next look: a stream that moves already or changes its replicas, one that has left or gone since the
// last look, one without a leader.
const LATER = new Set([10008, 10040, 10044, 10059, 10118, 10119, 10124, 10226]);

/**
 * How long a stream that was asked to leave is left alone, in milliseconds. One that was made a moment ago may not hear of its
 * move (2.10); one that moves says so when it is asked once more.
 */
export const ASK_AGAIN_MS = 10_000;

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
    // Nobody answers while there is no leader.
    if (error instanceof HeadwaterError && error.findings.every(({ code }) => code === "CN106")) return "later";
    if (!(error instanceof JetStreamApiError)) throw error;
    if (LATER.has(error.code)) return "later";
    return { refused: `"${error.message}", ${error.code}` };
  }
}
