import { countOf } from "../../model/amounts";
import type { Duration } from "../../model/units";
import { limit, show, span } from "../../preflight/values";
import { integer } from "../options";
import { redelivers } from "../redelivers";
import { defineRule } from "../rule";

/** What failed is tried again later and later. */
export const consumerBackoffSet = defineRule({
  id: "jetstream-consumer-backoff-set",
  title: "A consumer waits longer before each further delivery",
  severity: "medium",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "What a reader depends on is down for minutes, and all tries at one pace are used up before it is back. Waiting longer each time gets over it, and leaves it alone while it recovers. It is for messages nobody has answered for in time: one that a reader refuses (NAK) comes again at once, unless the refusal names a delay.",
  fix: 'Set backoff to waits that grow, such as ["1s", "10s", "1m"]; it replaces ackWait.',
  topics: ["delivery"],
  options: {
    least: integer(1, 100, 2, "Fewest steps; never more than there are further deliveries by maxDeliver."),
  },
  on: "consumer",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit", maxDeliver: 4 }],
    },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [
        {
          stream: "ORDERS_V1",
          name: "billing_orders",
          kind: "pull",
          ackPolicy: "explicit",
          maxDeliver: 4,
          backoff: ["1s", "10s", "1m"],
        },
      ],
    },
  },
  *find(consumer, { least }) {
    const { maxDeliver, backoff = [] } = consumer.spec;
    if (!redelivers(consumer)) return;
    // A message that is delivered n times is waited for n - 1 times.
    const needed = Math.min(least, Number(limit(maxDeliver) ?? Number.POSITIVE_INFINITY) - 1);
    const problem = tooFew(backoff.length, needed) ?? notGrowing(backoff);
    if (problem) yield { field: "backoff", ...(backoff.length > 0 && { value: backoff }), problem };
  },
});

function tooFew(steps: number, needed: number): string | undefined {
  if (steps >= needed) return undefined;
  if (steps === 0) return "is not set: every further delivery comes after the same time";
  return `has ${countOf(steps, "step")}, fewer than ${needed}`;
}

function notGrowing(backoff: readonly Duration[]): string | undefined {
  const at = backoff.findIndex((wait, i) => i > 0 && span(wait) < span(backoff[i - 1]));
  if (at > 0) return `has ${show(backoff[at])} after ${show(backoff[at - 1])}: the wait gets shorter`;
  const isFlat = backoff.length > 1 && span(backoff[0]) === span(backoff.at(-1));
  return isFlat ? `has ${show(backoff[0])} at every step: the wait does not grow` : undefined;
}
