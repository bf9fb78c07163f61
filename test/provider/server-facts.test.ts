import { accountFacts } from "../../provider/server-facts";

const limits = {
  max_memory: -1,
  max_storage: 10_000n,
  max_streams: 5,
  max_consumers: -1,
  max_ack_pending: 100,
  memory_max_stream_bytes: -1,
  storage_max_stream_bytes: 9_007_199_254_740_993n,
  max_bytes_required: true,
};
const read = {
  maxMemory: -1,
  maxStorage: "10000",
  maxStreams: 5,
  maxConsumers: -1,
  maxAckPending: 100,
  memoryMaxStreamBytes: -1,
  storageMaxStreamBytes: "9007199254740993",
  maxBytesRequired: true,
};

describe("accountFacts", () => {
  it("reads the limits of an account", () => {
    expect(accountFacts({ limits, api: { level: 4 } })).toEqual({ apiLevel: 4, limits: read });
  });

  it("reads the limits of each tier instead, where there are tiers", () => {
    const none = { max_memory: 0, max_storage: 0 };
    const tiers = { R1: { memory: 0, limits }, R3: { limits: { max_streams: 2 } } };
    expect(accountFacts({ limits: none, tiers })).toEqual({ tiers: { R1: read, R3: { maxStreams: 2 } } });
  });

  it("leaves out what an older server does not tell", () => {
    expect(accountFacts({ limits: { max_streams: 1 }, api: { total: 3 } })).toEqual({ limits: { maxStreams: 1 } });
  });
});
