import type { ConsumerSpec } from "../model/consumer-spec";
import type { StreamSpec } from "../model/stream-spec";
import type { Bytes } from "../model/units";

/** JetStream limits of an account, or of one tier of it: `-1` is unlimited. server/jetstream.go JetStreamAccountLimits. */
export interface AccountLimits {
  readonly maxMemory?: Bytes;
  readonly maxStorage?: Bytes;
  readonly maxStreams?: number;
  /** Applies to each stream. */
  readonly maxConsumers?: number;
  readonly maxAckPending?: number;
  readonly memoryMaxStreamBytes?: Bytes;
  readonly storageMaxStreamBytes?: Bytes;
  readonly maxBytesRequired?: boolean;
}

/** A stream a server has, with its consumers. */
export interface ExistingStream {
  readonly spec: StreamSpec;
  /** @default - not known */
  readonly consumers?: readonly ConsumerSpec[];
}

/** What is known of a live account. Everything left out is not judged. */
export interface ServerFacts {
  /**
   * Version of the server that answers.
   * @default - the newest supported
   */
  readonly version?: string;
  /** JetStream API level, `$JS.API.INFO`; servers since 2.11 tell it. */
  readonly apiLevel?: number;
  /** Servers with JetStream that can hold a replica; 1 is a server that is no cluster. */
  readonly servers?: number;
  /** Limits of an account without tiers. */
  readonly limits?: AccountLimits;
  /** Limits by tier, `R1`, `R3`. An account has either these or `limits`. */
  readonly tiers?: Readonly<Record<string, AccountLimits>>;
  /** Every stream of the account, key-value buckets and object stores included. */
  readonly streams?: readonly ExistingStream[];
}
