import type { Twin } from "../twin";

const hub = "$JS.hub.API";

/** Pairs for the rules about several assets. */
export const setTwins: readonly Twin[] = [
  {
    code: "SP201",
    refused: { streams: { A: { subjects: ["a.>"] }, B: { subjects: ["*.x"], noAck: true } } },
    accepted: { streams: { A: { subjects: ["a.>"] }, B: { subjects: ["b.x"], noAck: true } } },
  },
  {
    code: "SP201",
    refused: { streams: { A: {}, B: { subjects: ["A"] } } },
    accepted: { streams: { A: {}, B: { subjects: ["a"] } } },
  },
  {
    code: "SP203",
    refused: { streams: { KV_K: { subjects: ["k"] } }, keyValues: { K: {} } },
    accepted: { streams: { KV_K: { subjects: ["k"] } }, keyValues: { k: {} } },
  },
  {
    code: "SP204",
    refused: {
      streams: { A: {} },
      consumers: [
        { stream: "A", name: "one", kind: "pull", ackPolicy: "explicit" },
        { stream: "A", name: "one", kind: "pull", ackPolicy: "none" },
      ],
    },
    accepted: {
      streams: { A: {} },
      consumers: [
        { stream: "A", name: "one", kind: "pull", ackPolicy: "explicit" },
        { stream: "A", name: "two", kind: "pull", ackPolicy: "none" },
      ],
    },
  },
  {
    code: "SP205",
    refused: { streams: { A: { sources: [{ name: "B" }] }, B: { sources: [{ name: "A" }] } } },
    accepted: { streams: { A: { sources: [{ name: "B" }] }, B: { sources: [{ name: "C" }] } } },
  },
  {
    code: "SP205",
    refused: { streams: { A: { mirror: { name: "B" } }, B: { mirror: { name: "C" } }, C: { mirror: { name: "A" } } } },
    accepted: { streams: { A: { mirror: { name: "B" } }, B: { mirror: { name: "C" } }, C: {} } },
  },
  {
    code: "SP206",
    refused: { streams: { A: { maxMsgSize: 100 }, B: { mirror: { name: "A" }, maxMsgSize: 99 } } },
    accepted: { streams: { A: { maxMsgSize: 100 }, B: { mirror: { name: "A" }, maxMsgSize: 100 } } },
  },
  {
    code: "SP206",
    refused: { streams: { A: { maxMsgSize: 100 }, B: { sources: [{ name: "A" }], maxMsgSize: 99 } } },
    accepted: { streams: { A: { maxMsgSize: 100 }, B: { sources: [{ name: "A" }], maxMsgSize: -1 } } },
  },
  {
    code: "SP207",
    refused: {
      streams: {
        A: { subjects: ["a.>"] },
        B: { sources: [{ name: "A" }, { name: "FAR", external: { api: hub, deliver: "a" } }] },
      },
    },
    accepted: {
      streams: {
        A: { subjects: ["a.>"] },
        B: { sources: [{ name: "A" }, { name: "FAR", external: { api: hub, deliver: "b" } }] },
      },
    },
  },
];
