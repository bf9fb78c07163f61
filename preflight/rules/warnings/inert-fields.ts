import type { ConsumerFields, StreamFields } from "../../asset";
import { originsOf } from "../../origins";
import type { ConsumerRule, StreamRule } from "../../rule";
import { isSet, span } from "../../values";

interface Inert<Spec> {
  readonly field: Extract<keyof Spec, string>;
  readonly when: (spec: Spec) => boolean;
  readonly because: string;
}

const STREAM: readonly Inert<StreamFields>[] = [
  {
    field: "compression",
    when: (s) => s.compression === "s2" && s.storage === "memory",
    because: "memory storage is never compressed",
  },
  {
    field: "duplicateWindow",
    when: (s) => span(s.duplicateWindow) > 0n && s.mirror !== undefined,
    because: "a mirror takes what its origin took",
  },
  {
    field: "denyPurge",
    when: (s) => s.denyPurge === true && (span(s.subjectDeleteMarkerTtl) > 0n || s.allowMsgSchedules === true),
    because: "delete markers and schedules turn purges on again",
  },
];

/** Fields a stream's other fields make void. */
export const inertStreamFields: StreamRule = {
  code: "SW106",
  severity: "warning",
  on: "stream",
  says: "A field has no effect beside the others.",
  refusals: [],
  *find(stream, world) {
    for (const { field, when, because } of STREAM) {
      if (when(stream.spec)) yield { field, value: stream.spec[field], ...inert(because) };
    }
    for (const { field, source } of originsOf(stream)) {
      if (isSet(source.optStartTime) && isSet(source.optStartSeq) && source.optStartSeq !== 0)
        yield { field: `${field}.optStartTime`, value: source.optStartTime, ...inert("optStartSeq goes before it") };
    }
    const { mirror, mirrorDirect } = stream.spec;
    const origin = mirror && !mirror.external ? world.stream(mirror.name) : undefined;
    if (
      stream.kind === "stream" &&
      origin &&
      isSet(mirrorDirect) !== isSet(origin.spec.allowDirect) &&
      mirrorDirect !== undefined
    )
      yield {
        field: "mirrorDirect",
        value: mirrorDirect,
        ...inert(`the server takes allowDirect of its origin "${origin.name}"`),
      };
  },
};

const noAcks = (s: ConsumerFields) => s.ackPolicy === "none";
const controlled = (s: ConsumerFields) => s.ackPolicy === "flow_control";
const CONSUMER: readonly Inert<ConsumerFields>[] = [
  { field: "ackWait", when: (s) => span(s.ackWait) > 0n && noAcks(s), because: "nothing is acknowledged" },
  { field: "backoff", when: (s) => isSet(s.backoff) && noAcks(s), because: "nothing is acknowledged" },
  { field: "maxDeliver", when: (s) => (s.maxDeliver ?? 0) > 0 && noAcks(s), because: "nothing is acknowledged" },
  {
    field: "ackWait",
    when: (s) => span(s.ackWait) > 0n && isSet(s.backoff) && s.ackWait !== s.backoff?.[0],
    because: "backoff goes before it",
  },
  {
    field: "idleHeartbeat",
    when: (s) => controlled(s) && isSet(s.idleHeartbeat) && span(s.idleHeartbeat) !== 1_000_000_000n,
    because: 'ackPolicy "flow_control" makes it 1s',
  },
  {
    field: "priorityGroups",
    when: (s) => (s.priorityGroups?.length ?? 0) > 1,
    because: "the server uses the first group only",
  },
  {
    field: "priorityTimeout",
    when: (s) =>
      span(s.priorityTimeout) > 0n &&
      isSet(s.priorityPolicy) &&
      s.priorityPolicy !== "none" &&
      s.priorityPolicy !== "pinned_client",
    because: "only pinned clients time out",
  },
];

/** Fields a consumer's other fields make void. */
export const inertConsumerFields: ConsumerRule = {
  code: "SW107",
  severity: "warning",
  on: "consumer",
  says: "A field has no effect beside the others.",
  refusals: [],
  *find({ spec }) {
    for (const { field, when, because } of CONSUMER) {
      if (when(spec)) yield { field, value: spec[field], ...inert(because) };
    }
  },
};

function inert(because: string) {
  return { problem: `has no effect: ${because}`, remedy: "Remove it." };
}
