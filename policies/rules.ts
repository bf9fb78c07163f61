import type { PolicyRule } from "./rule";
import { auditDenyDelete } from "./rules/jetstream-audit-deny-delete";
import { auditDenyPurge } from "./rules/jetstream-audit-deny-purge";
import { auditFileStorage } from "./rules/jetstream-audit-file-storage";
import { auditNoAckNone } from "./rules/jetstream-audit-no-ack-none";
import { auditReplicated } from "./rules/jetstream-audit-replicated";
import { auditRetentionAtLeast } from "./rules/jetstream-audit-retention-at-least";
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
import { consumerAckExplicit } from "./rules/jetstream-consumer-ack-explicit";
import { consumerAckWaitBounded } from "./rules/jetstream-consumer-ack-wait-bounded";
import { consumerBackoffSet } from "./rules/jetstream-consumer-backoff-set";
import { consumerDeadLetter } from "./rules/jetstream-consumer-dead-letter";
import { consumerDurableNamePrefixed } from "./rules/jetstream-consumer-durable-name-prefixed";
import { consumerMaxAckPendingSet } from "./rules/jetstream-consumer-max-ack-pending-set";
import { consumerMaxDeliverBounded } from "./rules/jetstream-consumer-max-deliver-bounded";
import { dataClassSet } from "./rules/jetstream-data-class-set";
import { dedupWindowFits } from "./rules/jetstream-dedup-window-fits";
import { descriptionSet } from "./rules/jetstream-description-set";
import { eventBusPersistenceSet } from "./rules/jetstream-event-bus-persistence-set";
import { eventBusReplicated } from "./rules/jetstream-event-bus-replicated";
import { eventBusStreamBounded } from "./rules/jetstream-event-bus-stream-bounded";
import { eventBusVersionPinned } from "./rules/jetstream-event-bus-version-pinned";
import { maxMessageSizeSet } from "./rules/jetstream-max-message-size-set";
import { memoryOnlyForEphemeral } from "./rules/jetstream-memory-only-for-ephemeral";
import { ownerMetadataSet } from "./rules/jetstream-owner-metadata-set";
import { preflightPasses } from "./rules/jetstream-preflight";
import { preflightWarnings } from "./rules/jetstream-preflight-warnings";
import { pushConsumerDeliverGroup } from "./rules/jetstream-push-consumer-deliver-group";
import { replicasOdd } from "./rules/jetstream-replicas-odd";
import { replicatedUnlessEphemeral } from "./rules/jetstream-replicated-unless-ephemeral";
import { retentionBounded } from "./rules/jetstream-retention-bounded";
import { storageWithinVolume } from "./rules/jetstream-storage-within-volume";
import { streamVersionIsolated } from "./rules/jetstream-stream-version-isolated";
import { subjectRootLiteral } from "./rules/jetstream-subject-root-literal";
import { subjectVersionDisjoint } from "./rules/jetstream-subject-version-disjoint";
import { waiverUsed } from "./rules/jetstream-waiver-used";
import { waiverValid } from "./rules/jetstream-waiver-valid";
import { workQueueSingleFilter } from "./rules/jetstream-work-queue-single-filter";

/** Every rule, in the order of the documentation. */
export const rules: readonly PolicyRule[] = [
  // streams and buckets
  streamVersionIsolated,
  subjectVersionDisjoint,
  subjectRootLiteral,
  auditReplicated,
  auditFileStorage,
  auditDenyDelete,
  auditDenyPurge,
  auditNoAckNone,
  auditRetentionAtLeast,
  retentionBounded,
  maxMessageSizeSet,
  dedupWindowFits,
  storageWithinVolume,
  memoryOnlyForEphemeral,
  replicatedUnlessEphemeral,
  replicasOdd,
  dataClassSet,
  descriptionSet,
  ownerMetadataSet,
  // consumers
  consumerDurableNamePrefixed,
  consumerAckExplicit,
  consumerAckWaitBounded,
  consumerMaxDeliverBounded,
  consumerBackoffSet,
  consumerDeadLetter,
  consumerMaxAckPendingSet,
  pushConsumerDeliverGroup,
  workQueueSingleFilter,
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
  // event buses
  eventBusVersionPinned,
  eventBusPersistenceSet,
  eventBusReplicated,
  eventBusStreamBounded,
  // the whole set
  preflightPasses,
  preflightWarnings,
  // waivers
  waiverValid,
  waiverUsed,
];
