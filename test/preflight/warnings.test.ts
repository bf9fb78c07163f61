import { formatFinding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { preflight } from "../../preflight/preflight";

const pull = { kind: "pull", ackPolicy: "explicit" } as const;
const warnings = (topology: object, server = {}) =>
  preflight(topology as TopologySpec, { server })
    .filter(({ severity }) => severity === "warning")
    .map(formatFinding);

it.each<[string, object, string[]]>([
  [
    "a copy of a stream nobody declares",
    { streams: { M: { mirror: { name: "GONE" } } } },
    [
      'SW101 stream "M": mirror.name "GONE" is not declared: the mirror copies nothing until it exists. Correct the name, declare it, or list it under external.',
    ],
  ],
  [
    "a copy of a stream that exists elsewhere",
    { streams: { M: { mirror: { name: "GONE" } } }, external: { GONE: {} } },
    [],
  ],
  [
    "a copy from another account",
    { streams: { M: { mirror: { name: "GONE", external: { api: "$JS.hub.API" } } } } },
    [],
  ],
  [
    "a consumer of a stream nobody declares",
    { consumers: [{ stream: "GONE", name: "c", ...pull }] },
    [
      'SW102 consumer "GONE/c": stream "GONE" is not declared: the consumer cannot be created before it exists. Correct the name, declare it, or list it under external.',
    ],
  ],
  [
    "a consumer's filter that matches nothing",
    { streams: { S: { subjects: ["a.*"] } }, consumers: [{ stream: "S", name: "c", ...pull, filterSubject: "b.x" }] },
    [
      'SW103 consumer "S/c": filterSubject "b.x" matches no subject of stream "S" (a.*). Correct the filter, or add the subject to the stream.',
    ],
  ],
  [
    "a filter of an external stream's consumer",
    {
      external: { S: { subjects: ["a.*"] } },
      consumers: [{ stream: "S", name: "c", ...pull, filterSubjects: ["a.x", "b.x"] }],
    },
    [
      'SW103 consumer "S/c": filterSubjects[1] "b.x" matches no subject of stream "S" (a.*). Correct the filter, or add the subject to the stream.',
    ],
  ],
  [
    "a filter under a transform, which may write anything",
    {
      streams: { S: { subjects: ["a.*"], subjectTransform: { src: "a.*", dest: "b.{{wildcard(1)}}" } } },
      consumers: [{ stream: "S", name: "c", ...pull, filterSubject: "b.x" }],
    },
    [],
  ],
  [
    "a source's filter that matches nothing",
    { streams: { O: { subjects: ["a.*"] }, S: { sources: [{ name: "O", filterSubject: "b" }] } } },
    ['SW104 stream "S": sources[0].filterSubject "b" matches no subject of "O" (a.*). Correct the filter.'],
  ],
  [
    "a transform that never applies",
    { streams: { S: { subjects: ["a.*"], subjectTransform: { src: "b", dest: "c" } } } },
    [`SW105 stream "S": subjectTransform.src "b" matches none of the stream's subjects (a.*). Correct it.`],
  ],
  [
    "what the rest of a stream makes void",
    { streams: { S: { storage: "memory", compression: "s2", denyPurge: true, subjectDeleteMarkerTtl: "1m" } } },
    [
      'SW106 stream "S": compression has no effect: memory storage is never compressed. Remove it.',
      'SW106 stream "S": denyPurge has no effect: delete markers and schedules turn purges on again. Remove it.',
    ],
  ],
  [
    "what the rest of a consumer makes void",
    { streams: { S: {} }, consumers: [{ stream: "S", name: "c", kind: "pull", ackPolicy: "none", ackWait: "5s" }] },
    ['SW107 consumer "S/c": ackWait has no effect: nothing is acknowledged. Remove it.'],
  ],
  [
    "an interest stream nobody consumes",
    { streams: { S: { retention: "interest" } } },
    [
      'SW108 stream "S": retention drops every message while no consumer wants it, and no consumer is declared. Declare its consumers, or use retention: "limits".',
    ],
  ],
  [
    "an interest stream with a consumer",
    { streams: { S: { retention: "interest" } }, consumers: [{ stream: "S", name: "c", ...pull }] },
    [],
  ],
])("warns of %s", (_, topology, expected) => expect(warnings(topology)).toEqual(expected));

it("knows from a live account that an origin exists", () => {
  const mirror = { streams: { M: { mirror: { name: "LIVE" } } } };
  expect(warnings(mirror, { streams: [{ spec: { name: "LIVE" } }] })).toEqual([]);
});
