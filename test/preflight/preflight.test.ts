import { formatFinding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { preflight } from "../../preflight/preflight";
import { consumers, streams } from "../../stacks/persistence-design";

const messages = (topology: TopologySpec) => preflight(topology).map(formatFinding);
const pull = { kind: "pull", ackPolicy: "explicit" } as const;

it("finds nothing wrong with the persistence design", () => expect(messages({ streams, consumers })).toEqual([]));

it("reports what is wrong with every asset at once", () => {
  const wrong = {
    streams: { A: { maxAge: "soon" }, B: { replicas: 7 } },
    keyValues: { c: { history: 65 } },
    objectStores: { d: { ttl: "1y" } },
    consumers: [{ stream: "A", name: "e", ...pull, backoff: ["1"] }],
  } as unknown as TopologySpec;
  expect(messages(wrong).map((message) => message.split(" must")[0])).toEqual([
    'SP101 stream "A": maxAge',
    'SP101 stream "B": replicas',
    'SP101 key-value bucket "c": history',
    'SP101 object store "d": ttl',
    'SP101 consumer "A/e": backoff[0]',
  ]);
});

it("finds subjects shared by streams and buckets, and consumers declared twice", () => {
  const consumer = { stream: "A", name: "c", ...pull };
  const shared = {
    streams: {
      A: { subjects: ["a.*"] },
      B: { subjects: ["a.b"] },
      C: { mirror: { name: "A" } },
      D: { subjects: ["$KV.k.x"] },
    },
    keyValues: { k: {} },
    consumers: [consumer, consumer, { ...consumer, name: "d" }],
  };
  expect(messages(shared)).toEqual([
    'SP201 stream "B": subjects[0] "a.b" overlaps "a.*" of stream "A". Let one stream own the subject: narrow one of the two, or use a source or a mirror.',
    'SP201 key-value bucket "k": "$KV.k.>" overlaps "$KV.k.x" of stream "D". Let one stream own the subject: narrow one of the two, or use a source or a mirror.',
    'SP204 consumer "A/c": name is declared more than once. Remove one, or give it another name.',
  ]);
});

it("judges everything else about an asset with a field that has no shape, and about its neighbors", () => {
  const consumer = { stream: "A", name: "c", ...pull };
  const wrong = {
    streams: {
      A: { subjects: ["a.>", "a.b"], maxAge: "soon", retention: "workqueue" },
      B: { subjects: ["a.c"], replicas: 7 },
      C: { subjects: "a.d", duplicateWindow: "2h", maxAge: "1h" },
    },
    keyValues: { k: { subjects: ["x"] } },
    consumers: [
      { ...consumer, filterSubjcts: ["a.b"] },
      { ...consumer, name: "d", deliverPolicy: "new", maxDeliver: "x" },
    ],
  } as unknown as TopologySpec;
  expect(messages(wrong).map((message) => message.split(/ (must|overlaps|is|takes|"2h")/)[0])).toEqual([
    'SP101 stream "A": maxAge',
    'SP104 stream "A": subjects[1] "a.b"',
    'SP101 stream "B": replicas',
    'SP201 stream "B": subjects[0] "a.c"',
    'SP101 stream "C": subjects',
    'SP108 stream "C": duplicateWindow',
    'SP101 key-value bucket "k": subjects',
    'SP101 consumer "A/c": filterSubjcts',
    'SP101 consumer "A/d": maxDeliver',
    'SP313 consumer "A/d": filterSubject',
    'SP312 consumer "A/d": deliverPolicy',
  ]);
});

it("says only what is wrong with its shape where it is not known which asset it is", () => {
  const wrong = {
    streams: { "A.B": { subjects: ["a", "a"] } },
    consumers: [
      { stream: "A.B", name: "c", kind: "both", ackPolicy: "explicit", filterSubject: "a", filterSubjects: [] },
    ],
  } as unknown as TopologySpec;
  expect(messages(wrong).map((message) => message.slice(0, 5))).toEqual(["SP101", "SP101", "SP101"]);
});

it("judges limits beside a stream whose size has no shape", () => {
  const topology = { streams: { A: { maxBytes: "much" }, B: { maxBytes: 5 } } } as unknown as TopologySpec;
  const found = preflight(topology, { server: { limits: { maxStorage: 1 } } });
  expect(found.map(({ name, field }) => `${name} ${field}`)).toEqual(["A maxBytes", "B maxBytes"]);
});
