import { defineRule } from "../rule";

/** What losing it means is said of everything that is stored. */
export const dataClassSet = defineRule({
  id: "jetstream-data-class-set",
  title: "Every stream and bucket says what losing it means",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "The rules about audit, copies and memory go by the class: what is for audit and does not say so is not protected by them.",
  fix: 'Set dataClass: "audit" where a loss must never happen, "ephemeral" where it does not matter, else "standard".',
  topics: ["classification"],
  frameworks: ["ISO/IEC 27001:2022 A.5.12"],
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], dataClass: "standard" } } },
  },
  *find({ spec: { dataClass } }) {
    if (dataClass === undefined) yield { field: "dataClass", problem: "is not set" };
  },
});
