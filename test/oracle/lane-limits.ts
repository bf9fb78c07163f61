import type { AccountLimits } from "./account-limits";

const few = { maxStreams: 3, maxConsumers: 2, maxAckPending: 50 };
const little = {
  maxStorage: 1_200_000,
  maxMemory: 66_000,
  storageMaxStreamBytes: 1_048_576,
  memoryMaxStreamBytes: 65_536,
};

/** The accounts random topologies are made in: half of them without limits. */
export const laneLimits: readonly AccountLimits[] = [
  {},
  {},
  {},
  {},
  {},
  { limits: few },
  { limits: little },
  { limits: { ...little, maxBytesRequired: true } },
  { tiers: { R1: { ...few, ...little }, R3: { maxStreams: 1, maxStorage: 70_000 } } },
  { tiers: { R1: { maxMemory: 0 }, R2: {} } },
];
