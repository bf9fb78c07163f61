import { auditOptions, isAudit } from "../audit";
import { defineRule } from "../rule";

/** Nobody takes single messages out of an audit stream. */
export const auditDenyDelete = defineRule({
  id: "jetstream-audit-deny-delete",
  title: "Single messages of an audit stream cannot be deleted",
  severity: "high",
  levels: { dev: "disabled", staging: "mandatory", prod: "mandatory" },
  why: "Whoever may call the API can take a message out of a stream, and little but a gap in the sequence tells. With denyDelete the server refuses it. It cannot be turned off again, and it is not about limits: maxAge and the rest still remove messages.",
  fix: "Set denyDelete: true. It is one-way: the server refuses to turn it off again.",
  topics: ["audit", "integrity"],
  frameworks: ["ISO/IEC 27001:2022 A.5.33", "ISO/IEC 27001:2022 A.8.15"],
  options: auditOptions,
  on: "stream",
  kinds: ["stream"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit" } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", denyDelete: true } } },
  },
  *find(stream, { pattern }) {
    // Sealing a stream turns it on.
    const { denyDelete, sealed } = stream.spec;
    if (denyDelete || sealed || !isAudit(stream, pattern)) return;
    yield { field: "denyDelete", problem: "is not set: single messages can be deleted" };
  },
});
