import type { PolicyRule } from "./rule";
import { clusterOddSize } from "./rules/jetstream-cluster-odd-size";
import { consumerDurableNamePrefixed } from "./rules/jetstream-consumer-durable-name-prefixed";
import { preflightPasses } from "./rules/jetstream-preflight";
import { preflightWarnings } from "./rules/jetstream-preflight-warnings";
import { retentionBounded } from "./rules/jetstream-retention-bounded";
import { storageWithinVolume } from "./rules/jetstream-storage-within-volume";
import { waiverUsed } from "./rules/jetstream-waiver-used";
import { waiverValid } from "./rules/jetstream-waiver-valid";

/** Every rule, in the order of the documentation. */
export const rules: readonly PolicyRule[] = [
  // streams and buckets
  retentionBounded,
  storageWithinVolume,
  // consumers
  consumerDurableNamePrefixed,
  // clusters
  clusterOddSize,
  // the whole set
  preflightPasses,
  preflightWarnings,
  // waivers
  waiverValid,
  waiverUsed,
];
