import type { Twin } from "../twin";

/** Pairs for the rules about one stream. */
export const streamTwins: readonly Twin[] = [
  {
    code: "SP104",
    refused: { streams: { A: { subjects: ["a.*", "a.x"] } } },
    accepted: { streams: { A: { subjects: ["a.*", "b.x"] } } },
  },
  {
    code: "SP105",
    refused: { streams: { A: { subjects: [">"] } } },
    accepted: { streams: { A: { subjects: [">"], noAck: true } } },
  },
  {
    code: "SP106",
    refused: { streams: { A: { subjects: [">"], noAck: true, replicas: 3 } } },
    accepted: { streams: { A: { subjects: [">"], noAck: true, replicas: 1 } } },
    servers: 3,
  },
  {
    code: "SP107",
    refused: { streams: { A: { subjects: ["$JS.API.>"] } } },
    accepted: { streams: { A: { subjects: ["$JS.EVENT.>"] } } },
  },
  {
    code: "SP107",
    refused: { streams: { A: { subjects: ["*.x"] } } },
    accepted: { streams: { A: { subjects: ["*.x"], noAck: true } } },
  },
  {
    code: "SP108",
    refused: { streams: { A: { maxAge: "1m", duplicateWindow: "2m" } } },
    accepted: { streams: { A: { maxAge: "1m", duplicateWindow: "1m" } } },
  },
  {
    code: "SP109",
    refused: { streams: { A: { allowRollupHdrs: true, denyPurge: true } } },
    accepted: { streams: { A: { allowRollupHdrs: true, denyDelete: true } } },
  },
  {
    code: "SP110",
    refused: { streams: { A: { discardNewPerSubject: true, maxMsgsPerSubject: 1 } } },
    accepted: { streams: { A: { discardNewPerSubject: true, maxMsgsPerSubject: 1, discard: "new" } } },
  },
  {
    code: "SP110",
    refused: { streams: { A: { discardNewPerSubject: true, maxMsgsPerSubject: 0, discard: "new" } } },
    accepted: { streams: { A: { discardNewPerSubject: true, maxMsgsPerSubject: 1, discard: "new" } } },
  },
  {
    code: "SP111",
    refused: { streams: { A: { allowMsgCounter: true, retention: "interest" } } },
    accepted: { streams: { A: { allowMsgCounter: true, retention: "limits" } } },
    since: "2.12.0",
  },
  {
    code: "SP111",
    refused: { streams: { A: { allowMsgCounter: true, allowMsgTtl: true } } },
    accepted: { streams: { A: { allowMsgCounter: true, allowMsgTtl: false } } },
    since: "2.12.0",
  },
  {
    code: "SP112",
    refused: { streams: { A: { allowMsgSchedules: true, discard: "new" } } },
    accepted: { streams: { A: { allowMsgSchedules: true, discard: "old" } } },
    since: "2.12.10",
  },
  {
    code: "SP113",
    refused: { streams: { A: { persistMode: "async", storage: "memory" } } },
    accepted: { streams: { A: { persistMode: "async", storage: "file" } } },
    since: "2.12.0",
  },
  {
    code: "SP113",
    refused: { streams: { A: { persistMode: "async", allowAtomic: true } } },
    accepted: { streams: { A: { persistMode: "default", allowAtomic: true } } },
    since: "2.12.0",
  },
  {
    code: "SP113",
    refused: { streams: { A: { persistMode: "async", replicas: 3 } } },
    accepted: { streams: { A: { persistMode: "async", replicas: 1 } } },
    since: "2.12.0",
    servers: 3,
  },
  {
    code: "SP114",
    refused: { streams: { A: { subjectTransform: { src: "a.*", dest: "b.{{wildcard(2)}}" } } } },
    accepted: { streams: { A: { subjectTransform: { src: "a.*", dest: "b.{{wildcard(1)}}" } } } },
  },
  {
    code: "SP115",
    refused: { streams: { A: { subjects: ["a.>"], republish: { dest: "a.copy.>" } } } },
    accepted: { streams: { A: { subjects: ["a.>"], republish: { dest: "copy.a.>" } } } },
  },
  {
    code: "SP116",
    refused: { streams: { A: { subjects: ["a.*"], republish: { src: "a.*", dest: "b.*" } } } },
    accepted: { streams: { A: { subjects: ["a.*"], republish: { src: "a.*", dest: "b.$1" } } } },
  },
  {
    code: "SP128",
    refused: { streams: { A: { sealed: true } } },
    accepted: { streams: { A: { sealed: false } } },
  },
];
