import { unlessHidden } from "../../preflight/asset";
import { flag } from "../options";
import { defineRule } from "../rule";

/** Everything on a server says what it is for. */
export const descriptionSet = defineRule({
  id: "jetstream-description-set",
  title: "Every asset says what it is for",
  severity: "low",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "Whoever looks at a server at night sees names and numbers. The description is the one place that tells what is kept there and why, and every tool shows it.",
  fix: "Say in a sentence what it is for.",
  topics: ["documentation"],
  frameworks: ["ISO/IEC 27001:2022 A.5.9"],
  options: { consumers: flag(true, "Whether consumers need one too.") },
  on: "account",
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], description: "Orders as they were placed" } } },
  },
  *find({ streams, consumers }, options) {
    for (const asset of options.consumers ? [...streams, ...consumers] : streams) {
      const isMissing = unlessHidden(() => (asset.spec.description ?? "").trim() === "");
      if (asset.declared && isMissing) yield { about: asset, field: "description", problem: "is not set" };
    }
  },
});
