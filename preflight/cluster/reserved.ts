import type { StreamAsset } from "../asset";
import { limit } from "../values";

/** What streams set aside on all servers together: `maxBytes` times `replicas`. Without a limit a stream reserves nothing. */
export function reserved(streams: readonly StreamAsset[], storage: "file" | "memory"): bigint {
  return streams
    .filter(({ spec }) => (spec.storage ?? "file") === storage)
    .reduce((sum, { spec }) => sum + (limit(spec.maxBytes) ?? 0n) * BigInt(spec.replicas ?? 1), 0n);
}
