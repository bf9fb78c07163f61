import type { StreamRule } from "../../rule";
import { show } from "../../values";

/** Streams of one account must not share a subject: the server stores a message once. server/stream.go subjectsOverlap. */
export const subjectOverlap: StreamRule = {
  code: "SP201",
  severity: "error",
  on: "stream",
  says: "Subjects of two streams must not overlap: a message is stored once.",
  refusals: [{ code: 10065 }],
  *find(stream, world) {
    for (const { mine, theirs, other } of world.overlaps(stream)) {
      const at = stream.spec.subjects?.indexOf(mine) ?? -1;
      yield {
        field: at < 0 ? "subjects" : `subjects[${at}]`,
        value: mine,
        problem: `${show(mine)} overlaps ${show(theirs)} of ${other.kind} "${other.name}"${other.declared ? "" : " on the server"}`,
        remedy: "Let one stream own the subject: narrow one of the two, or use a source or a mirror.",
      };
    }
  },
};
