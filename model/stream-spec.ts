import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly";
import {
  assetNameField,
  bytesField,
  dataClassField,
  descriptionField,
  durationField,
  int64Field,
  intField,
  metadataField,
  setField,
  subjectField,
  uint64Field,
} from "./fields";
import { republishSchema, sourceSchema, subjectTransformSchema } from "./source-spec";

/** Where the server may put a stream's replicas. server/stream.go Placement. */
export const placementSchema = z.strictObject({
  /**
   * Name of the cluster.
   * @default - the cluster the request reaches
   */
  cluster: z.string("must be a cluster's name").optional(),
  /**
   * Server tags that must all match; `!tag` excludes (since 2.12). No fitting servers: 10005.
   * @default - any server
   */
  tags: setField(z.string("must be a tag")).optional(),
});

/** Defaults and upper limits for the consumers of a stream. Since server 2.10. */
export const consumerLimitsSchema = z.strictObject({
  /**
   * Longest inactivity threshold, and the default of consumers that set none (10153).
   * @default - no limit
   */
  inactiveThreshold: durationField().optional(),
  /**
   * Largest number of unacknowledged messages, and the default of consumers that set none (10121).
   * @default - no limit
   */
  maxAckPending: intField(-1).optional(),
});

const commonShape = {
  /** Name on the server: 1–255 characters without white space, `.`, `*`, `>`, `/`, `\`. Identity: cannot be changed. */
  name: assetNameField(),
  /**
   * Free text, up to 4096 bytes. Changed in place.
   * @default - none
   */
  description: descriptionField().optional(),
  /**
   * What keeps a message: limits only, consumers that want it, or one acknowledgment. `limits` and `interest` change
   * into each other (to `interest` drops messages nobody waits for); never to or from `workqueue` (10052).
   * @default "limits"
   */
  retention: z.enum(["limits", "interest", "workqueue"]).optional(),
  /**
   * Most consumers; -1 is unlimited, above the account's limit is refused (10026). Changed in place since 2.12.5.
   * @default -1
   */
  maxConsumers: intField(-1).optional(),
  /**
   * Most messages; -1 is unlimited. Lowering it under `discard: "old"` deletes the oldest messages at once.
   * @default -1
   */
  maxMsgs: int64Field(-1).optional(),
  /**
   * Most bytes stored per replica; -1 is unlimited. Reserved from the account and server (10047, 10028); an account may
   * demand it (10113) or cap it (10122). Lowering it under `discard: "old"` deletes the oldest messages at once.
   * @default -1
   */
  maxBytes: bytesField().optional(),
  /**
   * Oldest message kept; `"0s"` is unlimited, else at least 100 ms. Lowering it deletes older messages at once.
   * @default "0s"
   */
  maxAge: durationField("100ms").optional(),
  /**
   * Most messages per subject; -1 is unlimited. Lowering it deletes the oldest of each subject at once.
   * @default -1
   */
  maxMsgsPerSubject: int64Field(-1).optional(),
  /**
   * Largest message with headers, up to 2147483647 bytes; -1 leaves the server's `max_payload`. Stored messages stay.
   * Must not be below the origin's on a mirror (10030) or with sources (10046).
   * @default -1
   */
  maxMsgSize: bytesField(2_147_483_647n).optional(),
  /**
   * At a limit: delete old messages, or refuse new ones. `new` to `old` above a limit deletes down to it.
   * @default "old"
   */
  discard: z.enum(["old", "new"]).optional(),
  /**
   * Refuse new messages per subject at `maxMsgsPerSubject`; needs `discard: "new"` and that limit (10052).
   * @default false
   */
  discardNewPerSubject: z.boolean().optional(),
  /**
   * Where messages are kept. Cannot be changed (10052).
   * @default "file"
   */
  storage: z.enum(["file", "memory"]).optional(),
  /**
   * Copies in the cluster, 1–5; odd numbers survive failures best. More than servers: 10005, on a single server 10074.
   * Changed in place on a cluster, but not together with `placement` (10123).
   * @default 1
   */
  replicas: intField(1, 5).optional(),
  /**
   * Do not acknowledge publishes. Needed to capture `>` or the system's subjects. Changed in place.
   * @default false
   */
  noAck: z.boolean().optional(),
  /**
   * How long `Nats-Msg-Id` headers are remembered; `"0s"` or at least 100 ms, at most `maxAge` and the server's limit.
   * @default - 2 minutes, or less where `maxAge` or the server's limit is less; 0 on mirrors and, since 2.14, with sources
   */
  duplicateWindow: durationField("100ms").optional(),
  /**
   * Which servers hold the replicas. A change moves the stream; one move at a time (10124).
   * @default - the server decides
   */
  placement: placementSchema.optional(),
  /**
   * Compression of file storage. Since 2.10. A change is stored, and takes effect when the stream is opened again.
   * @default "none"
   */
  compression: z.enum(["none", "s2"]).optional(),
  /**
   * Rewrite subjects before storing. Changed in place. Errors: 10155, 10156. Since 2.10.
   * @default - none
   */
  subjectTransform: subjectTransformSchema.optional(),
  /**
   * Copy stored messages to core NATS subjects. Changed in place.
   * @default - none
   */
  republish: republishSchema.optional(),
  /**
   * Let every replica answer direct gets. Changed in place.
   * @default false
   */
  allowDirect: z.boolean().optional(),
  /**
   * No message gets in or out any more. One-way, and the server refuses it on creation (10052): create first, seal
   * later. It also sets `maxAge` 0, `discard: "new"`, `denyDelete`, `denyPurge`, and clears `allowRollupHdrs`.
   * @default false
   */
  sealed: z.boolean().optional(),
  /**
   * Refuse to delete single messages. One-way: on, never off (10052).
   * @default false
   */
  denyDelete: z.boolean().optional(),
  /**
   * Refuse purges. One-way: on, never off (10052). Excludes `allowRollupHdrs`.
   * @default false
   */
  denyPurge: z.boolean().optional(),
  /**
   * Accept `Nats-Rollup` headers that replace older messages. Changed in place.
   * @default false, or true with `subjectDeleteMarkerTtl` or `allowMsgSchedules`
   */
  allowRollupHdrs: z.boolean().optional(),
  /**
   * Defaults and limits of this stream's consumers. Refused below what an existing consumer has (10069). Since 2.10.
   * @default - none
   */
  consumerLimits: consumerLimitsSchema.optional(),
  /**
   * Accept per-message `Nats-TTL` headers. Since 2.11. One-way: on (since 2.11.2), never off (10052).
   * @default false, or true with `subjectDeleteMarkerTtl`
   */
  allowMsgTtl: z.boolean().optional(),
  /**
   * How writes reach the disk; `async` answers before they do: file storage, one replica, no `allowAtomic`. Since 2.12.
   * Cannot be changed (10052).
   * @default "default"
   */
  persistMode: z.enum(["default", "async"]).optional(),
  /**
   * Labels, up to 128 KiB in all. Keys with `headwater.` and `_nats.` are reserved. Changed in place. Since 2.10.
   * @default - none
   */
  metadata: metadataField().optional(),
  /**
   * What losing this stream means: `audit` must never happen, `ephemeral` does not matter. Kept as metadata; policies
   * read it.
   * @default - unclassified
   */
  dataClass: dataClassField().optional(),
};

const ownShape = {
  /**
   * Subjects stored. Must not overlap each other (10052) or another stream's (10065); `>` needs `noAck` and one replica.
   * Removing one keeps its stored messages. @default - the stream's name, or none with `sources`
   */
  subjects: setField(subjectField()).optional(),
  /**
   * Streams to copy from, besides own subjects. Changed in place.
   * @default - none
   */
  sources: setField(sourceSchema).optional(),
  /**
   * Sequence of the first message. The server accepts a change, does nothing at first, and may purge the stream when it
   * opens it again: Headwater refuses it. Since 2.10.
   * @default 0
   */
  firstSeq: uint64Field().optional(),
  /**
   * Leave a marker of this age behind when limits remove a subject's last message; at least 1 s. Turns on `allowMsgTtl`
   * and `allowRollupHdrs`. Since 2.11. Changed in place.
   * @default "0s"
   */
  subjectDeleteMarkerTtl: durationField("1s").optional(),
  /**
   * Every subject is a counter. Needs `retention: "limits"`; excludes `discard: "new"`, TTLs and schedules. Since 2.12.
   * Cannot be changed (10052).
   * @default false
   */
  allowMsgCounter: z.boolean().optional(),
  /**
   * Accept atomic batches. Since 2.12. Changed in place; turning it off drops batches under way.
   * @default false
   */
  allowAtomic: z.boolean().optional(),
  /**
   * Accept scheduled messages; turns on `allowRollupHdrs`, excludes `discard: "new"` and sources. Since 2.12.
   * One-way: on, never off (10052).
   * @default false
   */
  allowMsgSchedules: z.boolean().optional(),
  /**
   * Accept fast (not atomic) batches. Since 2.14. Changed in place.
   * @default false
   */
  allowBatched: z.boolean().optional(),
};

const mirrorShape = {
  /**
   * The stream this one copies, exactly. Removing it promotes the mirror to a normal stream (since 2.12); it cannot be
   * added or changed later (10055). Excludes subjects (10034), sources (10031) and the rest a mirror cannot have.
   */
  mirror: sourceSchema,
  /**
   * Answer direct gets on behalf of the origin. The server sets it to the origin's `allowDirect` where it sees it.
   * @default false, or the origin's `allowDirect`
   */
  mirrorDirect: z.boolean().optional(),
};

/** Every field any stream can have: for walking, not for checking. */
export const streamFields = z.object({ ...commonShape, ...ownShape, ...mirrorShape });

/** A stream with subjects, sources or both. */
export const ownStreamSchema = z.strictObject({ ...commonShape, ...ownShape });

/** A stream that mirrors another. */
export const mirrorStreamSchema = z.strictObject({ ...commonShape, ...mirrorShape });

type Absent<Shape> = { readonly [K in keyof Shape]?: never };

/** A stream with subjects, sources or both. */
export type OwnStreamSpec = DeepReadonly<z.infer<typeof ownStreamSchema>> & Absent<typeof mirrorShape>;

/** A stream that mirrors another: it has no subjects of its own. */
export type MirrorStreamSpec = DeepReadonly<z.infer<typeof mirrorStreamSchema>> & Absent<typeof ownShape>;

/** A JetStream stream. Field names are the server's, in camelCase. */
export type StreamSpec = OwnStreamSpec | MirrorStreamSpec;

export type SourceSpec = DeepReadonly<z.infer<typeof sourceSchema>>;
export type PlacementSpec = DeepReadonly<z.infer<typeof placementSchema>>;
export type RepublishSpec = DeepReadonly<z.infer<typeof republishSchema>>;
export type SubjectTransformSpec = DeepReadonly<z.infer<typeof subjectTransformSchema>>;

/** A stream's fields, whatever kind of stream it is. */
export type StreamFields = Partial<DeepReadonly<z.infer<typeof streamFields>>> & { readonly name: string };
