import type { PolicyRule } from "./rule";
import { clusterOddSize } from "./rules/jetstream-cluster-odd-size";
import { consumerAckExplicit } from "./rules/jetstream-consumer-ack-explicit";
import { consumerAckWaitBounded } from "./rules/jetstream-consumer-ack-wait-bounded";
import { consumerBackoffSet } from "./rules/jetstream-consumer-backoff-set";
import { consumerDeadLetter } from "./rules/jetstream-consumer-dead-letter";
import { consumerDurableNamePrefixed } from "./rules/jetstream-consumer-durable-name-prefixed";
import { consumerMaxAckPendingSet } from "./rules/jetstream-consumer-max-ack-pending-set";
import { consumerMaxDeliverBounded } from "./rules/jetstream-consumer-max-deliver-bounded";
import { preflightPasses } from "./rules/jetstream-preflight";
import { preflightWarnings } from "./rules/jetstream-preflight-warnings";
import { pushConsumerDeliverGroup } from "./rules/jetstream-push-consumer-deliver-group";
import { retentionBounded } from "./rules/jetstream-retention-bounded";
import { storageWithinVolume } from "./rules/jetstream-storage-within-volume";
import { waiverUsed } from "./rules/jetstream-waiver-used";
import { waiverValid } from "./rules/jetstream-waiver-valid";
import { workQueueSingleFilter } from "./rules/jetstream-work-queue-single-filter";

/** Every rule, in the order of the documentation. */
export const rules: readonly PolicyRule[] = [
  // streams and buckets
  retentionBounded,
  storageWithinVolume,
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
  // the whole set
  preflightPasses,
  preflightWarnings,
  // waivers
  waiverValid,
  waiverUsed,
];
