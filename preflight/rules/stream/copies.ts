import { mappingProblem, transformProblem } from "../../../model/subject-transform";
import { isSubsetOf, subjectsOverlap } from "../../../model/subjects";
import { type Origin, originsOf } from "../../origins";
import type { Problem, StreamRule } from "../../rule";
import { CORRECT_MAPPING, isSet, show } from "../../values";

// server/stream.go checkStreamCfg, the parts about mirror and sources of one stream.

const isExternal = ({ source }: Origin) => source.external !== undefined;

/** A bucket's mirror cannot have sources or markers; a stream's schema says so already. */
export const mirrorExcludes: StreamRule = {
  code: "SP117",
  severity: "error",
  on: "stream",
  says: "A mirror has no sources and leaves no delete markers: it would no longer be a copy.",
  refusals: [{ code: 10031 }, { code: 10052, text: "subject delete markers forbidden on mirrors" }],
  *find({ spec }) {
    if (!spec.mirror) return;
    const remedy = "Remove one of the two.";
    if (spec.sources?.length) yield { field: "sources", problem: "cannot be set on a mirror", remedy };
    if (isSet(spec.subjectDeleteMarkerTtl) && spec.subjectDeleteMarkerTtl !== "0s")
      yield {
        field: "subjectDeleteMarkerTtl",
        value: spec.subjectDeleteMarkerTtl,
        problem: "cannot be set on a mirror",
        remedy,
      };
  },
};

/** The same origin with the same filter would be copied twice. server/stream.go composeIName. */
export const duplicateSources: StreamRule = {
  code: "SP120",
  severity: "error",
  on: "stream",
  says: "Two `sources` must differ in stream, account, consumer or filter.",
  refusals: [{ code: 10140 }],
  *find({ spec }, world) {
    const seen = new Map<string, number>();
    for (const [i, source] of (spec.sources ?? []).entries()) {
      const transforms = source.subjectTransforms ?? [];
      const mapping = transforms.length
        ? transforms.map(({ src, dest }) => [src || ">", dest || ">"])
        : [source.filterSubject || ">"];
      const consumer = world.isOlderThan("2.14.0") ? undefined : source.consumer?.name;
      const key = JSON.stringify([source.name, source.external?.api, consumer, mapping]);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, i);
        continue;
      }
      yield {
        field: `sources[${i}]`,
        value: source.name,
        problem: `copies the same from "${source.name}" as sources[${first}]`,
        remedy: "Remove one of the two, or give them different filters.",
      };
    }
  },
};

/** A transform is a filter of its own. */
export const filterAndTransforms: StreamRule = {
  code: "SP121",
  severity: "error",
  on: "stream",
  says: "`filterSubject` and `subjectTransforms` of a mirror or source exclude each other.",
  refusals: [{ code: 10144 }, { code: 10150 }],
  *find(stream, world) {
    for (const origin of originsOf(stream)) {
      const { filterSubject, subjectTransforms = [] } = origin.source;
      // Before 2.12 sources elsewhere went unchecked.
      const unchecked = origin.role === "source" && isExternal(origin) && world.isOlderThan("2.12.0");
      if (!filterSubject || subjectTransforms.length === 0 || unchecked) continue;
      yield {
        field: `${origin.field}.filterSubject`,
        value: filterSubject,
        problem: "excludes subjectTransforms, which filter too",
        remedy: "Remove it, and name the subject as a transform's src.",
      };
    }
  },
};

/** Transforms must be ones the server can make. */
export const originTransforms: StreamRule = {
  code: "SP122",
  severity: "error",
  on: "stream",
  says: "Each of `subjectTransforms` must map its `src` to its `dest`.",
  refusals: [
    { code: 10146 },
    { code: 10154 },
    { code: 10145 },
    { code: 10151 },
    { code: 10049, text: "subject transform from" },
    { code: 10049, text: "invalid subject" },
  ],
  *find(stream, world) {
    for (const origin of originsOf(stream)) {
      const { field, source } = origin;
      // Before 2.11 mirrors, and before 2.12 sources elsewhere, were checked less strictly.
      const lenient =
        origin.role === "mirror" ? world.isOlderThan("2.11.0") : isExternal(origin) && world.isOlderThan("2.12.0");
      const strictly = (dest: string) => (lenient ? undefined : mappingProblem(dest, world.version));
      for (const [i, { src, dest }] of (source.subjectTransforms ?? []).entries()) {
        const problem = transformProblem(src, dest, world.version) ?? strictly(dest);
        if (!problem) continue;
        yield {
          field: `${field}.subjectTransforms[${i}].dest`,
          value: dest,
          problem: `${show(dest)} ${problem}`,
          remedy: CORRECT_MAPPING,
        };
      }
    }
  },
};

/** Transforms of one origin must not compete for a message. */
export const transformsOverlap: StreamRule = {
  code: "SP123",
  severity: "error",
  on: "stream",
  says: "`subjectTransforms` of one mirror or source must not match the same subjects.",
  refusals: [{ code: 10147 }, { code: 10152 }],
  *find(stream, world) {
    for (const origin of originsOf(stream)) {
      const unchecked = origin.role === "source" && isExternal(origin) && world.isOlderThan("2.12.0");
      if (!unchecked) yield* overlapsWithin(origin);
    }
  },
};

// The server compares sources by subset and mirrors by overlap.
function* overlapsWithin({ field, role, source }: Origin): Generator<Problem> {
  const sources = (source.subjectTransforms ?? []).map(({ src = "" }) => src);
  const clash = (a: string, b: string) =>
    role === "mirror" ? subjectsOverlap(a, b) : isSubsetOf(a, b) || isSubsetOf(b, a);
  for (const [i, src] of sources.entries()) {
    const first = sources.findIndex((other) => clash(other, src));
    if (first >= i || first < 0) continue;
    yield {
      field: `${field}.subjectTransforms[${i}].src`,
      value: src,
      problem: `${show(src)} overlaps subjectTransforms[${first}].src ${show(sources[first])}`,
      remedy: "Narrow one of the two: a message is transformed once.",
    };
  }
}
