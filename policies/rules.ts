import type { PolicyRule } from "./rule";
import { clusterAuthEnabled } from "./rules/jetstream-cluster-auth-enabled";
import { clusterDisruptionBudget } from "./rules/jetstream-cluster-disruption-budget";
import { clusterEncryptionAtRest } from "./rules/jetstream-cluster-encryption-at-rest";
import { clusterFileStoreBelowVolume } from "./rules/jetstream-cluster-file-store-below-volume";
import { clusterHardSpread } from "./rules/jetstream-cluster-hard-spread";
import { clusterNoDefaultAccount } from "./rules/jetstream-cluster-no-default-account-in-production";
import { clusterOddSize } from "./rules/jetstream-cluster-odd-size";
import { clusterSecretsByReference } from "./rules/jetstream-cluster-secrets-by-reference";
import { clusterTls } from "./rules/jetstream-cluster-tls";
import { clusterVersionPinned } from "./rules/jetstream-cluster-version-pinned";
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
  clusterHardSpread,
  clusterDisruptionBudget,
  clusterFileStoreBelowVolume,
  clusterVersionPinned,
  clusterTls,
  clusterEncryptionAtRest,
  clusterAuthEnabled,
  clusterNoDefaultAccount,
  clusterSecretsByReference,
  // the whole set
  preflightPasses,
  preflightWarnings,
  // waivers
  waiverValid,
  waiverUsed,
];
