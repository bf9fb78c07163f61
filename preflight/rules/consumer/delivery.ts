import { isSubsetOf } from "../../../model/subjects";
import { subjectsOf } from "../../asset";
import type { ConsumerRule } from "../../rule";
import { isSet, limit, show, span } from "../../values";

// server/consumer.go checkConsumerCfg.

/** Each wait needs a delivery to come before it. */
export const backoffSteps: ConsumerRule = {
  code: "SP302",
  severity: "error",
  on: "consumer",
  says: "`backoff` has at most `maxDeliver` steps.",
  refusals: [{ code: 10116 }],
  *find({ spec: { backoff = [], maxDeliver } }) {
    const most = limit(maxDeliver);
    if (most === undefined || BigInt(backoff.length) <= most) return;
    yield {
      field: "backoff",
      value: backoff,
      problem: `has ${backoff.length} steps, and maxDeliver is ${maxDeliver}`,
      remedy: "Raise maxDeliver, or remove steps.",
    };
  },
};

/** What is delivered must not be stored again. */
export const deliverCycle: ConsumerRule = {
  code: "SP305",
  severity: "error",
  on: "consumer",
  says: "`deliverSubject` must not be a subject its own stream stores.",
  refusals: [{ code: 10081 }],
  *find({ spec }, world) {
    const stream = spec.deliverSubject ? world.stream(spec.stream) : undefined;
    const subject = spec.deliverSubject as string;
    const hit = stream && subjectsOf(stream)?.find((stored) => isSubsetOf(subject, stored));
    if (!hit) return;
    yield {
      field: "deliverSubject",
      value: subject,
      problem: `${show(subject)} is stored by its own stream (${show(hit)})`,
      remedy: "Deliver to a subject no stream stores.",
    };
  },
};

/** Without acknowledgments nothing is pending. */
export const pendingWithoutAcks: ConsumerRule = {
  code: "SP306",
  severity: "error",
  on: "consumer",
  says: 'A push consumer with `ackPolicy: "none"` has no `maxAckPending`, not even its stream\'s `consumerLimits.maxAckPending`.',
  refusals: [{ code: 10082 }],
  *find({ spec }, world) {
    if (spec.kind !== "push" || spec.ackPolicy !== "none") return;
    const inherited = world.stream(spec.stream)?.spec.consumerLimits?.maxAckPending;
    const own = spec.maxAckPending || undefined;
    const pending = limit(own ?? inherited);
    if (pending === undefined) return;
    yield {
      field: "maxAckPending",
      value: own,
      problem: own
        ? `cannot be set with ackPolicy "none", got ${own}`
        : `comes from the stream's consumerLimits (${inherited}), and ackPolicy "none" cannot have it`,
      remedy: own ? "Remove it, or acknowledge." : "Set it to -1, or acknowledge.",
    };
  },
};

/** Flow control travels with heartbeats. */
export const flowControlHeartbeat: ConsumerRule = {
  code: "SP307",
  severity: "error",
  on: "consumer",
  says: "`flowControl` needs `idleHeartbeat`.",
  refusals: [{ code: 10108 }],
  *find({ spec }) {
    if (!spec.flowControl || span(spec.idleHeartbeat) > 0n || spec.ackPolicy === "flow_control") return;
    yield { field: "idleHeartbeat", problem: "is required with flowControl", remedy: 'Set it, such as "5s".' };
  },
};

/** The acknowledgment that is flow control. */
export const flowControlAcks: ConsumerRule = {
  code: "SP310",
  severity: "error",
  on: "consumer",
  says: '`ackPolicy: "flow_control"` needs a push consumer with a `maxAckPending`, and excludes `ackWait`, `backoff` and `maxDeliver`.',
  refusals: [{ code: 10218 }, { code: 10219 }, { code: 10220 }, { code: 10221 }, { code: 10222 }],
  since: "2.14.0",
  *find({ spec }, world) {
    if (spec.ackPolicy !== "flow_control") return;
    const inherited = world.stream(spec.stream)?.spec.consumerLimits?.maxAckPending;
    const remedy = "Remove it, or use another ackPolicy.";
    const excluded = 'cannot be set with ackPolicy "flow_control"';
    if (spec.kind !== "push")
      yield {
        field: "ackPolicy",
        value: "flow_control",
        problem: '"flow_control" needs kind "push"',
        remedy: "Use push, or another ackPolicy.",
      };
    if (span(spec.ackWait) > 0n) yield { field: "ackWait", value: spec.ackWait, problem: excluded, remedy };
    if (isSet(spec.backoff)) yield { field: "backoff", value: spec.backoff, problem: excluded, remedy };
    if (limit(spec.maxDeliver)) yield { field: "maxDeliver", value: spec.maxDeliver, problem: excluded, remedy };
    if ((spec.maxAckPending || inherited) === -1)
      yield {
        field: "maxAckPending",
        value: -1,
        problem: 'must be a limit with ackPolicy "flow_control", got -1',
        remedy: "Set a limit, or leave it out.",
      };
  },
};
