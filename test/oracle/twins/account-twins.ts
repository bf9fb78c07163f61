import type { Twin } from "../twin";

const one = { stream: "A", name: "one", kind: "pull", ackPolicy: "explicit" } as const;
const two = { ...one, name: "two" } as const;

/** Pairs for the rules about servers and accounts. */
export const accountTwins: readonly Twin[] = [
  { code: "SL101", refused: { streams: { A: { replicas: 2 } } }, accepted: { streams: { A: { replicas: 1 } } } },
  {
    code: "SL101",
    refused: { streams: { A: { replicas: 4 } } },
    accepted: { streams: { A: { replicas: 3 } } },
    servers: 3,
  },
  {
    code: "SL102",
    refused: { streams: { A: { replicas: 3 } } },
    accepted: { streams: { A: { replicas: 1 } } },
    servers: 3,
    account: { tiers: { R1: {} } },
  },
  {
    code: "SL103",
    refused: { streams: { A: {} } },
    accepted: { streams: { A: { maxBytes: 1000 } } },
    account: { limits: { maxBytesRequired: true } },
  },
  {
    code: "SL104",
    refused: { streams: { A: { maxBytes: 1001 } } },
    accepted: { streams: { A: { maxBytes: 1000 } } },
    account: { limits: { storageMaxStreamBytes: 1000 } },
  },
  {
    code: "SL104",
    refused: { streams: { A: { maxBytes: 1001, storage: "memory" } } },
    accepted: { streams: { A: { maxBytes: 1001, storage: "file" } } },
    account: { limits: { memoryMaxStreamBytes: 1000 } },
  },
  {
    code: "SL105",
    refused: { streams: { A: { maxBytes: 6000 }, B: { maxBytes: 4001 } } },
    accepted: { streams: { A: { maxBytes: 6000 }, B: { maxBytes: 4000 } } },
    account: { limits: { maxStorage: 10_000 } },
  },
  {
    code: "SL105",
    refused: { streams: { A: { maxBytes: 6000, replicas: 2 } } },
    accepted: { streams: { A: { maxBytes: 5000, replicas: 2 } } },
    servers: 3,
    account: { limits: { maxStorage: 10_000 } },
  },
  {
    code: "SL106",
    refused: { streams: { A: {} }, keyValues: { K: {} } },
    accepted: { streams: { A: {} } },
    account: { limits: { maxStreams: 1 } },
  },
  {
    code: "SL107",
    refused: { streams: { A: { maxConsumers: 6 } } },
    accepted: { streams: { A: { maxConsumers: 5 } } },
    account: { limits: { maxConsumers: 5 } },
  },
  {
    code: "SL108",
    refused: { streams: { A: {} }, consumers: [{ ...one, maxAckPending: 101 }] },
    accepted: { streams: { A: {} }, consumers: [{ ...one, maxAckPending: 100 }] },
    account: { limits: { maxAckPending: 100 } },
  },
  {
    code: "SL109",
    refused: { streams: { A: {} }, consumers: [one, two] },
    accepted: { streams: { A: {} }, consumers: [one] },
    account: { limits: { maxConsumers: 1 } },
  },
  {
    code: "SL110",
    refused: { streams: { A: {} }, consumers: [{ ...one, replicas: 2 }] },
    accepted: { streams: { A: {} }, consumers: [{ ...one, replicas: 1 }] },
    beside: ["SP314"],
  },
];
