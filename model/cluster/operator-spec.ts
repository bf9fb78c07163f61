import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";
import { bytesField, durationField, intField } from "../fields";

const jwt = () => z.string("must be a JWT").regex(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/, 'must be a JWT, "eyJ…"');
const accountKey = () =>
  z.string("must be a public key").regex(/^A[A-Z2-7]{55}$/, 'must be a public account nkey, "A…"');

/** Where the servers get accounts from. server/opts.go parseResolver. */
export const resolverSchema = z.strictObject({
  /**
   * `memory` has what is preloaded, `full` keeps every account on disk and shares it, `cache` keeps some, `url` asks an
   * account server.
   * @default "memory"
   */
  type: z.enum(["memory", "full", "cache", "url"]).optional(),
  /**
   * Address of the account server; `url` only.
   * @default - none
   */
  url: z.url("must be a URL").optional(),
  /**
   * Accounts may be deleted; `full` only.
   * @default false
   */
  allowDelete: z.boolean().optional(),
  /**
   * Deleted accounts are removed, not renamed; `full` only.
   * @default false
   */
  hardDelete: z.boolean().optional(),
  /**
   * How often servers compare their accounts; `full` only.
   * @default "2m"
   */
  interval: durationField("1s").optional(),
  /**
   * Most accounts kept; `full` and `cache`.
   * @default - 1,000 of a cache, unlimited otherwise
   */
  limit: intField(1).optional(),
  /**
   * How long an account is kept; `cache` only.
   * @default - for ever
   */
  ttl: durationField("1s").optional(),
  /**
   * How long to wait for an account.
   * @default "2s"
   */
  timeout: durationField("1ms").optional(),
  /**
   * Volume of each server for accounts; `full` and `cache` on Kubernetes. Cannot be changed.
   * @default "1GiB"
   */
  volumeSize: bytesField().optional(),
});

/** Accounts by signed tokens. The tokens are made elsewhere; here they are used. Excludes `accounts`. */
export const operatorSchema = z.strictObject({
  /** The operator's JWT. */
  jwt: jwt(),
  /**
   * Public key of the system account.
   * @default - the one the operator's JWT names
   */
  systemAccount: accountKey().optional(),
  /**
   * Where accounts come from.
   * @default - those preloaded, in memory
   */
  resolver: resolverSchema.optional(),
  /**
   * Accounts the servers know from the start: JWT by public key.
   * @default - none
   */
  preload: z.record(accountKey(), jwt()).optional(),
});

export type OperatorSpec = DeepReadonly<z.infer<typeof operatorSchema>>;
