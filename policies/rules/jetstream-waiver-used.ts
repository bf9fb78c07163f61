import { defineRule } from "../rule";

/** A waiver that lifts nothing is taken out. */
export const waiverUsed = defineRule({
  id: "jetstream-waiver-used",
  title: "A waiver lifts something",
  severity: "low",
  levels: { dev: "advisory", staging: "advisory", prod: "advisory" },
  why: "A waiver that lifts nothing would lift the next thing somebody breaks, for a reason that was given for something else.",
  fix: "Remove it.",
  topics: ["waivers"],
  waivable: false,
  on: "waivers",
  example: {
    fails: {
      streams: {
        ORDERS_V1: {
          subjects: ["orders.v1.>"],
          maxAge: "30d",
          maxBytes: "20GiB",
          waive: [
            { rule: "jetstream-retention-bounded", reason: "sized after the first month", expires: "2027-01-31" },
          ],
        },
      },
    },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxAge: "30d", maxBytes: "20GiB" } } },
  },
});
