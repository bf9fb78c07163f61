import { isSubsetOf, subjectsOverlap } from "../../../model/subjects";
import { subjectsOf } from "../../asset";
import type { StreamRule } from "../../rule";
import { type Entry, subjectTrie } from "../../subject-trie";
import { show } from "../../values";

// server/stream.go checkStreamCfg, the part about subjects.

/** Subjects of one stream must not overlap each other. */
export const ownSubjectsOverlap: StreamRule = {
  code: "SP104",
  severity: "error",
  on: "stream",
  says: "Subjects of one stream must not overlap each other: a message would be stored twice.",
  refusals: [
    { code: 10052, text: "overlaps with" },
    { code: 10052, text: "duplicate subjects detected" },
  ],
  *find({ spec }) {
    const subjects = spec.subjects ?? [];
    const before = subjectTrie<number>();
    const seen = new Set<string>();
    for (const [i, subject] of subjects.entries()) {
      const first = lowest(before.overlapping(subject));
      // A twin overlaps what its first one does: the trie has it once.
      if (!seen.has(subject)) before.add(subject, i);
      seen.add(subject);
      if (first === undefined) continue;
      const [wider, narrower] = isSubsetOf(subject, subjects[first] as string) ? [first, i] : [i, first];
      yield {
        field: `subjects[${i}]`,
        value: subject,
        problem: `${show(subject)} overlaps subjects[${first}] ${show(subjects[first])}`,
        remedy: isSubsetOf(subjects[narrower] as string, subjects[wider] as string)
          ? `Remove subjects[${narrower}]: subjects[${wider}] already covers it.`
          : "Narrow one of the two.",
      };
    }
  },
};

function lowest(entries: Iterable<Entry<number>>): number | undefined {
  let least: number | undefined;
  for (const { owner } of entries) if (least === undefined || owner < least) least = owner;
  return least;
}

/** Capturing everything needs `noAck`. */
export const captureAllAcks: StreamRule = {
  code: "SP105",
  severity: "error",
  on: "stream",
  says: "A stream of every subject (`>`) must not acknowledge: its acknowledgments would be stored too.",
  refusals: [{ code: 10052, text: "capturing all subjects requires no-ack" }],
  *find(stream) {
    if (!subjectsOf(stream)?.includes(">") || stream.spec.noAck) return;
    yield {
      field: "noAck",
      value: stream.spec.noAck,
      problem: 'must be true with subject ">"',
      remedy: "Set noAck: true, or name the subjects to store.",
    };
  },
};

/** Capturing everything needs one replica. */
export const captureAllReplicas: StreamRule = {
  code: "SP106",
  severity: "error",
  on: "stream",
  says: "A stream of every subject (`>`) has one replica: it would store its own replication traffic.",
  refusals: [{ code: 10052, text: "capturing all subjects requires replicas of 1" }],
  *find(stream) {
    const { replicas = 1 } = stream.spec;
    if (replicas === 1 || !subjectsOf(stream)?.includes(">")) return;
    yield {
      field: "replicas",
      value: replicas,
      problem: `must be 1 with subject ">", got ${replicas}`,
      remedy: "Set replicas: 1, or name the subjects to store.",
    };
  },
};

const RESERVED = [
  { space: "$JS.>", except: "$JS.EVENT.>" },
  { space: "$JSC.>", except: "$JS.EVENT.>" },
  { space: "$NRG.>", except: "$JS.EVENT.>" },
  { space: "$SYS.>", except: "$SYS.ACCOUNT.>" },
];

/** The server's own subjects are captured without acknowledgments only. */
export const systemSubjects: StreamRule = {
  code: "SP107",
  severity: "error",
  on: "stream",
  says: "Subjects that overlap `$JS.>`, `$JSC.>`, `$NRG.>` or `$SYS.>` need `noAck`; a leading `*` overlaps them all. `$JS.EVENT.>` and `$SYS.ACCOUNT.>` are free.",
  refusals: [{ code: 10052, text: "api require no-ack to be true" }],
  *find(stream) {
    if (stream.spec.noAck) return;
    for (const [i, subject] of (stream.spec.subjects ?? []).entries()) {
      if (subject === ">") continue;
      const taken = RESERVED.find(
        ({ space, except }) => subjectsOverlap(subject, space) && !isSubsetOf(subject, except),
      );
      if (!taken) continue;
      yield {
        field: `subjects[${i}]`,
        value: subject,
        problem: `${show(subject)} overlaps the server's own ${show(taken.space)}`,
        remedy: "Begin it with a token of your own, or set noAck: true.",
      };
    }
  },
};
