import { unlessHidden } from "../../preflight/asset";
import { auditOptions, isAudit, isAuditName } from "../audit";
import { NEW_CONSUMER } from "../new-consumer";
import { defineRule, type FoundAbout } from "../rule";
import type { Account } from "../system";

/** Whoever writes or reads an audit stream knows what became of each message. */
export const auditNoAckNone = defineRule({
  id: "jetstream-audit-no-ack-none",
  title: "An audit stream acknowledges what it stores, and its readers what they read",
  severity: "critical",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "With noAck the server answers no publish: a message it refuses, or that never arrives, is missing without anyone knowing. A consumer with ackPolicy none takes a message for read as soon as it is sent: what a reader loses is not delivered again.",
  fix: 'Leave noAck out, and set ackPolicy: "explicit".',
  topics: ["audit", "durability"],
  frameworks: ["ISO/IEC 27001:2022 A.5.33", "ISO/IEC 27001:2022 A.8.15"],
  options: auditOptions,
  on: "account",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit" } },
      consumers: [{ stream: "ORDERS_V1", name: "ledger_orders_all", kind: "pull", ackPolicy: "none" }],
    },
    passes: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "audit" } },
      consumers: [{ stream: "ORDERS_V1", name: "ledger_orders_all", kind: "pull", ackPolicy: "explicit" }],
    },
  },
  *find(account, { pattern }) {
    yield* judgeStreams(account, pattern);
    yield* judgeConsumers(account, pattern);
  },
});

function* judgeStreams({ streams }: Account, pattern: string): Iterable<FoundAbout> {
  for (const stream of streams) {
    if (stream.kind !== "stream" || !stream.declared || !unlessHidden(() => stream.spec.noAck)) continue;
    if (isAudit(stream, pattern))
      yield {
        about: stream,
        field: "noAck",
        value: true,
        problem: "is true: nobody knows whether a message was stored",
        remedy: "Leave it out.",
      };
  }
}

function* judgeConsumers({ consumers, stream }: Account, pattern: string): Iterable<FoundAbout> {
  for (const consumer of consumers) {
    const { spec, declared } = consumer;
    if (!declared || unlessHidden(() => spec.ackPolicy) !== "none") continue;
    const name = unlessHidden(() => spec.stream);
    if (name === undefined) continue;
    const read = stream(name);
    if (read ? read.kind !== "stream" || !isAudit(read, pattern) : !isAuditName(name, pattern)) continue;
    yield {
      about: consumer,
      field: "ackPolicy",
      value: "none",
      problem: `is "none", and stream "${name}" is for audit: what a reader loses is not delivered again`,
      remedy: `Use "explicit". ${NEW_CONSUMER}`,
    };
  }
}
