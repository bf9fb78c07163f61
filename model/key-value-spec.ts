import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly";
import {
  bucketNameField,
  bytesField,
  dataClassField,
  descriptionField,
  durationField,
  intField,
  metadataField,
  setField,
} from "./fields";
import { republishSchema, sourceSchema } from "./source-spec";
import { placementSchema } from "./stream-spec";

/** What both kinds of bucket have. */
export const bucketShape = {
  /** Name of the bucket: letters, digits, `_`, `-`. Identity: cannot be changed. */
  name: bucketNameField(),
  /**
   * Free text, up to 4096 bytes. Changed in place.
   * @default - none
   */
  description: descriptionField().optional(),
  /**
   * Age after which entries expire; `"0s"` is never, else at least 100 ms. Lowering it deletes older entries at once.
   * @default "0s"
   */
  ttl: durationField("100ms").optional(),
  /**
   * Most bytes of the bucket per replica; -1 is unlimited. At the limit writes are refused. Changed in place.
   * @default -1
   */
  maxBytes: bytesField().optional(),
  /**
   * Where entries are kept. Cannot be changed (10052).
   * @default "file"
   */
  storage: z.enum(["file", "memory"]).optional(),
  /**
   * Copies in the cluster, 1–5. Changed in place on a cluster.
   * @default 1
   */
  replicas: intField(1, 5).optional(),
  /**
   * Which servers hold the replicas. A change moves the bucket.
   * @default - the server decides
   */
  placement: placementSchema.optional(),
  /**
   * Compress file storage with S2. A change takes effect when the bucket is opened again.
   * @default false
   */
  compression: z.boolean().optional(),
  /**
   * Labels, up to 128 KiB in all. Keys with `headwater.` and `_nats.` are reserved.
   * @default - none
   */
  metadata: metadataField().optional(),
  /**
   * What losing this bucket means. Kept as metadata; policies read it.
   * @default - unclassified
   */
  dataClass: dataClassField().optional(),
};

/** A key-value bucket: the stream `KV_<name>` as every NATS client expects it (ADR-8). */
export const keyValueSchema = z.strictObject({
  ...bucketShape,
  /**
   * Values kept per key, 1–64. Lowering it deletes older values at once.
   * @default 1
   */
  history: intField(1, 64).optional(),
  /**
   * Largest value with its headers, up to 2147483647 bytes; -1 leaves the server's `max_payload`. Changed in place.
   * @default -1
   */
  maxValueSize: bytesField(2_147_483_647n).optional(),
  /**
   * Copy every change to core NATS subjects. Changed in place.
   * @default - none
   */
  republish: republishSchema.optional(),
  /**
   * Let keys have a TTL of their own, and leave a marker of this age when a limit removes a key; at least 1 s. Since 2.11.
   * Can be set later; afterwards it can be changed but the TTLs stay allowed.
   * @default - none
   */
  limitMarkerTtl: durationField("1s").optional(),
  /**
   * Bucket to mirror, by its bucket name. Removing it promotes the mirror (since 2.12); cannot be added or changed (10055).
   * @default - none
   */
  mirror: sourceSchema.optional(),
  /**
   * Buckets to copy keys from, by bucket name; keys keep their names unless `subjectTransforms` say otherwise.
   * @default - none
   */
  sources: setField(sourceSchema).optional(),
});

/** A key-value bucket. */
export type KeyValueSpec = DeepReadonly<z.infer<typeof keyValueSchema>>;
