import { keyValueToStream, objectStoreToStream } from "../../../model/bucket-stream";
import type { ConsumerSpec } from "../../../model/consumer-spec";
import { normalizeStream } from "../../../model/normalize";
import type { StreamSpec } from "../../../model/stream-spec";
import { liveAccount } from "../../../policies/readers/account-reader";

const declared = (...specs: object[]) =>
  liveAccount({ streams: specs.map((spec) => ({ spec: normalizeStream(spec as StreamSpec) })) }).declared;

describe("liveAccount", () => {
  it("declares every stream, bucket and consumer", () => {
    const facts = {
      version: "2.15.1",
      streams: [
        {
          spec: normalizeStream({ name: "ORDERS", subjects: ["orders.>"], dataClass: "audit" }),
          consumers: [{ stream: "ORDERS", name: "billing", kind: "pull", ackPolicy: "explicit" } as ConsumerSpec],
        },
        { spec: normalizeStream(keyValueToStream({ name: "sessions", ttl: "12h", dataClass: "standard" })) },
        { spec: normalizeStream(objectStoreToStream({ name: "invoices", maxBytes: "1GiB" })) },
      ],
    };
    expect(liveAccount(facts)).toEqual({
      facts,
      declared: [
        { kind: "stream", spec: { name: "ORDERS", subjects: ["orders.>"], dataClass: "audit" } },
        { kind: "key-value bucket", spec: { name: "sessions", ttl: "12h", dataClass: "standard" } },
        { kind: "object store", spec: { name: "invoices", maxBytes: "1GiB" } },
        { kind: "consumer", spec: { stream: "ORDERS", name: "billing", kind: "pull", ackPolicy: "explicit" } },
      ],
    });
  });

  it.each([
    [{ duplicateWindow: "2m" }, {}],
    [{ duplicateWindow: "30s", maxAge: "30s" }, { maxAge: "30s" }],
    [{ duplicateWindow: "5m" }, { duplicateWindow: "5m" }],
  ])("leaves out what a server fills in: %j", (live, said) => {
    expect(declared({ name: "A", ...live })).toEqual([{ kind: "stream", spec: { name: "A", ...said } }]);
  });

  it.each([
    ["the default", {}, {}, { maxAckPending: 1000 }, {}],
    ["another value", {}, {}, { maxAckPending: 64 }, { maxAckPending: 64 }],
    ["the stream's limit", { maxAckPending: 64 }, {}, { maxAckPending: 64 }, {}],
    ["the stream's threshold", { inactiveThreshold: "1h" }, {}, { inactiveThreshold: "1h" }, {}],
    [
      "a threshold of its own",
      { inactiveThreshold: "1h" },
      {},
      { inactiveThreshold: "1m" },
      { inactiveThreshold: "1m" },
    ],
    ["the account's limit", {}, { limits: { maxAckPending: 50 } }, { maxAckPending: 50 }, {}],
    ["the tier's limit", {}, { tiers: { R1: { maxAckPending: 50 } } }, { maxAckPending: 50 }, {}],
    [
      "a limit above the default",
      {},
      { limits: { maxAckPending: 5000 } },
      { maxAckPending: 5000 },
      { maxAckPending: 5000 },
    ],
    ["no limit", {}, { limits: { maxAckPending: -1 } }, { maxAckPending: -1 }, { maxAckPending: -1 }],
  ])("leaves out what a server gives a consumer that says nothing: %s", (_, consumerLimits, limits, live, said) => {
    const identity = { stream: "A", name: "a", kind: "pull", ackPolicy: "explicit" } as const;
    const spec = normalizeStream({ name: "A", consumerLimits } as StreamSpec);
    const consumers = [{ ...identity, ...live } as ConsumerSpec];
    const [, consumer] = liveAccount({ ...limits, streams: [{ spec, consumers }] }).declared;
    expect(consumer).toEqual({ kind: "consumer", spec: { ...identity, ...said } });
  });

  it.each([
    [
      "of a bucket without direct access",
      { ...keyValueToStream({ name: "a" }), allowDirect: false },
      "key-value bucket",
    ],
    ["of a bucket that allows TTLs", { ...keyValueToStream({ name: "a" }), allowMsgTtl: true }, "key-value bucket"],
    ["of a bucket with its window", { ...keyValueToStream({ name: "a" }), duplicateWindow: "2m" }, "key-value bucket"],
    ["of a mirror of a bucket", keyValueToStream({ name: "a", mirror: { name: "b" } }), "key-value bucket"],
    ["of a bucket with sources", keyValueToStream({ name: "a", sources: [{ name: "b" }] }), "key-value bucket"],
    ["of a bucket with markers", keyValueToStream({ name: "a", limitMarkerTtl: "1h" }), "key-value bucket"],
    ["of a sealed store", objectStoreToStream({ name: "a", sealed: true }), "object store"],
    ["that only has a bucket's name", { name: "KV_a", subjects: ["a.>"] }, "stream"],
    ["that stores more than a bucket", { ...keyValueToStream({ name: "a" }), subjects: ["$KV.a.>", "b"] }, "stream"],
    ["that drops old keys", { ...keyValueToStream({ name: "a" }), discard: "old" }, "stream"],
    ["that has only the prefix", { name: "OBJ_", subjects: ["a.>"] }, "stream"],
  ])("takes a stream %s for what it is", (_, spec, kind) => {
    expect(declared(spec)).toMatchObject([{ kind }]);
  });
});
