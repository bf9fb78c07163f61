/** A consumer of a stream, as far as edits of the stream can hit it. */
export interface ConsumerFacts {
  readonly name: string;
  /** Subjects it asks for; none means all. */
  readonly filters: readonly string[];
  /** Messages not delivered yet, and delivered but not acknowledged. */
  readonly pending: number;
  readonly ackPending: number;
  /** Sequence of the stream up to which everything is acknowledged. */
  readonly ackFloor?: number;
  /** Its ownership stamp. */
  readonly owner?: string;
  /** As configured; 0 follows the stream. */
  readonly replicas?: number;
  readonly maxAckPending?: number;
  /** Nanoseconds. */
  readonly inactiveThreshold?: bigint;
}

/** What is known of one live asset. Everything left out is taken at its worst. */
export interface AssetFacts {
  /** The server's clock when it answered, RFC 3339. */
  readonly now?: string;
  readonly messages?: number;
  readonly bytes?: bigint;
  /** Sequence of the newest message. */
  readonly lastSeq?: number;
  /** When the oldest and the newest message were stored, RFC 3339. */
  readonly firstTime?: string;
  readonly lastTime?: string;
  /** Messages by subject, every subject. */
  readonly subjects?: Readonly<Record<string, number>>;
  /** Messages stored before the instant a new `maxAge` keeps. */
  readonly expired?: { readonly maxAge: string; readonly messages: number };
  /** Consumers of the stream. */
  readonly consumers?: readonly ConsumerFacts[];
  /** A consumer's stream. */
  readonly stream?: { readonly retention: string; readonly replicas: number };
  /** A consumer's own position: how many messages it has delivered, and what is left. */
  readonly delivered?: number;
  readonly pending?: number;
  readonly ackPending?: number;
  /** Clients listen on a push consumer's deliver subject. */
  readonly bound?: boolean;
}
