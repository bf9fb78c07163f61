import { formatFinding } from "../../../model/finding";
import { buildSystem } from "../../../policies/build-system";
import { workQueueSingleFilter } from "../../../policies/rules/jetstream-work-queue-single-filter";
import { runRules } from "../../../policies/run-rules";
import { resolveSettings } from "../../../policies/settings";
import { declaredIn } from "../../../preflight/preflight";
import type { ServerFacts } from "../../../preflight/server-facts";
import { messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const QUEUE = 2;
const found = (index: number, fields: object, config?: object) =>
  messages(
    workQueueSingleFilter,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const FIX = "Set filterSubject to the one subject it works on.";
const message = (problem: string, name = "JOBS_V1/resizer_jobs_resize") =>
  `jetstream-work-queue-single-filter consumer "${name}": ${problem}. ${FIX}`;
const filters = (filterSubjects?: unknown) => ({ filterSubject: undefined, filterSubjects });

it("accepts consumers of one subject", () => {
  expect(found(QUEUE, {})).toEqual([]);
  expect(found(QUEUE, { filterSubject: "jobs.v1.*" })).toEqual([]);
  expect(found(QUEUE, filters(["jobs.v1.resize"]))).toEqual([]);
});

it("reports a consumer of everything", () => {
  const none = message("filterSubject is not set: the queue can have no other consumer");
  expect(found(QUEUE, filters())).toEqual([none]);
  expect(found(QUEUE, filters([]))).toEqual([none]);
  expect(found(QUEUE, { filterSubject: ">" })).toEqual([
    message('filterSubject is ">": the queue can have no other consumer'),
  ]);
});

it("reports a consumer of several subjects", () => {
  expect(found(QUEUE, filters(["jobs.v1.resize", "jobs.v1.crop"]))).toEqual([
    message("filterSubjects has 2 subjects, jobs.v1.crop, jobs.v1.resize"),
  ]);
});

it("reports a push consumer too", () => {
  const push = { kind: "push", deliverSubject: "deliver.resizer", deliverGroup: "resizer", ...filters() };
  expect(found(QUEUE, push)).toHaveLength(1);
});

it("is about work queues alone", () => {
  const retention = (value?: unknown) =>
    messages(workQueueSingleFilter, ({ topology }: Loose) => {
      topology.streams.JOBS_V1.retention = value;
      delete topology.consumers[QUEUE].filterSubject;
    });
  expect(retention("workqueue")).toHaveLength(1);
  for (const value of ["limits", "interest", undefined, UNKNOWN]) expect(retention(value)).toEqual([]);
  expect(found(QUEUE, { stream: "ELSEWHERE", ...filters() })).toEqual([]);
});

it("knows the retention of a stream that exists on the server, and does not judge its other consumers", () => {
  const pull = { kind: "pull", ackPolicy: "explicit" } as const;
  const facts: ServerFacts = {
    streams: [
      { spec: { name: "OLD", retention: "workqueue" }, consumers: [{ stream: "OLD", name: "theirs", ...pull }] },
    ],
  };
  const declared = declaredIn({ consumers: [{ stream: "OLD", name: "ours_all", ...pull }] });
  const settings = resolveSettings([workQueueSingleFilter], "prod");
  expect(runRules(buildSystem([{ declared, facts }]), settings).map(formatFinding)).toEqual([
    message("filterSubject is not set: the queue can have no other consumer", "OLD/ours_all"),
  ]);
});

it("waits for what is not known yet, and judges the others", () => {
  const change = (all: Loose) => {
    const [first, , queue] = all.topology.consumers;
    Object.assign(first, { stream: "JOBS_V1", filterSubject: UNKNOWN });
    delete queue.filterSubject;
  };
  expect(messages(workQueueSingleFilter, change)).toHaveLength(1);
  expect(found(QUEUE, { ...filters(), stream: UNKNOWN })).toEqual([]);
  expect(found(QUEUE, { ...filters(), name: UNKNOWN, maxDeliver: UNKNOWN })).toHaveLength(1);
});
