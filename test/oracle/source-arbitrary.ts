import fc from "fast-check";
import type { Fields } from "./asset";
import { sparse } from "./sparse";
import { filterSubject } from "./subject-arbitrary";
import { transformArbitrary } from "./transform-arbitrary";

export const START_TIMES = ["2026-01-31T08:00:00Z", "2026-01-31T08:00:00.123456789Z"] as const;

const external = fc.record({
  api: fc.constantFrom("$JS.hub.API", "$JS.API", "$JS.API.x", "hub.API", "$JS"),
  deliver: fc.constantFrom("deliver.hub", "a", "x"),
});
const farAway = fc.constantFrom<Fields>({ api: "$JS.hub.API" }, { api: "$JS.hub.API", deliver: "deliver.hub" });

const consumer = fc.record({
  name: fc.constantFrom("feed", "spare"),
  deliverSubject: fc.constantFrom("feed.deliver", "a.x"),
});

/** What a mirror or source says besides the origin's name. */
export function sourceFields(wild: boolean): fc.Arbitrary<Fields> {
  const fields = {
    optStartSeq: fc.constantFrom(0, 1, 5, "9007199254740993"),
    optStartTime: fc.constantFrom(...START_TIMES),
    filterSubject,
    subjectTransforms: fc.array(transformArbitrary(wild), { minLength: 0, maxLength: 3 }),
    external: wild ? external : farAway,
    consumer,
  };
  return sparse(fields, wild ? 4 : 7).map((source) => (wild ? source : mended(source)));
}

/** A mirror or source of one of these streams. */
export function sourceOf(origins: readonly string[], wild: boolean): fc.Arbitrary<Fields> {
  return fc.tuple(fc.constantFrom(...origins), sourceFields(wild)).map(([name, fields]) => ({ name, ...fields }));
}

function mended(source: Fields): Fields {
  const { optStartSeq, optStartTime, filterSubject: filter, subjectTransforms, ...rest } = source;
  if (source.consumer) return { ...rest };
  const start = optStartTime === undefined ? { optStartSeq } : { optStartTime };
  const picks =
    filter === undefined
      ? { subjectTransforms: (subjectTransforms as Fields[])?.slice(0, 1) }
      : { filterSubject: filter };
  return Object.fromEntries(Object.entries({ ...rest, ...start, ...picks }).filter(([, value]) => value !== undefined));
}
