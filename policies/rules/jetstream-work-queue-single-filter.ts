import { type ConsumerAsset, filtersOf, unlessHidden } from "../../preflight/asset";
import { defineRule } from "../rule";
import type { Account } from "../system";

/** Each kind of work in a queue has one consumer, and each consumer one kind of work. */
export const workQueueSingleFilter = defineRule({
  id: "jetstream-work-queue-single-filter",
  title: "A consumer of a work queue takes one subject",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "In a work queue every subject belongs to one consumer. One that takes everything keeps every other one out, and a second kind of work cannot be split off while it exists. One of several subjects has one pace, one backoff and one lag for different work.",
  fix: "Set filterSubject to the one subject it works on.",
  topics: ["work queues"],
  on: "account",
  example: {
    fails: {
      streams: { JOBS_V1: { subjects: ["jobs.v1.>"], retention: "workqueue" } },
      consumers: [{ stream: "JOBS_V1", name: "resizer_jobs", kind: "pull", ackPolicy: "explicit" }],
    },
    passes: {
      streams: { JOBS_V1: { subjects: ["jobs.v1.>"], retention: "workqueue" } },
      consumers: [
        {
          stream: "JOBS_V1",
          name: "resizer_jobs",
          kind: "pull",
          ackPolicy: "explicit",
          filterSubject: "jobs.v1.resize",
        },
      ],
    },
  },
  *find(account) {
    for (const consumer of account.consumers) {
      const filters = consumer.declared ? unlessHidden(() => filtersInQueue(account, consumer)) : undefined;
      if (!filters || (filters.length === 1 && filters[0] !== ALL)) continue;
      const field = filters.length > 1 ? "filterSubjects" : "filterSubject";
      const value = filters.length > 1 ? filters : filters[0];
      const about = { kind: "consumer", name: consumer.name } as const;
      yield { about, field, ...(value !== undefined && { value }), problem: problemOf(filters) };
    }
  },
});

const ALL = ">";

// The filters of a consumer of a work queue; undefined for every other consumer.
function filtersInQueue(account: Account, consumer: ConsumerAsset): readonly string[] | undefined {
  const stream = account.stream(consumer.spec.stream);
  return stream?.spec.retention === "workqueue" ? filtersOf(consumer) : undefined;
}

function problemOf(filters: readonly string[]): string {
  if (filters.length > 1) return `has ${filters.length} subjects, ${filters.join(", ")}`;
  return `${filters.length === 0 ? "is not set" : 'is ">"'}: the queue can have no other consumer`;
}
