import { auditOptions, isAudit } from "../audit";
import { defineRule } from "../rule";

/** What is for audit is on disk. */
export const auditFileStorage = defineRule({
  id: "jetstream-audit-file-storage",
  title: "What is for audit is stored in files",
  severity: "critical",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "What is kept in memory is gone when the servers that hold it are restarted together, however many copies there are.",
  fix: "Leave storage out, or set it to file. It cannot be changed in place: create a new stream or key-value bucket that has the old one as a source, or copy an object store, and retire the old one.",
  topics: ["audit", "durability"],
  frameworks: ["ISO/IEC 27001:2022 A.5.33"],
  options: auditOptions,
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", storage: "memory" } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", storage: "file" } } },
  },
  *find(stream, { pattern }) {
    if (stream.spec.storage !== "memory" || !isAudit(stream, pattern)) return;
    yield { field: "storage", value: "memory", problem: 'is "memory", and what is for audit must outlast a restart' };
  },
});
