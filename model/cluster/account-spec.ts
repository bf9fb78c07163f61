import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";
import { bytesField, durationField, intField, setField, subjectField } from "../fields";
import { secretSourceSchema } from "./secret-source";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);

/** What a user may do on one direction. A subject is allowed when `allow` (or no list) has it and `deny` has it not. */
export const subjectPermissionSchema = z.strictObject({
  /**
   * Subjects that are allowed; queue names after a space, `"orders.> workers"`.
   * @default - every subject
   */
  allow: setField(text("a subject")).optional(),
  /**
   * Subjects that are refused although allowed.
   * @default - none
   */
  deny: setField(text("a subject")).optional(),
});

/** Answers to requests without a permission of their own. */
export const allowResponsesSchema = z.strictObject({
  /**
   * Most answers for one request; -1 is unlimited.
   * @default 1
   */
  max: intField(-1).optional(),
  /**
   * How long after the request.
   * @default "2m"
   */
  expires: durationField().optional(),
});

export const permissionsSchema = z.strictObject({
  /**
   * What may be published.
   * @default - everything
   */
  publish: subjectPermissionSchema.optional(),
  /**
   * What may be subscribed to.
   * @default - everything
   */
  subscribe: subjectPermissionSchema.optional(),
  /**
   * Answer requests whose reply subject is not allowed otherwise.
   * @default - not allowed
   */
  allowResponses: allowResponsesSchema.optional(),
});

/**
 * What somebody is there for; the permissions follow from it. `planner` reads the JetStream API, `applier` changes streams
 * and consumers, `monitor` reads state and advisories, `publisher` publishes to `subjects` and gets the acknowledgment,
 * `consumer` reads from the durable `consumers`, `admin` may do everything in the account.
 */
export const ROLES = ["admin", "planner", "applier", "monitor", "publisher", "consumer"] as const;

export type Role = (typeof ROLES)[number];

/** One login of an account: by password, nkey or client certificate. */
export const userSchema = z.strictObject({
  /**
   * Name to log in with. With `verifyAndMap`: the e-mail address, DNS name or subject of the client's certificate.
   * @default - an nkey user has none
   */
  user: text("a name").optional(),
  /**
   * Password, or its bcrypt hash; none for users of a certificate.
   * @default - none
   */
  password: secretSourceSchema.optional(),
  /**
   * Public key of an nkey user, `U…`. Excludes `user` and `password`.
   * @default - none
   */
  nkey: z
    .string("must be a public key")
    .regex(/^U[A-Z2-7]{55}$/, 'must be a public user nkey, "U…"')
    .optional(),
  /**
   * What the user is there for. Excludes `permissions`.
   * @default "admin"
   */
  role: z.enum(ROLES).optional(),
  /**
   * What a `publisher` publishes to; what a `consumer` with push consumers subscribes to.
   * @default - none
   */
  subjects: setField(subjectField()).optional(),
  /**
   * The durable consumers a `consumer` reads from, `STREAM/NAME` each; `STREAM/*` are all of a stream.
   * @default - none
   */
  consumers: setField(z.string("must be a consumer").regex(/^[^\s./]+\/[^\s./]+$/, 'must be "STREAM/NAME"')).optional(),
  /**
   * Prefix of the user's reply subjects: two users with prefixes of their own cannot read each other's answers.
   * @default "_INBOX"
   */
  inboxPrefix: z
    .string("must be a subject")
    .regex(/^[^\s*>]+$/, "must be a subject without wildcards")
    .optional(),
  /**
   * Permissions written out. Excludes `role`.
   * @default - those of the role
   */
  permissions: permissionsSchema.optional(),
  /**
   * How the user may connect.
   * @default - every way
   */
  allowedConnectionTypes: setField(
    z.enum(["STANDARD", "WEBSOCKET", "LEAFNODE", "LEAFNODE_WS", "MQTT", "MQTT_WS", "IN_PROCESS"]),
  ).optional(),
});

export type UserSpec = DeepReadonly<z.infer<typeof userSchema>>;

/** Most an account may use of JetStream. server/opts.go parseJetStreamForAccount. */
export const accountJetStreamSchema = z.strictObject({
  /**
   * Most memory of its streams; -1 is unlimited.
   * @default -1
   */
  maxMemory: bytesField().optional(),
  /**
   * Most file storage of its streams, replicas counted; -1 is unlimited.
   * @default -1
   */
  maxFile: bytesField().optional(),
  /**
   * Most streams; -1 is unlimited.
   * @default -1
   */
  maxStreams: intField(-1).optional(),
  /**
   * Most consumers of each stream; -1 is unlimited.
   * @default -1
   */
  maxConsumers: intField(-1).optional(),
  /**
   * Largest `maxAckPending` of a consumer; -1 is unlimited.
   * @default -1
   */
  maxAckPending: intField(-1).optional(),
  /**
   * Every stream must set `maxBytes` (10113).
   * @default false
   */
  maxBytesRequired: z.boolean().optional(),
  /**
   * Largest `maxBytes` of a stream in memory (10122); -1 is unlimited.
   * @default -1
   */
  memoryMaxStreamBytes: bytesField().optional(),
  /**
   * Largest `maxBytes` of a stream on file (10122); -1 is unlimited.
   * @default -1
   */
  storeMaxStreamBytes: bytesField().optional(),
  /**
   * Which account replication between servers runs in. Since server 2.11.
   * @default "system"
   */
  clusterTraffic: z.enum(["system", "owner"]).optional(),
});

/** A stream of messages or a service offered to other accounts. */
export const exportSchema = z.strictObject({
  /**
   * Subject of a stream of messages. Excludes `service`.
   * @default - a service
   */
  stream: subjectField().optional(),
  /**
   * Subject of a service. Excludes `stream`.
   * @default - a stream
   */
  service: subjectField().optional(),
  /**
   * Accounts that may import it; private where set.
   * @default - every account
   */
  accounts: setField(text("the name of an account")).optional(),
  /**
   * How a service answers.
   * @default "singleton"
   */
  responseType: z.enum(["singleton", "stream", "chunked"]).optional(),
  /**
   * How long an answer of a service may take.
   * @default "2m"
   */
  responseThreshold: durationField().optional(),
});

/** What another account offers: its name and the subject there. */
export const importOriginSchema = z.strictObject({
  /** The account that exports it. */
  account: text("the name of an account"),
  /** Subject there. */
  subject: subjectField(),
});

/** Something another account exports, made visible in this one. */
export const importSchema = z.strictObject({
  /**
   * A stream of messages. Excludes `service`.
   * @default - a service
   */
  stream: importOriginSchema.optional(),
  /**
   * A service. Excludes `stream`.
   * @default - a stream
   */
  service: importOriginSchema.optional(),
  /**
   * Prefix of a stream's subjects here. Excludes `to`.
   * @default - none
   */
  prefix: subjectField().optional(),
  /**
   * Subject here.
   * @default - the same
   */
  to: subjectField().optional(),
});

/** Most an account's clients may use. */
export const accountLimitsSchema = z.strictObject({
  /**
   * Most connections; -1 is unlimited.
   * @default -1
   */
  maxConnections: intField(-1).optional(),
  /**
   * Most subscriptions of a connection; -1 is unlimited.
   * @default -1
   */
  maxSubscriptions: intField(-1).optional(),
  /**
   * Largest message; -1 is the server's.
   * @default -1
   */
  maxPayload: bytesField(2_147_483_647n).optional(),
  /**
   * Most leaf nodes; -1 is unlimited.
   * @default -1
   */
  maxLeafNodes: intField(-1).optional(),
});

/** One account: its users see each other's subjects and nobody else's. server/opts.go parseAccounts. */
export const accountSchema = z.strictObject({
  /**
   * JetStream for this account: on, off, or with limits.
   * @default - on; never for the system account
   */
  jetstream: z.union([z.boolean(), accountJetStreamSchema], "must be true, false or a map of limits").optional(),
  /**
   * Logins of the account.
   * @default - none
   */
  users: z.array(userSchema).optional(),
  /**
   * What other accounts may import.
   * @default - none
   */
  exports: z.array(exportSchema).optional(),
  /**
   * What is imported from other accounts.
   * @default - none
   */
  imports: z.array(importSchema).optional(),
  /**
   * Limits of the account's clients.
   * @default - none
   */
  limits: accountLimitsSchema.optional(),
  /**
   * Permissions of users without a role and permissions of their own.
   * @default - everything
   */
  defaultPermissions: permissionsSchema.optional(),
});

export type AccountSpec = DeepReadonly<z.infer<typeof accountSchema>>;
export type PermissionsSpec = DeepReadonly<z.infer<typeof permissionsSchema>>;
