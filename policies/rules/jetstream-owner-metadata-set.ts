import { show } from "../../preflight/values";
import { pattern, text } from "../options";
import { defineRule } from "../rule";

/** Who answers for a stream is written on it. */
export const ownerMetadataSet = defineRule({
  id: "jetstream-owner-metadata-set",
  title: "The metadata of a stream or bucket names its owner",
  severity: "low",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "Streams outlive the teams that made them. Without an owner nobody can say whether one may be deleted, and whom to call when it is full.",
  fix: "Name the team that answers for it.",
  topics: ["ownership"],
  frameworks: ["ISO/IEC 27001:2022 A.5.9"],
  options: {
    key: text("owner", "Key of the metadata that has the owner."),
    pattern: pattern("\\S", "What an owner looks like."),
  },
  on: "stream",
  kinds: ["stream", "key-value bucket", "object store"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], metadata: { team: "orders" } } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], metadata: { owner: "orders" } } } },
  },
  *find({ spec: { metadata = {} } }, { key, pattern }) {
    const owner = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    if (owner === undefined) yield { field: "metadata", problem: `has no ${show(key)}` };
    else if (!new RegExp(pattern).test(owner))
      yield {
        field: "metadata",
        value: owner,
        problem: `has ${show(key)} ${show(owner)}, which does not match ${pattern}`,
      };
  },
});
