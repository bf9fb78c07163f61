import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";
import { bytesField, durationField, intField } from "../fields";
import { secretSourceSchema } from "./secret-source";

/** Encryption of everything JetStream stores. A change restarts the servers, one by one. */
export const encryptionSchema = z.strictObject({
  /**
   * Cipher. A change encrypts what is stored anew as it is opened.
   * @default "chacha"
   */
  cipher: z.enum(["chacha", "aes"]).optional(),
  /** The key: 32 bytes or more. Whoever loses it loses what is stored. */
  key: secretSourceSchema,
  /**
   * The key before this one, while servers may still hold data of it.
   * @default - none
   */
  previousKey: secretSourceSchema.optional(),
});

/** The volume of each server. */
export const volumeSchema = z.strictObject({
  /** Size of each server's volume. Growing it is possible where the storage class allows it; shrinking never is. */
  size: bytesField(),
  /**
   * Size the volume claims were first made with: their template keeps it, for Kubernetes lets nobody change it. Set it to
   * the old size when `size` grows. Cannot be changed.
   * @default - `size`
   */
  initialSize: bytesField().optional(),
  /**
   * Storage class of the volume claims. Cannot be changed.
   * @default - the Kubernetes cluster's default class
   */
  storageClass: z
    .string("must be the name of a storage class")
    .min(1, "must be the name of a storage class")
    .optional(),
  /**
   * Access mode of the volume claims. Cannot be changed.
   * @default "ReadWriteOnce"
   */
  accessMode: z.enum(["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"]).optional(),
});

/** Server-wide limits of JetStream. server/opts.go parseJetStreamLimits. */
export const jetStreamLimitsSchema = z.strictObject({
  /**
   * Largest `maxAckPending` of a consumer; 0 is unlimited.
   * @default 0
   */
  maxAckPending: intField(0).optional(),
  /**
   * Most replicated streams and consumers a server takes part in; 0 is unlimited.
   * @default 0
   */
  maxHaAssets: intField(0).optional(),
  /**
   * Most messages of one pull request; 0 is unlimited.
   * @default 0
   */
  maxRequestBatch: intField(0).optional(),
  /**
   * Longest duplicate window of a stream; `"0s"` is unlimited.
   * @default "0s"
   */
  duplicateWindow: durationField().optional(),
});

/** JetStream of each server. server/opts.go parseJetStream. */
export const clusterJetStreamSchema = z.strictObject({
  /**
   * The volume of each server. Without one, what is stored does not outlive a pod; servers elsewhere use their folder.
   * @default - no volume
   */
  volume: volumeSchema.optional(),
  /**
   * Most file storage of a server; 0 turns it off. More than 80 % of the volume leaves too little room.
   * @default - 80 % of the volume
   */
  maxFileStore: bytesField().optional(),
  /**
   * Most memory a server uses for streams in memory; 0 turns them off. Belongs below the container's memory.
   * @default "0B"
   */
  maxMemoryStore: bytesField().optional(),
  /**
   * How often what is written is forced to the disk; `"always"` for every write.
   * @default "2m"
   */
  syncInterval: z.union([z.literal("always"), durationField("1ms")], 'must be a duration or "always"').optional(),
  /**
   * JetStream domain: keeps the API of this cluster apart from those of leaf nodes and hubs. Cannot be changed in place.
   * @default - none
   */
  domain: z
    .string("must be a name")
    .regex(/^[^\s.*>]+$/, "must be a name without dots, wildcards and white space")
    .optional(),
  /**
   * Prefix of a server tag no two replicas of a stream may share, `"az:"`: keeps copies apart.
   * @default - none
   */
  uniqueTag: z.string("must be a prefix of tags").min(1, "must be a prefix of tags").optional(),
  /**
   * Limits for every account.
   * @default - none
   */
  limits: jetStreamLimitsSchema.optional(),
  /**
   * Refuse requests with unknown fields. Since server 2.11.
   * @default - on since 2.12, off in 2.11
   */
  strict: z.boolean().optional(),
  /**
   * Encryption at rest.
   * @default - none
   */
  encryption: encryptionSchema.optional(),
});

export type ClusterJetStreamSpec = DeepReadonly<z.infer<typeof clusterJetStreamSchema>>;
export type EncryptionSpec = DeepReadonly<z.infer<typeof encryptionSchema>>;
