import { limitsOf } from "../../limits-of";
import type { ConsumerRule } from "../../rule";
import { limit } from "../../values";

/** An account bounds what may be pending. server/consumer.go checkConsumerCfg. */
export const maxAckPendingCapped: ConsumerRule = {
  code: "SL108",
  severity: "error",
  on: "consumer",
  says: "`maxAckPending` is at most the account's; -1 passes.",
  refusals: [{ code: 10121 }],
  *find({ spec }, world) {
    const stream = world.stream(spec.stream);
    const most = limit(stream && limitsOf(stream, world.facts)?.maxAckPending);
    if (most === undefined || (limit(spec.maxAckPending) ?? 0n) <= most) return;
    yield {
      field: "maxAckPending",
      value: spec.maxAckPending,
      problem: `${spec.maxAckPending} is above the ${most} the account allows`,
      remedy: "Lower it, or raise the account's limit.",
    };
  },
};

/** An account bounds how many consumers each stream has. server/consumer.go addConsumerWithAssignment. */
export const accountConsumers: ConsumerRule = {
  code: "SL109",
  severity: "error",
  on: "consumer",
  says: "A stream has at most as many consumers as the account allows.",
  refusals: [{ code: 10026 }],
  *find(consumer, world) {
    const stream = world.stream(consumer.spec.stream);
    const most = limit(stream && limitsOf(stream, world.facts)?.maxConsumers);
    const place = world.place(consumer);
    if (!stream || most === undefined || BigInt(place) <= most) return;
    yield {
      field: "",
      problem: `is consumer ${place} of stream "${stream.name}", and the account allows ${most}`,
      remedy: "Remove a consumer, or raise the account's limit.",
    };
  },
};
