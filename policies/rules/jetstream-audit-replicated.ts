import { auditOptions, isAudit } from "../audit";
import { integer } from "../options";
import { defineRule } from "../rule";

/** What is for audit survives the loss of a server. */
export const auditReplicated = defineRule({
  id: "jetstream-audit-replicated",
  title: "What is for audit has three copies or more, an odd number",
  severity: "critical",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "With one copy the disk of one server is all there is, and while that server is away nothing is recorded. A majority of the copies has to be there for a message to be taken: two stop with the loss of one, three go on, and four survive no more losses than three.",
  fix: "Set replicas to 3 or 5, on a cluster of as many servers.",
  topics: ["audit", "availability", "durability"],
  frameworks: ["ISO/IEC 27001:2022 A.5.33", "ISO/IEC 27001:2022 A.8.14"],
  options: { least: integer(1, 5, 3, "Fewest copies."), ...auditOptions },
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit" } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", replicas: 3 } } },
  },
  *find(stream, { least, pattern }) {
    if (!isAudit(stream, pattern)) return;
    const { replicas = 1 } = stream.spec;
    if (replicas < least)
      yield {
        field: "replicas",
        value: replicas,
        problem: `is ${replicas}, and what is for audit has at least ${least}`,
        ...(least > 3 && { remedy: "Set it to 5, on a cluster of as many servers." }),
      };
    else if (replicas % 2 === 0)
      yield {
        field: "replicas",
        value: replicas,
        problem: `is ${replicas}: no more servers may be lost than with ${replicas - 1}`,
      };
  },
});
