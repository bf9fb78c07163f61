import type { PullConsumerSpec, PushConsumerSpec } from "../../../model/consumer-spec";
import type { StreamSpec } from "../../../model/stream-spec";
import type { TopologySpec } from "../../../model/topology-spec";
import type { Twin } from "../twin";

type Of<Spec> = Partial<Omit<Spec, "kind" | "stream" | "name">>;
type Stream = Omit<StreamSpec, "name">;

const pull = (more: Of<PullConsumerSpec>, stream: Stream = {}): TopologySpec => ({
  streams: { A: stream } as TopologySpec["streams"],
  consumers: [{ stream: "A", name: "one", kind: "pull", ackPolicy: "explicit", ...more }],
});
const push = (more: Of<PushConsumerSpec>, stream: Stream = {}): TopologySpec => ({
  streams: { A: stream } as TopologySpec["streams"],
  consumers: [{ stream: "A", name: "one", kind: "push", ackPolicy: "explicit", deliverSubject: "deliver.x", ...more }],
});
const two = (stream: Stream, first: Of<PullConsumerSpec>, second: Of<PullConsumerSpec>): TopologySpec => ({
  streams: { A: stream } as TopologySpec["streams"],
  consumers: [
    { stream: "A", name: "one", kind: "pull", ackPolicy: "explicit", ...first },
    { stream: "A", name: "two", kind: "pull", ackPolicy: "explicit", ...second },
  ],
});

const queue: Stream = { subjects: ["a.>"], retention: "workqueue" };
const flowControl = { ackPolicy: "flow_control", maxAckPending: 10 } as const;
const none = { ackPolicy: "none" } as const;

/** Pairs for the rules about one consumer and its stream. */
export const consumerTwins: readonly Twin[] = [
  {
    code: "SP301",
    refused: pull({ deliverPolicy: "by_start_sequence" }),
    accepted: pull({ deliverPolicy: "by_start_sequence", optStartSeq: 1 }),
  },
  { code: "SP301", refused: pull({ optStartSeq: 1 }), accepted: pull({ optStartSeq: 0 }) },
  {
    code: "SP301",
    refused: pull({ deliverPolicy: "last_per_subject" }),
    accepted: pull({ deliverPolicy: "last_per_subject", filterSubjects: ["a", "b"] }),
  },
  {
    code: "SP302",
    refused: pull({ backoff: ["1s", "2s", "3s"], maxDeliver: 2 }),
    accepted: pull({ backoff: ["1s", "2s", "3s"], maxDeliver: 3 }),
  },
  {
    code: "SP303",
    refused: pull({ filterSubject: "a", filterSubjects: ["b", "c"] }),
    accepted: pull({ filterSubjects: ["b", "c"] }),
  },
  {
    code: "SP304",
    refused: pull({ filterSubjects: ["a.*", "a.x"] }),
    accepted: pull({ filterSubjects: ["a.y", "a.x"] }),
  },
  {
    code: "SP305",
    refused: push({ deliverSubject: "a.x" }, { subjects: ["a.*"] }),
    accepted: push({ deliverSubject: "a.x.y" }, { subjects: ["a.*"] }),
  },
  { code: "SP306", refused: push({ ...none, maxAckPending: 1 }), accepted: push({ ...none, maxAckPending: -1 }) },
  {
    code: "SP306",
    refused: push(none, { consumerLimits: { maxAckPending: 5 } }),
    accepted: push({ ...none, maxAckPending: -1 }, { consumerLimits: { maxAckPending: 5 } }),
  },
  {
    code: "SP307",
    refused: push({ flowControl: true }),
    accepted: push({ flowControl: true, idleHeartbeat: "100ms" }),
  },
  {
    code: "SP308",
    refused: pull({ priorityPolicy: "overflow" }),
    accepted: pull({ priorityPolicy: "overflow", priorityGroups: ["main"] }),
    since: "2.11.0",
  },
  {
    code: "SP309",
    refused: pull({ priorityGroups: ["main"] }),
    accepted: pull({ priorityGroups: ["main"], priorityPolicy: "overflow" }),
    since: "2.12.0",
  },
  {
    code: "SP309",
    refused: pull({ priorityTimeout: "1s" }),
    accepted: pull({ priorityTimeout: "0s" }),
    since: "2.12.0",
  },
  {
    code: "SP310",
    refused: push({ ...flowControl, ackWait: "10s" }),
    accepted: push(flowControl),
    since: "2.14.0",
  },
  { code: "SP310", refused: pull(flowControl), accepted: push(flowControl), since: "2.14.0" },
  { code: "SP310", refused: push({ ...flowControl, maxDeliver: 3 }), accepted: push(flowControl), since: "2.14.0" },
  { code: "SP311", refused: pull(none, queue), accepted: pull({}, queue) },
  { code: "SP311", refused: push({ ackPolicy: "all" }, queue), accepted: push({}, queue) },
  { code: "SP312", refused: pull({ deliverPolicy: "new" }, queue), accepted: pull({ deliverPolicy: "all" }, queue) },
  {
    code: "SP313",
    refused: two(queue, { filterSubject: "a.*" }, { filterSubject: "a.x" }),
    accepted: two(queue, { filterSubject: "a.*" }, { filterSubject: "a.x.y" }),
  },
  {
    code: "SP313",
    refused: two(queue, {}, { filterSubject: "a.x" }),
    accepted: two(queue, { filterSubject: "a.y" }, { filterSubject: "a.x" }),
  },
  { code: "SP314", refused: pull({ replicas: 3 }), accepted: pull({ replicas: 1 }), servers: 3 },
  {
    code: "SP314",
    refused: pull({ replicas: 1 }, { retention: "interest", replicas: 3 }),
    accepted: pull({ replicas: 3 }, { retention: "interest", replicas: 3 }),
    servers: 3,
  },
  {
    code: "SP315",
    refused: pull({ maxAckPending: 51 }, { consumerLimits: { maxAckPending: 50 } }),
    accepted: pull({ maxAckPending: 50 }, { consumerLimits: { maxAckPending: 50 } }),
  },
  {
    code: "SP315",
    refused: pull({ inactiveThreshold: "2h" }, { consumerLimits: { inactiveThreshold: "1h" } }),
    accepted: pull({ inactiveThreshold: "1h" }, { consumerLimits: { inactiveThreshold: "1h" } }),
  },
  { code: "SP316", refused: two({ maxConsumers: 1 }, {}, {}), accepted: two({ maxConsumers: 2 }, {}, {}) },
  {
    code: "SP317",
    refused: { consumers: [{ stream: "A", name: "one", kind: "pull", ackPolicy: "explicit" }] },
    accepted: { streams: { A: {} }, consumers: [{ stream: "A", name: "one", kind: "pull", ackPolicy: "explicit" }] },
  },
];
