import { auditOptions, isAudit } from "../audit";
import { integer } from "../options";
import { defineRule } from "../rule";

/** What may not be lost survives the loss of a server. */
export const replicatedUnlessEphemeral = defineRule({
  id: "jetstream-replicated-unless-ephemeral",
  title: "What is not ephemeral has three copies or more",
  severity: "high",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "A stream with one copy stops with every restart of its server and is lost with its disk. Many were made that way by a client's default, and were missing after a rolling update. What is for audit is judged by jetstream-audit-replicated.",
  fix: 'Set replicas to 3 on a cluster of 3 servers or more, or dataClass to "ephemeral" where a loss does not matter.',
  topics: ["availability", "durability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.14"],
  options: { least: integer(1, 5, 3, "Fewest copies."), ...auditOptions },
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } } },
    passes: {
      streams: {
        ORDERS_V1: { subjects: ["orders.v1.>"], replicas: 3 },
        STATUS_V1: { subjects: ["status.v1.alive"], dataClass: "ephemeral" },
      },
    },
  },
  *find(stream, { least, pattern }) {
    const { dataClass, replicas = 1 } = stream.spec;
    if (dataClass === "ephemeral" || replicas >= least || isAudit(stream, pattern)) return;
    const problem = `is ${replicas}, below ${least}: ${dataClass ? `dataClass is "${dataClass}"` : "no dataClass says that a loss does not matter"}`;
    yield { field: "replicas", value: replicas, problem };
  },
});
