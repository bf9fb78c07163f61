import { span } from "../../preflight/values";
import { auditOptions, isAudit } from "../audit";
import { defineRule } from "../rule";

/** Nobody empties an audit stream. */
export const auditDenyPurge = defineRule({
  id: "jetstream-audit-deny-purge",
  title: "An audit stream cannot be purged",
  severity: "high",
  levels: { dev: "disabled", staging: "mandatory", prod: "mandatory" },
  why: "One call empties a stream, or removes all messages of one subject. With denyPurge the server refuses it, and with it Nats-Rollup headers, which purge as well. Deleting the whole stream remains possible for whoever has the permission. Delete markers and schedules need roll-ups: where a stream has them, the server turns denyPurge off.",
  fix: "Set denyPurge: true, and leave out allowRollupHdrs, which excludes it. It is one-way: the server refuses to turn it off again.",
  topics: ["audit", "integrity"],
  frameworks: ["ISO/IEC 27001:2022 A.5.33", "ISO/IEC 27001:2022 A.8.15"],
  options: auditOptions,
  on: "stream",
  kinds: ["stream"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", denyDelete: true } } },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", denyDelete: true, denyPurge: true } },
    },
  },
  *find(stream, { pattern }) {
    const { denyPurge, sealed } = stream.spec;
    // Sealing a stream turns it on.
    if (sealed || !isAudit(stream, pattern)) return;
    if (!denyPurge) {
      yield { field: "denyPurge", problem: "is not set: the stream can be emptied" };
      return;
    }
    const { subjectDeleteMarkerTtl, allowMsgSchedules } = stream.spec;
    const needs =
      span(subjectDeleteMarkerTtl) > 0n ? "subjectDeleteMarkerTtl" : allowMsgSchedules && "allowMsgSchedules";
    if (needs)
      yield {
        field: "denyPurge",
        value: true,
        problem: `is turned off by the server: ${needs} needs roll-ups, which purge`,
        remedy: `Leave out ${needs}.`,
      };
  },
});
