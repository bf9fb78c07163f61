import { unlessHidden } from "../../preflight/asset";
import { limit, span } from "../../preflight/values";
import { defineRule } from "../rule";

/** What has no bounds grows until the volume is full. */
export const retentionBounded = defineRule({
  id: "jetstream-retention-bounded",
  title: "A stream is bounded by age and by size, a bucket by size",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: 'A stream or bucket without maxBytes grows until the volume is full, and then every stream of the server stops taking messages. A stream without maxAge keeps messages nobody asked to keep; what is in a bucket is often kept until it is replaced. When a stream is full, the oldest messages are dropped, and in a work queue that is work nobody has done: discard "new" refuses new ones instead. A bound that is set later drops at once what is beyond it, but for maxBytes with discard "new". A sealed stream takes no messages and needs no bounds.',
  fix: "Set maxAge to how long a message is worth something, and maxBytes to the disk it may take.",
  topics: ["capacity", "retention"],
  frameworks: ["ISO/IEC 27001:2022 A.8.6", "ISO/IEC 27001:2022 A.8.10"],
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxAge: "30d", maxBytes: -1 } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxAge: "30d", maxBytes: "20GiB" } } },
  },
  *find({ kind, spec }) {
    if (unlessHidden(() => spec.sealed)) return;
    const what = kind === "key-value bucket" ? "bucket" : kind;
    if (kind === "stream" && unlessHidden(() => span(spec.maxAge)) === 0n)
      yield {
        field: "maxAge",
        problem: "is not set: messages never expire",
        remedy: "Set it to how long a message is worth something.",
      };
    if (unlessHidden(() => limit(spec.maxBytes) === undefined))
      yield {
        field: "maxBytes",
        problem: `is not set: the ${what} grows until the volume is full`,
        remedy: `Set it to the disk the ${what} may take.`,
      };
  },
});
