import type { ConsumerRule } from "../../rule";
import { limit, show, span } from "../../values";

// What a consumer's stream allows it. server/consumer.go checkConsumerCfg, addConsumerWithAssignment.

/** A consumer is not kept on more servers than its stream. */
export const consumerReplicas: ConsumerRule = {
  code: "SP314",
  severity: "error",
  on: "consumer",
  says: "A consumer's `replicas` are at most its stream's; on interest and work-queue streams they are equal.",
  refusals: [{ code: 10126 }, { code: 10134 }],
  *find({ spec }, world) {
    const stream = world.stream(spec.stream);
    if (!stream || !spec.replicas) return;
    const { replicas = 1, retention = "limits" } = stream.spec;
    const equal = retention !== "limits";
    if (spec.replicas === replicas || (!equal && spec.replicas < replicas)) return;
    yield {
      field: "replicas",
      value: spec.replicas,
      problem: `must be ${equal ? "" : "at most "}the ${replicas} of ${equal ? `${retention} ` : ""}stream "${stream.name}", got ${spec.replicas}`,
      remedy: "Leave it out: it then follows the stream.",
    };
  },
};

/** A stream's limits for its consumers. */
export const consumerLimits: ConsumerRule = {
  code: "SP315",
  severity: "error",
  on: "consumer",
  says: "`maxAckPending` and `inactiveThreshold` are at most the stream's `consumerLimits`.",
  refusals: [{ code: 10121 }, { code: 10153 }],
  *find({ spec }, world) {
    const stream = world.stream(spec.stream);
    const limits = stream?.spec.consumerLimits;
    if (!stream || !limits) return;
    const remedy = "Lower it, or raise the stream's limit.";
    const most = limit(limits.maxAckPending);
    if (most !== undefined && (limit(spec.maxAckPending) ?? 0n) > most)
      yield {
        field: "maxAckPending",
        value: spec.maxAckPending,
        problem: `${spec.maxAckPending} is above the ${limits.maxAckPending} stream "${stream.name}" allows`,
        remedy,
      };
    const longest = span(limits.inactiveThreshold);
    if (longest > 0n && span(spec.inactiveThreshold) > longest)
      yield {
        field: "inactiveThreshold",
        value: spec.inactiveThreshold,
        problem: `${show(spec.inactiveThreshold)} is longer than the ${show(limits.inactiveThreshold)} stream "${stream.name}" allows`,
        remedy,
      };
  },
};

/** A stream takes so many consumers. */
export const maxConsumers: ConsumerRule = {
  code: "SP316",
  severity: "error",
  on: "consumer",
  says: "A stream has at most `maxConsumers` consumers.",
  refusals: [{ code: 10026 }],
  *find(consumer, world) {
    const stream = world.stream(consumer.spec.stream);
    const most = limit(stream?.spec.maxConsumers);
    const place = world.place(consumer);
    if (!stream || most === undefined || BigInt(place) <= most) return;
    yield {
      field: "",
      problem: `is consumer ${place} of stream "${stream.name}", which takes ${most}`,
      remedy: "Raise the stream's maxConsumers, or remove a consumer.",
    };
  },
};

/** A consumer needs its stream. */
export const streamMissing: ConsumerRule = {
  code: "SP317",
  severity: "error",
  on: "consumer",
  says: "A consumer's stream is declared or exists.",
  refusals: [{ code: 10059 }],
  whole: true,
  *find({ spec }, world) {
    if (!world.facts.streams || world.knows(spec.stream)) return;
    yield {
      field: "stream",
      value: spec.stream,
      problem: `${show(spec.stream)} is neither declared nor on the server`,
      remedy: "Declare it, or correct the name.",
    };
  },
};
