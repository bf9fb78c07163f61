/** JetStream limits of one tier, or of an account without tiers. */
export interface TierLimits {
  readonly maxMemory?: number;
  readonly maxStorage?: number;
  readonly maxStreams?: number;
  readonly maxConsumers?: number;
  readonly maxAckPending?: number;
  readonly memoryMaxStreamBytes?: number;
  readonly storageMaxStreamBytes?: number;
  readonly maxBytesRequired?: boolean;
}

/** What an account may use, as server facts and account tokens both say it. */
export interface AccountLimits {
  readonly limits?: TierLimits;
  readonly tiers?: Readonly<Record<string, TierLimits>>;
}

/** The limits in the words of an account's token; -1 is unlimited. */
export function limitClaims({ limits = {}, tiers }: AccountLimits): Readonly<Record<string, unknown>> {
  if (!tiers) return claims(limits);
  return { tiered_limits: Object.fromEntries(Object.entries(tiers).map(([tier, own]) => [tier, claims(own)])) };
}

function claims(limits: TierLimits): Readonly<Record<string, unknown>> {
  return {
    mem_storage: limits.maxMemory ?? -1,
    disk_storage: limits.maxStorage ?? -1,
    streams: limits.maxStreams ?? -1,
    consumer: limits.maxConsumers ?? -1,
    max_ack_pending: limits.maxAckPending ?? -1,
    mem_max_stream_bytes: limits.memoryMaxStreamBytes ?? -1,
    disk_max_stream_bytes: limits.storageMaxStreamBytes ?? -1,
    max_bytes_required: limits.maxBytesRequired ?? false,
  };
}
