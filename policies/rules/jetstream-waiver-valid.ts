import { duration } from "../options";
import { defineRule } from "../rule";

/** A waiver names a rule that can be lifted, and has not expired. */
export const waiverValid = defineRule({
  id: "jetstream-waiver-valid",
  title: "A waiver names a rule that can be lifted, and has not expired",
  severity: "high",
  levels: { dev: "mandatory", staging: "mandatory", prod: "mandatory" },
  why: "A waiver is a debt with a date. One that has expired, or that names no rule, protects nothing, and whoever reads it believes it does.",
  fix: "Mend what it lifted and remove it, or agree on a later date and give the reason anew.",
  topics: ["waivers"],
  frameworks: ["ISO/IEC 27001:2022 A.5.36"],
  waivable: false,
  options: { longest: duration("366d", "How far ahead a waiver may expire; 0s is any time.") },
  on: "waivers",
  example: {
    fails: {
      streams: {
        ORDERS_V1: {
          subjects: ["orders.v1.>"],
          waive: [
            { rule: "jetstream-retention-bounded", reason: "sized after the first month", expires: "2024-01-31" },
          ],
        },
      },
    },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxAge: "30d", maxBytes: "20GiB" } } },
  },
});
