import { mappingProblem, transformProblem } from "../../../model/subject-transform";
import { subjectsOverlap } from "../../../model/subjects";
import { subjectsOf } from "../../asset";
import type { StreamRule } from "../../rule";
import { CORRECT_MAPPING, show } from "../../values";

/** A stream's own transform must be one the server can make. server/subject_transform.go NewSubjectTransform. */
export const subjectTransform: StreamRule = {
  code: "SP114",
  severity: "error",
  on: "stream",
  says: "`subjectTransform.dest` must be a mapping of `src`: known functions, wildcards that exist, `>` in both or neither.",
  refusals: [{ code: 10156 }, { code: 10049, text: "stream subject transform" }],
  *find({ spec: { subjectTransform: transform } }, { version, isOlderThan }) {
    const strictly = (dest: string) => (isOlderThan("2.11.0") ? undefined : mappingProblem(dest, version));
    const problem = transform && (transformProblem(transform.src, transform.dest, version) ?? strictly(transform.dest));
    if (!problem) return;
    yield {
      field: "subjectTransform.dest",
      value: transform.dest,
      problem: `${show(transform.dest)} ${problem}`,
      remedy: CORRECT_MAPPING,
    };
  },
};

/** What is republished must not come back. server/stream.go checkStreamCfg. */
export const republishCycle: StreamRule = {
  code: "SP115",
  severity: "error",
  on: "stream",
  says: "`republish.dest` must not overlap the stream's own subjects: every copy would be stored again.",
  refusals: [{ code: 10052, text: "republish destination forms a cycle" }],
  *find(stream, world) {
    const dest = republished(stream.spec, world.isOlderThan("2.11.0"))?.dest;
    const hit = dest && subjectsOf(stream)?.find((subject) => subjectsOverlap(dest, subject));
    if (!hit) return;
    yield {
      field: "republish.dest",
      value: dest,
      problem: `${show(dest)} overlaps ${show(hit)}, which the stream stores`,
      remedy: "Begin it with a token no stream stores.",
    };
  },
};

/** Where copies go must be a mapping of what is copied. server/stream.go checkStreamCfg. */
export const republishTransform: StreamRule = {
  code: "SP116",
  severity: "error",
  on: "stream",
  says: "`republish.dest` must be a mapping of `republish.src`.",
  refusals: [{ code: 10052, text: "for republish with transform" }],
  *find({ spec }, world) {
    const republish = republished(spec, world.isOlderThan("2.11.0"));
    const problem = republish && transformProblem(republish.src, republish.dest, world.version);
    if (!problem) return;
    yield {
      field: "republish.dest",
      value: republish.dest,
      problem: `${show(republish.dest)} ${problem}`,
      remedy: CORRECT_MAPPING,
    };
  },
};

type Spec = Parameters<StreamRule["find"]>[0]["spec"];

// Since 2.11 everything to everything means "as the transform wrote it", where that covers the only subject.
function republished({ republish, subjectTransform: transform, subjects }: Spec, old: boolean) {
  if (!republish) return undefined;
  const { src = ">", dest } = republish;
  const implied =
    !old &&
    dest === ">" &&
    (src || ">") === ">" &&
    transform &&
    subjects?.length === 1 &&
    transform.src === subjects[0];
  return implied ? { src: transform.dest, dest: transform.dest } : { src, dest };
}
