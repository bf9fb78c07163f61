import fc from "fast-check";
import type { Asset, Fields } from "./asset";
import { commonConsumerFields, pullFields, pushFields } from "./consumer-fields";
import { sparse } from "./sparse";
import { filterSubject, plainSubject } from "./subject-arbitrary";

const CONSUMER_NAMES = ["one", "two", "three", "four", "five", "six", "seven"] as const;
const MOST_ACKS = ["explicit", "explicit", "explicit", "explicit", "none", "all"] as const;

/** A consumer of one of these streams. */
export function consumerArbitrary(streams: readonly string[]): fc.Arbitrary<Asset> {
  const spec = fc.oneof(
    { weight: 14, arbitrary: pull(false).map(mended) },
    { weight: 2, arbitrary: pull(true) },
    { weight: 7, arbitrary: push(false).map(mended) },
    { weight: 2, arbitrary: push(true) },
    { weight: 1, arbitrary: flowControlled },
  );
  return fc
    .tuple(fc.constantFrom(...streams), fc.constantFrom(...CONSUMER_NAMES), spec)
    .map(([stream, name, fields]) => ({ kind: "consumer", spec: { stream, name, ...fields } }));
}

const ackPolicy = (wild: boolean) => fc.constantFrom(...MOST_ACKS, ...(wild ? (["flow_control"] as const) : []));

function pull(wild: boolean): fc.Arbitrary<Fields> {
  return fc
    .tuple(ackPolicy(wild), sparse({ ...commonConsumerFields, ...pullFields }, wild ? 5 : 9))
    .map(([ack, more]) => ({ kind: "pull", ackPolicy: ack, ...more }));
}

function push(wild: boolean): fc.Arbitrary<Fields> {
  return fc
    .tuple(ackPolicy(wild), plainSubject, sparse({ ...commonConsumerFields, ...pushFields }, wild ? 5 : 9))
    .map(([ack, deliverSubject, more]) => ({ kind: "push", ackPolicy: ack, deliverSubject, ...more }));
}

// Right but for at most one of the many fields that must fit each other.
const flowControlled: fc.Arbitrary<Fields> = fc
  .constantFrom<Fields>(
    {},
    {},
    { flowControl: true },
    { flowControl: false },
    { idleHeartbeat: "1s" },
    { idleHeartbeat: "5s" },
    { maxAckPending: 0 },
    { maxAckPending: -1 },
    { ackWait: "10s" },
    { backoff: ["1s"] },
    { maxDeliver: 3 },
    { maxDeliver: -1 },
    { maxAckPending: undefined },
  )
  .map((flaw) =>
    defined({ kind: "push", ackPolicy: "flow_control", deliverSubject: "deliver.x", maxAckPending: 10, ...flaw }),
  );

function mended(spec: Fields): Fields {
  const { optStartSeq: _, optStartTime: __, backoff, maxDeliver: ___, filterSubjects, priorityGroups, ...rest } = spec;
  const { priorityPolicy, priorityTimeout: ____, flowControl, ...plain } = rest;
  const grouped = priorityPolicy !== undefined && priorityPolicy !== "none";
  return defined({
    ...plain,
    deliverPolicy: startless(spec),
    backoff,
    filterSubjects:
      spec.filterSubject === undefined ? (filterSubjects as string[] | undefined)?.slice(0, 1) : undefined,
    ...(grouped && { priorityPolicy, priorityGroups: priorityGroups ?? ["main"] }),
    flowControl: positive(spec.idleHeartbeat) ? flowControl : undefined,
    replicas: spec.replicas === 1 ? 1 : undefined,
  });
}

function startless({ deliverPolicy }: Fields): unknown {
  return deliverPolicy === "new" || deliverPolicy === "last" ? deliverPolicy : undefined;
}

const positive = (value: unknown) => value !== undefined && value !== "0s";

function defined(spec: Fields): Fields {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

/** Several consumers of one work queue, told apart by what they filter. */
export function workQueueConsumers(stream: string): fc.Arbitrary<Asset[]> {
  const filters = fc.constantFrom("none", "one", "several").chain((many) => {
    if (many === "none") return fc.constant<Fields>({});
    if (many === "one") return filterSubject.map((filter): Fields => ({ filterSubject: filter }));
    return fc.array(filterSubject, { minLength: 2, maxLength: 2 }).map((list): Fields => ({ filterSubjects: list }));
  });
  return fc.array(filters, { minLength: 2, maxLength: 3 }).map((all) =>
    all.map((filter, i) => ({
      kind: "consumer",
      spec: { stream, name: CONSUMER_NAMES[i], kind: "pull", ackPolicy: "explicit", ...filter },
    })),
  );
}
