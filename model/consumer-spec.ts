import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly";
import {
  assetNameField,
  bytesField,
  descriptionField,
  durationField,
  intField,
  literalSubjectField,
  metadataField,
  setField,
  subjectField,
  timestampField,
  uint64Field,
} from "./fields";

const commonShape = {
  /** Name of the stream. Identity: cannot be changed. */
  stream: assetNameField(),
  /** The durable name: 1–255 characters as a stream's. Identity: cannot be changed. */
  name: assetNameField(),
  /**
   * Free text, up to 4096 bytes (10107). Changed in place.
   * @default - none
   */
  description: descriptionField().optional(),
  /**
   * Where a new consumer starts. `last_per_subject` needs a filter (10094); a work queue needs `all` (10101).
   * Cannot be changed (10012).
   * @default "all"
   */
  deliverPolicy: z.enum(["all", "last", "new", "by_start_sequence", "by_start_time", "last_per_subject"]).optional(),
  /**
   * First sequence, with `deliverPolicy: "by_start_sequence"` and only then (10094). Cannot be changed (10012).
   * @default - none
   */
  optStartSeq: uint64Field().optional(),
  /**
   * First instant, with `deliverPolicy: "by_start_time"` and only then (10094). Cannot be changed (10012).
   * @default - none
   */
  optStartTime: timestampField().optional(),
  /**
   * What an acknowledgment covers. Required here: the protocol's default is `none`, that of most clients `explicit`.
   * A work queue needs `explicit` or `flow_control` (10098). `flow_control` since 2.14, push only. Cannot be changed (10012).
   */
  ackPolicy: z.enum(["none", "all", "explicit", "flow_control"]),
  /**
   * How long before a message is delivered again. `backoff` overrides it. Changed in place.
   * @default "30s" with `ackPolicy` `all` or `explicit`
   */
  ackWait: durationField().optional(),
  /**
   * Most deliveries of one message; -1 is unlimited. At least as many as `backoff` has steps (10116). Changed in place.
   * @default -1
   */
  maxDeliver: intField(-1).optional(),
  /**
   * Waits before the second, third … delivery; the last one repeats. Overrides `ackWait`. Changed in place.
   * @default - `ackWait` each time
   */
  backoff: z.array(durationField()).optional(),
  /**
   * Deliver only this subject. Excludes `filterSubjects` (10136). The server does not check that the stream has it.
   * Changed in place; on an interest stream that can drop messages.
   * @default - every subject
   */
  filterSubject: subjectField().optional(),
  /**
   * Deliver only these subjects, which must not overlap (10138). One entry means the same as `filterSubject`. Since 2.10.
   * @default - every subject
   */
  filterSubjects: setField(subjectField()).optional(),
  /**
   * At once, or at the pace of the original publishes. Cannot be changed (10012).
   * @default "instant"
   */
  replayPolicy: z.enum(["instant", "original"]).optional(),
  /**
   * Share of acknowledgments sampled as events, `"30"` or `"30%"` (10095). Changed in place.
   * @default - none
   */
  sampleFreq: z
    .string("must be a percentage")
    .regex(/^\d{1,3}%?$/, 'must be a percentage such as "30%"')
    .optional(),
  /**
   * Most messages delivered and not yet acknowledged; -1 is unlimited. At most the stream's, account's and server's limit
   * (10121). Changed in place.
   * @default - the stream's `consumerLimits.maxAckPending`, else 1000 or the server's lower limit; none with `ackPolicy: "none"`
   */
  maxAckPending: intField(-1).optional(),
  /**
   * Deliver headers and the size instead of payloads. Changed in place.
   * @default false
   */
  headersOnly: z.boolean().optional(),
  /**
   * The server deletes the consumer, a durable one too, when nobody used it for this long. At most the stream's limit (10153).
   * @default - the stream's `consumerLimits.inactiveThreshold`, else never
   */
  inactiveThreshold: durationField().optional(),
  /**
   * Copies of the consumer's state, 0–5; 0 follows the stream. At most the stream's (10126), equal to it on interest and
   * work-queue streams (10134). Changed in place on a cluster.
   * @default 0
   */
  replicas: intField(0, 5).optional(),
  /**
   * Keep the consumer's state in memory. Cannot be changed (10012 since 2.14.4; without effect before).
   * @default false
   */
  memStorage: z.boolean().optional(),
  /**
   * Labels, up to 128 KiB in all (10135). Keys with `headwater.` and `_nats.` are reserved. Since 2.10.
   * @default - none
   */
  metadata: metadataField().optional(),
  /**
   * Deliver nothing before this instant. Since 2.11. Changed through the pause API.
   * @default - not paused
   */
  pauseUntil: timestampField().optional(),
};

const pullShape = {
  /** The client asks for messages. Cannot be changed to `push`. */
  kind: z.literal("pull"),
  /**
   * Most pull requests waiting. Cannot be changed (10012).
   * @default 512
   */
  maxWaiting: intField(0).optional(),
  /**
   * Largest batch of one request; at most the server's limit (10125). Changed in place.
   * @default - the server's limit, else none
   */
  maxBatch: intField(0).optional(),
  /**
   * Longest life of a request; at least 1 ms (10115). Changed in place.
   * @default - none
   */
  maxExpires: durationField("1ms").optional(),
  /**
   * Most bytes of one request. Changed in place.
   * @default - none
   */
  maxBytes: bytesField(2_147_483_647n).optional(),
  /**
   * Groups of clients, 1–16 letters, digits, `/ _ = -` each; needs `priorityPolicy` (10159, 10161). The server uses the
   * first. Since 2.11.
   * @default - none
   */
  priorityGroups: z
    .array(z.string().regex(/^[a-zA-Z0-9/_=-]{1,16}$/, "must be 1 to 16 letters, digits, /, _, = or -"))
    .optional(),
  /**
   * Who in a group is served: everyone past a threshold, one pinned client, or the lowest priority number (since 2.12).
   * Since 2.11; needs `priorityGroups`.
   * @default "none"
   */
  priorityPolicy: z.enum(["none", "overflow", "pinned_client", "prioritized"]).optional(),
  /**
   * How long a pinned client may be silent; needs a `priorityPolicy` (10197). Since 2.11. Changed in place.
   * @default "2m" with `pinned_client`
   */
  priorityTimeout: durationField().optional(),
};

const pushShape = {
  /** The server sends messages to `deliverSubject`. Cannot be changed to `pull`. */
  kind: z.literal("push"),
  /**
   * Where messages go; literal (10079), outside the stream's subjects (10081). Changed in place while nobody listens to
   * the old one (10013).
   */
  deliverSubject: literalSubjectField(),
  /**
   * Queue group that shares the messages. Changed in place.
   * @default - every subscriber gets every message
   */
  deliverGroup: z
    .string("must be a name")
    .regex(/^[^\s]+$/, "must be a name without white space")
    .optional(),
  /**
   * Bits per second; 0 is unlimited. Changed in place.
   * @default 0
   */
  rateLimitBps: uint64Field().optional(),
  /**
   * Stop sending until the client caught up; needs `idleHeartbeat` (10108). Cannot be changed (10012).
   * @default false, or true with `ackPolicy: "flow_control"`
   */
  flowControl: z.boolean().optional(),
  /**
   * Sign of life while there is nothing to deliver; at least 100 ms (10083). Cannot be changed (10012).
   * @default "0s", or "1s" with `ackPolicy: "flow_control"`
   */
  idleHeartbeat: durationField("100ms").optional(),
};

/** Every field any consumer can have: for walking, not for checking. */
export const consumerFields = z.object({
  ...commonShape,
  ...pullShape,
  ...pushShape,
  /** `pull` or `push`: it decides which other fields there are. */
  kind: z.enum(["pull", "push"]),
});

export const pullConsumerSchema = z.strictObject({ ...commonShape, ...pullShape });
export const pushConsumerSchema = z.strictObject({ ...commonShape, ...pushShape });

type Absent<Shape> = { readonly [K in keyof Shape]?: never };

/** A durable consumer whose clients ask for messages. */
export type PullConsumerSpec = DeepReadonly<z.infer<typeof pullConsumerSchema>> &
  Absent<Omit<typeof pushShape, "kind">>;

/** A durable consumer whose messages are sent to a subject. */
export type PushConsumerSpec = DeepReadonly<z.infer<typeof pushConsumerSchema>> &
  Absent<Omit<typeof pullShape, "kind">>;

/** A durable consumer. Ephemeral and ordered consumers belong to the clients that use them. */
export type ConsumerSpec = PullConsumerSpec | PushConsumerSpec;

/** A consumer's fields, pull and push. */
export type ConsumerFields = Partial<DeepReadonly<z.infer<typeof consumerFields>>> & {
  readonly stream: string;
  readonly name: string;
};
