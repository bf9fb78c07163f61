import type { TopologySpec } from "../../model/topology-spec";

const pull = { kind: "pull", ackPolicy: "explicit" } as const;
const cases: readonly (readonly [why: string, topology: object])[] = [
  [
    "a single server refuses consumer replicas before anything else",
    { streams: { A: {} }, consumers: [{ stream: "A", name: "three", ...pull, replicas: 5 }] },
  ],
  [
    "the walk for cycles goes through sources as they are sent",
    { streams: { D: {}, B: { mirror: { name: "D" } }, C: { sources: [{ name: "D" }, { name: "B" }] } } },
  ],
  [
    "the walk finds a cycle where there is none",
    { streams: { C: { mirror: { name: "B" } }, B: {}, D: { sources: [{ name: "C" }, { name: "B" }] } } },
  ],
  [
    "markers of no age turn nothing on",
    { streams: { B: { allowMsgTtl: true, subjectDeleteMarkerTtl: "0s", allowMsgCounter: true } } },
  ],
  [
    "markers of no age leave roll-ups to the user",
    { streams: { B: { denyPurge: true, allowRollupHdrs: true, subjectDeleteMarkerTtl: "0s" } } },
  ],
  ["republish may have white space", { streams: { A: { republish: { dest: "v.with space.>" } } } }],
  [
    "counters with markers pass a single server",
    { streams: { D: { subjectDeleteMarkerTtl: "1s", allowMsgCounter: true } } },
  ],
  [
    "partitions without positions, and large numbers of them",
    {
      streams: {
        A: { subjects: ["a.*"], subjectTransform: { src: "a.*", dest: "b.{{partition(3)}}" } },
        B: { subjects: ["c.*"], subjectTransform: { src: "c.*", dest: "d.{{partition(99999999999,1)}}" } },
      },
    },
  ],
  [
    "markers stand for TTLs, which counters exclude",
    { streams: { A: { allowMsgTtl: true, subjectDeleteMarkerTtl: "1s", allowMsgCounter: true } } },
  ],
  [
    "left and right are new in some places",
    { streams: { B: { subjects: ["a.*.*"], subjectTransform: { src: "a.*.*", dest: "a.{{left(1,2)}}" } } } },
  ],
  [
    "left and right of a source",
    {
      streams: {
        B: { sources: [{ name: "O", subjectTransforms: [{ src: "f.*.*", dest: "v.{{left(1,2)}}.{{right(2,2)}}" }] }] },
      },
    },
  ],
  [
    "republish takes left everywhere",
    { streams: { B: { subjects: ["a.*.*"], republish: { src: "a.*.*", dest: "b.{{left(1,2)}}" } } } },
  ],
  [
    "large numbers in a slice",
    { streams: { D: { subjectTransform: { src: "c.*", dest: "a.{{SliceFromLeft(1,99999999999)}}" } } } },
  ],
  [
    "markers end what refuses purges, roll-ups or not",
    { streams: { B: { denyPurge: true, allowRollupHdrs: true, subjectDeleteMarkerTtl: "1m" } } },
  ],
  ["a token that begins with a wildcard", { streams: { A: { subjects: ["a.*b.*"] }, B: { subjects: ["a.c.*"] } } }],
];

/** Small cases preflight and a server once differed about. */
export const onceDisagreed = cases as readonly (readonly [string, TopologySpec])[];
