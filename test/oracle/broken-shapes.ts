import type { Asset, Fields } from "./asset";

/** A spec no schema lets through, and no server either. */
export interface BrokenShape {
  readonly title: string;
  readonly asset: Asset;
  /**
   * First server version that refuses.
   * @default - every supported one
   */
  readonly since?: string;
}

const stream = (title: string, spec: Fields, since?: string): BrokenShape => ({
  title,
  asset: { kind: "stream", spec: { name: "S", ...spec } },
  since,
});
const mirror = (title: string, spec: Fields, since?: string) =>
  stream(`a mirror with ${title}`, { mirror: { name: "ORIGIN" }, ...spec }, since);
const consumer = (title: string, spec: Fields, since?: string): BrokenShape => ({
  title,
  asset: { kind: "consumer", spec: { stream: "BASE", name: "C", ackPolicy: "explicit", ...spec } },
  since,
});
const pull = (title: string, spec: Fields, since?: string) =>
  consumer(`a pull consumer with ${title}`, { kind: "pull", ...spec }, since);
const push = (title: string, spec: Fields, since?: string) =>
  consumer(`a push consumer with ${title}`, { kind: "push", deliverSubject: "deliver.x", ...spec }, since);

/** One case for each thing the shapes alone keep away from a server. Consumers are of stream `BASE`. */
export const brokenShapes: readonly BrokenShape[] = [
  mirror("subjects", { subjects: ["a"] }),
  mirror("sources", { sources: [{ name: "OTHER" }] }),
  mirror("firstSeq", { firstSeq: 10 }),
  mirror("a counter", { allowMsgCounter: true }, "2.12.0"),
  mirror("atomic batches", { allowAtomic: true }, "2.12.0"),
  mirror("fast batches", { allowBatched: true }, "2.14.0"),
  mirror("schedules", { allowMsgSchedules: true }, "2.12.0"),
  mirror("delete markers", { subjectDeleteMarkerTtl: "1s" }, "2.11.0"),
  stream("mirrorDirect without a mirror", { mirrorDirect: true }),
  stream("a subject with an empty token", { subjects: ["a..b"] }),
  stream("a subject with > in the middle", { subjects: ["a.>.b"] }),
  stream("too many replicas", { replicas: 6 }),
  stream("maxAge below 100 ms", { maxAge: "99ms" }),
  stream("a duplicate window below 100 ms", { duplicateWindow: "99ms" }),
  stream("delete markers below 1 s", { subjectDeleteMarkerTtl: "999ms" }, "2.11.0"),
  stream("a long description", { description: "x".repeat(4097) }),
  stream("much metadata", { metadata: { key: "x".repeat(131_073) } }),
  stream("a source with a name that is none", { sources: [{ name: "A.B" }] }),
  stream(
    "a source by a deliver subject with a wildcard",
    {
      sources: [{ name: "A", consumer: { name: "feed", deliverSubject: "a.*" } }],
    },
    "2.14.0",
  ),
  stream("an external API with a wildcard", { mirror: { name: "A", external: { api: "$JS.*.API" } } }),
  pull("rateLimitBps", { rateLimitBps: 1000 }),
  pull("idleHeartbeat", { idleHeartbeat: "1s" }),
  pull("flowControl", { flowControl: true }),
  pull("maxExpires below 1 ms", { maxExpires: "999us" }),
  pull("a priority group of a strange name", { priorityPolicy: "overflow", priorityGroups: ["a b"] }, "2.11.0"),
  pull("a filter with an empty token", { filterSubject: "a..b" }),
  pull("a sample frequency that is no number", { sampleFreq: "often" }),
  pull("negative replicas", { replicas: -1 }),
  pull("a long description", { description: "x".repeat(4097) }),
  pull("much metadata", { metadata: { key: "x".repeat(131_073) } }),
  push("maxWaiting", { maxWaiting: 1 }),
  push("priorityPolicy", { priorityPolicy: "overflow", priorityGroups: ["main"] }, "2.11.0"),
  push("a deliver subject with a wildcard", { deliverSubject: "deliver.*" }),
  push("a deliver subject with an empty token", { deliverSubject: "deliver..x" }),
  push("idleHeartbeat below 100 ms", { idleHeartbeat: "99ms" }),
];
