import type { ConsumerRule } from "../../rule";
import { isSet, show, span } from "../../values";

/** A policy serves groups. server/consumer.go checkConsumerCfg. */
export const policyWithoutGroups: ConsumerRule = {
  code: "SP308",
  severity: "error",
  on: "consumer",
  says: "`priorityPolicy` needs `priorityGroups`.",
  refusals: [{ code: 10159 }],
  since: "2.11.0",
  *find({ spec: { priorityPolicy: policy = "none", priorityGroups } }) {
    if (policy === "none" || isSet(priorityGroups)) return;
    yield {
      field: "priorityGroups",
      problem: `is required with priorityPolicy ${show(policy)}`,
      remedy: "Name at least one group.",
    };
  },
};

/** Groups need a policy that serves them. server/consumer.go checkConsumerCfg. */
export const groupsWithoutPolicy: ConsumerRule = {
  code: "SP309",
  severity: "error",
  on: "consumer",
  says: "`priorityGroups` and `priorityTimeout` need a `priorityPolicy`.",
  refusals: [{ code: 10196 }, { code: 10197 }],
  since: "2.12.0",
  *find({ spec: { priorityPolicy: policy = "none", priorityGroups, priorityTimeout } }) {
    if (policy !== "none") return;
    const remedy = "Set a priorityPolicy, or remove it.";
    if (isSet(priorityGroups))
      yield { field: "priorityGroups", value: priorityGroups, problem: "needs a priorityPolicy", remedy };
    if (span(priorityTimeout) > 0n)
      yield { field: "priorityTimeout", value: priorityTimeout, problem: "needs a priorityPolicy", remedy };
  },
};
