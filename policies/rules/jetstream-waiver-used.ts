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
          description: "Orders",
          waive: [{ rule: "jetstream-description-set", reason: "written next week", expires: "2026-12-31" }],
        },
      },
    },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], description: "Orders" } } },
  },
});
