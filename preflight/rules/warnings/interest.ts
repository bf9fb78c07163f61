import type { StreamRule } from "../../rule";

/** What nobody waits for is not kept. */
export const interestWithoutConsumers: StreamRule = {
  code: "SW108",
  severity: "warning",
  on: "stream",
  says: "An interest stream without a durable consumer keeps nothing.",
  refusals: [],
  whole: true,
  *find({ spec }, world) {
    if (spec.retention !== "interest" || world.consumers(spec.name).length > 0) return;
    yield {
      field: "retention",
      value: "interest",
      problem: "drops every message while no consumer wants it, and no consumer is declared",
      remedy: 'Declare its consumers, or use retention: "limits".',
    };
  },
};
