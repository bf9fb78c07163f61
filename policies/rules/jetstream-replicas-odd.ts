import { auditOptions, isAudit } from "../audit";
import { defineRule } from "../rule";

/** An even number of copies costs one more and survives no more. */
export const replicasOdd = defineRule({
  id: "jetstream-replicas-odd",
  title: "The number of copies is odd",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A majority of the copies has to be there. Of two that is both: a stream with two copies stops when either server does, twice as often as one with a single copy. Four survive the loss of one, as three do. What is for audit is judged by jetstream-audit-replicated.",
  fix: "Set replicas to 1, 3 or 5.",
  topics: ["availability", "capacity"],
  frameworks: ["ISO/IEC 27001:2022 A.8.14"],
  options: auditOptions,
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], replicas: 2 } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], replicas: 3 } } },
  },
  *find(stream, { pattern }) {
    const { replicas = 1 } = stream.spec;
    if (replicas % 2 !== 0 || isAudit(stream, pattern)) return;
    yield {
      field: "replicas",
      value: replicas,
      problem: `is ${replicas}: no more servers may be lost than with ${replicas - 1}`,
    };
  },
});
