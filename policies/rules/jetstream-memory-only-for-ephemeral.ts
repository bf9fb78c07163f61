import { auditOptions, isAudit } from "../audit";
import { defineRule } from "../rule";

/** Only what may be lost is kept in memory. */
export const memoryOnlyForEphemeral = defineRule({
  id: "jetstream-memory-only-for-ephemeral",
  title: "Only what is ephemeral is kept in memory",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "What is kept in memory is gone when the servers that hold it are restarted together, and each one that comes back alone has to copy all of it. What is for audit is judged by jetstream-audit-file-storage.",
  fix: 'Set storage to "file", or dataClass to "ephemeral" where a loss does not matter. The storage cannot be changed in place: create a new stream or key-value bucket that has the old one as a source, or copy an object store, and retire the old one.',
  topics: ["durability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.14"],
  options: auditOptions,
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], storage: "memory" } } },
    passes: { streams: { STATUS_V1: { subjects: ["status.v1.>"], storage: "memory", dataClass: "ephemeral" } } },
  },
  *find(stream, { pattern }) {
    const { storage, dataClass } = stream.spec;
    if (storage !== "memory" || dataClass === "ephemeral" || isAudit(stream, pattern)) return;
    const reason = dataClass
      ? `dataClass "${dataClass}" is to be kept`
      : "no dataClass says that a loss does not matter";
    yield { field: "storage", value: storage, problem: `is "memory", and ${reason}` };
  },
});
