import type { ConsumerFields } from "../../asset";
import type { ConsumerRule, Problem } from "../../rule";
import { isSet, show } from "../../values";

const START = { by_start_sequence: "optStartSeq", by_start_time: "optStartTime" } as const;

/** A start position belongs to the policy that uses it. server/consumer.go checkConsumerCfg. */
export const startPosition: ConsumerRule = {
  code: "SP301",
  severity: "error",
  on: "consumer",
  says: "`optStartSeq` and `optStartTime` go with their `deliverPolicy` only, and `last_per_subject` needs a filter.",
  refusals: [{ code: 10094 }],
  *find({ spec }) {
    const { deliverPolicy = "all", filterSubject, filterSubjects } = spec;
    const wanted = START[deliverPolicy as keyof typeof START];
    yield* missing(spec, wanted, deliverPolicy);
    for (const field of Object.values(START)) {
      if (field === wanted || !isSet(spec[field]) || isZero(spec[field])) continue;
      yield {
        field,
        value: spec[field],
        problem: `cannot be set with deliverPolicy "${deliverPolicy}", got ${show(spec[field])}`,
        remedy: `Remove it, or use deliverPolicy: "${field === "optStartSeq" ? "by_start_sequence" : "by_start_time"}".`,
      };
    }
    if (deliverPolicy === "last_per_subject" && !filterSubject && !filterSubjects?.length)
      yield {
        field: "deliverPolicy",
        value: deliverPolicy,
        problem: '"last_per_subject" needs a filter',
        remedy: 'Set filterSubject: ">" for every subject.',
      };
  },
};

function* missing(
  spec: ConsumerFields,
  field: "optStartSeq" | "optStartTime" | undefined,
  policy: string,
): Generator<Problem> {
  if (!field || (isSet(spec[field]) && !isZero(spec[field]))) return;
  yield {
    field,
    problem: `is required with deliverPolicy "${policy}"`,
    remedy: "Set it, or use another deliverPolicy.",
  };
}

const isZero = (value: unknown) => value === 0 || value === "0";
