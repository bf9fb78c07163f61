import { unlessHidden } from "../../preflight/asset";
import { show, span } from "../../preflight/values";
import { auditOptions, isAudit } from "../audit";
import { duration } from "../options";
import { defineRule } from "../rule";

/** What is for audit is kept as long as it may be asked for. */
export const auditRetentionAtLeast = defineRule({
  id: "jetstream-audit-retention-at-least",
  title: "An audit stream keeps messages for a minimum of time",
  severity: "high",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "A message that maxAge has removed cannot be shown to an auditor, and one of a stream with another retention than limits is gone when readers have acknowledged it. A stream without maxAge keeps messages forever and passes. Other limits, such as maxBytes, can remove messages earlier: when depends on what is published, and no rule can see it; alert on the age of the oldest message.",
  fix: 'Set maxAge to how long messages may be asked for, and leave retention at "limits".',
  topics: ["audit", "retention"],
  frameworks: ["ISO/IEC 27001:2022 A.5.33"],
  options: { least: duration("7d", "Shortest maxAge."), ...auditOptions },
  on: "stream",
  kinds: ["stream"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", maxAge: "24h" } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit", maxAge: "400d" } } },
  },
  *find(stream, { least, pattern }) {
    if (!isAudit(stream, pattern)) return;
    const { spec } = stream;
    const maxAge = unlessHidden(() => span(spec.maxAge)) ?? 0n;
    if (maxAge > 0n && maxAge < span(least))
      yield {
        field: "maxAge",
        value: spec.maxAge,
        problem: `${show(spec.maxAge)} is shorter than ${least}`,
        remedy: `Set it to ${least} or more.`,
      };
    const { retention = "limits" } = spec;
    if (retention !== "limits") yield { field: "retention", value: retention, ...DROPPING[retention] };
  },
});

const DROPPING = {
  interest: {
    problem: 'is "interest": messages are dropped when every reader has acknowledged them, or where nobody reads',
    remedy: 'Use "limits".',
  },
  workqueue: {
    problem: 'is "workqueue": a message is dropped when it is acknowledged',
    remedy:
      'Use "limits". A work queue cannot be changed in place: let a new stream take the subjects, and let the queue have it as a source.',
  },
};
