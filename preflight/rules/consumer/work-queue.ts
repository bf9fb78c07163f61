import type { ConsumerAsset } from "../../asset";
import type { ConsumerRule } from "../../rule";
import { show } from "../../values";
import type { World } from "../../world";

// server/consumer.go addConsumerWithAssignment and partitionUnique.

function onWorkQueue({ spec }: ConsumerAsset, world: World): boolean {
  return world.stream(spec.stream)?.spec.retention === "workqueue";
}

/** An acknowledgment is what takes a message off the queue. */
export const workQueueAcks: ConsumerRule = {
  code: "SP311",
  severity: "error",
  on: "consumer",
  says: 'A consumer of a work queue acknowledges each message: `ackPolicy` `"explicit"` or `"flow_control"`.',
  refusals: [{ code: 10098 }, { code: 10084 }],
  *find(consumer, world) {
    const { ackPolicy } = consumer.spec;
    if (ackPolicy === "explicit" || ackPolicy === "flow_control" || !onWorkQueue(consumer, world)) return;
    yield {
      field: "ackPolicy",
      value: ackPolicy,
      problem: `must be "explicit" on work-queue stream "${consumer.spec.stream}", got ${show(ackPolicy)}`,
      remedy: 'Set ackPolicy: "explicit".',
    };
  },
};

/** A queue is worked off from its head. */
export const workQueueStart: ConsumerRule = {
  code: "SP312",
  severity: "error",
  on: "consumer",
  says: 'A consumer of a work queue starts at its head: `deliverPolicy: "all"`.',
  refusals: [{ code: 10101 }],
  *find(consumer, world) {
    const { deliverPolicy: policy = "all" } = consumer.spec;
    if (policy === "all" || !onWorkQueue(consumer, world)) return;
    yield {
      field: "deliverPolicy",
      value: policy,
      problem: `must be "all" on work-queue stream "${consumer.spec.stream}", got ${show(policy)}`,
      remedy: "Leave it out.",
    };
  },
};

/** A message of a queue has one taker. */
export const workQueueConflict: ConsumerRule = {
  code: "SP313",
  severity: "error",
  on: "consumer",
  says: "Consumers of one work queue take different subjects: their filters must not overlap, and one without a filter is alone.",
  // A cluster lets a filtered consumer beside one without a filter pass, and then does not answer.
  refusals: [{ code: 10099 }, { code: 10100 }, { code: 0, text: "no answer" }],
  *find(consumer, world) {
    if (!onWorkQueue(consumer, world)) return;
    const clash = world.contender(consumer);
    if (!clash) return;
    const { field, value } = fieldOf(consumer);
    yield {
      field,
      value,
      problem: `takes messages that consumer "${clash.spec.name}" of work-queue stream "${consumer.spec.stream}" takes too`,
      remedy: "Give the two filters that do not overlap.",
    };
  },
};

function fieldOf({ spec: { filterSubject, filterSubjects } }: ConsumerAsset) {
  if (filterSubjects?.length) return { field: "filterSubjects", value: filterSubjects };
  return { field: "filterSubject", value: filterSubject };
}
