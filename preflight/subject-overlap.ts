import type { Finding } from "../model/finding";
import { overlappingSubjects } from "../model/subjects";

/** A stream as far as overlap is concerned. */
export interface Claim {
  readonly name: string;
  readonly subjects: readonly string[];
}

/**
 * Streams of one account must not share a subject: the server stores a message once (10065). Names both streams.
 */
export function checkSubjectOverlap(stream: Claim, others: Iterable<Claim>): Finding[] {
  return [...others].flatMap((other) =>
    overlappingSubjects(stream.subjects, other.subjects).map(([mine, theirs]) => ({
      code: "SP201",
      severity: "error",
      kind: "stream" as const,
      name: stream.name,
      field: "subjects",
      problem: `"${mine}" overlaps "${theirs}" of stream "${other.name}"`,
      remedy: "Let one stream own the subject: narrow one of the two, or use a source or a mirror.",
    })),
  );
}
