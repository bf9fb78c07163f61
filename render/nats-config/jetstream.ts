import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { isOlder } from "../../model/version";
import { type ConfigTree, unlessEmpty, variable } from "../config-tree";
import type { ServerPlace } from "../server-place";
import { amount, time } from "./amounts";

/**
 * The `jetstream` block. A witness takes part in electing leaders and stores nothing: both its stores are turned off, and
 * a tag of the server keeps streams away.
 */
export function jetStreamConfig(spec: ClusterSpec, place: ServerPlace): ConfigTree {
  const { version, maxFileStore, maxMemoryStore } = effectiveCluster(spec);
  const { syncInterval, domain, uniqueTag, limits, strict } = spec.jetstream ?? {};
  return {
    store_dir: place.storeDir,
    max_file_store: place.witness ? 0 : amount(maxFileStore),
    max_memory_store: place.witness ? 0 : amount(maxMemoryStore),
    sync_interval: syncInterval === "always" ? "always" : time(syncInterval),
    domain,
    unique_tag: uniqueTag,
    strict: isOlder(version, "2.11.0") ? undefined : strict,
    limits: unlessEmpty({
      max_ack_pending: limits?.maxAckPending,
      max_ha_assets: limits?.maxHaAssets,
      max_request_batch: limits?.maxRequestBatch,
      duplicate_window: time(limits?.duplicateWindow),
    }),
    ...encryptionConfig(spec, place),
  };
}

function encryptionConfig(spec: ClusterSpec, place: ServerPlace): ConfigTree {
  const { encryption } = spec.jetstream ?? {};
  if (!encryption) return {};
  const { cipher, key, previousKey } = encryption;
  return {
    // Always written: a cipher the server chose by itself would change with the server.
    cipher: cipher ?? "chacha",
    key: variable(place.variable("jetstream.encryption.key", key)),
    prev_encryption_key: previousKey && variable(place.variable("jetstream.encryption.previousKey", previousKey)),
  };
}
