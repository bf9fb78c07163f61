import { subjectsOverlap } from "../../../model/subjects";
import { filtersOf, type StreamAsset, subjectsOf } from "../../asset";
import { originsOf } from "../../origins";
import type { ConsumerRule, StreamRule } from "../../rule";
import { show } from "../../values";
import type { World } from "../../world";

// Subjects a stream's messages can have, where its configuration says them all.
function storedSubjects(name: string, world: World): readonly string[] | undefined {
  const stream = world.stream(name);
  if (!stream) return world.externalSubjects(name);
  const { mirror, sources, subjectTransform } = stream.spec;
  return mirror || sources?.length || subjectTransform ? undefined : subjectsOf(stream);
}

const matchesNone = (filter: string, subjects: readonly string[]) =>
  !subjects.some((subject) => subjectsOverlap(subject, filter));

/** A filter no message can pass. */
export const consumerFilter: ConsumerRule = {
  code: "SW103",
  severity: "warning",
  on: "consumer",
  says: "A consumer's filter matches no subject of its stream: nothing is ever delivered.",
  refusals: [],
  *find(consumer, world) {
    const subjects = storedSubjects(consumer.spec.stream, world);
    const filters = filtersOf(consumer);
    if (!subjects || !filters) return;
    for (const [i, filter] of filters.entries()) {
      if (!matchesNone(filter, subjects)) continue;
      yield {
        field: consumer.spec.filterSubject ? "filterSubject" : `filterSubjects[${i}]`,
        value: filter,
        problem: `${show(filter)} matches no subject of stream "${consumer.spec.stream}" (${subjects.join(", ")})`,
        remedy: "Correct the filter, or add the subject to the stream.",
      };
    }
  },
};

/** A copy filtered down to nothing. */
export const originFilter: StreamRule = {
  code: "SW104",
  severity: "warning",
  on: "stream",
  says: "A mirror's or source's filter matches no subject of the origin: nothing is copied.",
  refusals: [],
  *find(stream, world) {
    for (const { field, source } of originsOf(stream)) {
      const subjects = source.external ? undefined : storedSubjects(source.name, world);
      if (!subjects) continue;
      const filters = [
        { at: "filterSubject", filter: source.filterSubject },
        ...(source.subjectTransforms ?? []).map(({ src }, i) => ({ at: `subjectTransforms[${i}].src`, filter: src })),
      ];
      for (const { at, filter } of filters) {
        if (!filter || !matchesNone(filter, subjects)) continue;
        yield {
          field: `${field}.${at}`,
          value: filter,
          problem: `${show(filter)} matches no subject of "${source.name}" (${subjects.join(", ")})`,
          remedy: "Correct the filter.",
        };
      }
    }
  },
};

/** A transform that never applies. */
export const transformSource: StreamRule = {
  code: "SW105",
  severity: "warning",
  on: "stream",
  says: "`subjectTransform.src` matches none of the stream's subjects: it changes nothing.",
  refusals: [],
  *find(stream) {
    const src = stream.spec.subjectTransform?.src;
    const subjects = ownSubjects(stream);
    if (!src || !subjects || !matchesNone(src, subjects)) return;
    yield {
      field: "subjectTransform.src",
      value: src,
      problem: `${show(src)} matches none of the stream's subjects (${subjects.join(", ")})`,
      remedy: "Correct it.",
    };
  },
};

// What comes in under the stream's own subjects only; copies come under others.
function ownSubjects(stream: StreamAsset): readonly string[] | undefined {
  return stream.spec.mirror || stream.spec.sources?.length ? undefined : subjectsOf(stream);
}
