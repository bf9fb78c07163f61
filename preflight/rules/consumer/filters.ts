import { isSubsetOf, subjectsOverlap } from "../../../model/subjects";
import type { ConsumerRule } from "../../rule";
import { show } from "../../values";

/** One way to filter at a time. server/consumer.go checkConsumerCfg. */
export const bothFilters: ConsumerRule = {
  code: "SP303",
  severity: "error",
  on: "consumer",
  says: "`filterSubject` and `filterSubjects` exclude each other.",
  refusals: [{ code: 10136 }],
  *find({ spec: { filterSubject, filterSubjects } }) {
    if (!filterSubject || !filterSubjects?.length) return;
    yield {
      field: "filterSubject",
      value: filterSubject,
      problem: "excludes filterSubjects",
      remedy: `Remove it, and put ${show(filterSubject)} into filterSubjects.`,
    };
  },
};

/** A filter that another covers would deliver nothing of its own. server/consumer.go checkConsumerCfg. */
export const filtersOverlap: ConsumerRule = {
  code: "SP304",
  severity: "error",
  on: "consumer",
  says: "No entry of `filterSubjects` covers another; before 2.12 they must not overlap at all.",
  refusals: [{ code: 10138 }],
  *find({ spec: { filterSubjects = [] } }, world) {
    const strict = world.isOlderThan("2.12.0");
    const clash = (a: string, b: string) => (strict ? subjectsOverlap(a, b) : isSubsetOf(a, b) || isSubsetOf(b, a));
    for (const [i, subject] of filterSubjects.entries()) {
      const first = filterSubjects.findIndex((other) => clash(other, subject));
      if (first >= i || first < 0) continue;
      yield {
        field: `filterSubjects[${i}]`,
        value: subject,
        problem: `${show(subject)} overlaps filterSubjects[${first}] ${show(filterSubjects[first])}`,
        remedy: "Keep the wider of the two.",
      };
    }
  },
};
