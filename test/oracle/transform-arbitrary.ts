import fc from "fast-check";
import type { Fields } from "./asset";
import { captureSubject } from "./subject-arbitrary";

// With every mapping function, its arguments right for one wildcard, and wrong.
const TOKENS = [
  "t",
  "{{wildcard(1)}}",
  "{{Wildcard( 1 )}}",
  "{{wildcard(2)}}",
  "{{wildcard(9)}}",
  "{{wildcard(0)}}",
  "{{wildcard()}}",
  "{{wildcard(x)}}",
  "{{wildcard(1,2)}}",
  "$1",
  "$2",
  "$9",
  "$x",
  "$",
  "{{partition(3,1)}}",
  "{{partition(3,1,2)}}",
  "{{partition(3,7)}}",
  "{{partition(3)}}",
  "{{partition()}}",
  "{{partition(x,1)}}",
  "{{partition(99999999999,1)}}",
  "{{split(1,-)}}",
  "{{split(2,-)}}",
  "{{split(1)}}",
  "{{split(1,.)}}",
  "{{split(x,-)}}",
  "{{splitFromLeft(1,2)}}",
  "{{SplitFromLeft(1)}}",
  "{{splitfromleft(4,2)}}",
  "{{splitFromRight(1,2)}}",
  "{{splitFromRight(1,x)}}",
  "{{sliceFromLeft(1,2)}}",
  "{{SliceFromLeft(1,99999999999)}}",
  "{{sliceFromRight(1,2)}}",
  "{{sliceFromRight()}}",
  "{{left(1,2)}}",
  "{{left(2,2)}}",
  "{{left(1)}}",
  "{{right(1,2)}}",
  "{{Right(1, 2)}}",
  "{{right(,2)}}",
  "{{random(3)}}",
  "{{random(1,2)}}",
  "{{random()}}",
  "{{random(x)}}",
  "{{unknown(1)}}",
  "{{}}",
  "{{wildcard(1)",
  "wildcard(1)}}",
  "*",
  ">",
  "",
  "*a",
  "a>",
  "with space",
] as const;

const TAIL = [undefined, undefined, ">", "t"];

/** Where a transform may lead: any functions, good and bad. */
const anyDestination = fc
  .tuple(fc.constantFrom("v", "a"), fc.constantFrom(...TOKENS), fc.constantFrom(...TAIL))
  .map((tokens) => tokens.filter((token) => token !== undefined).join("."));

const anyTransform = fc
  .record({ src: fc.option(captureSubject, { nil: undefined, freq: 8 }), dest: anyDestination })
  .map(({ src, dest }): Fields => (src === undefined ? { dest } : { src, dest }));

const soundTransform = fc.constantFrom<Fields>(
  { src: "a.*", dest: "v.{{wildcard(1)}}" },
  { src: "b.*", dest: "v.$1" },
  { src: "c.*", dest: "v.{{partition(3,1)}}.{{wildcard(1)}}" },
  { src: "d.>", dest: "v.>" },
  { src: "e.*", dest: "v.{{split(1,-)}}.{{splitFromLeft(1,2)}}.{{sliceFromRight(1,2)}}" },
  { src: "f.*.*", dest: "v.{{wildcard(2)}}.{{wildcard(1)}}" },
  { src: "g", dest: "v" },
);

/** A subject transform, in most cases one the server takes. */
export const transformArbitrary = (wild: boolean): fc.Arbitrary<Fields> =>
  wild ? fc.oneof(soundTransform, { weight: 3, arbitrary: anyTransform }) : soundTransform;

/** What a stream republishes. */
export const republishArbitrary: fc.Arbitrary<Fields> = fc
  .record({
    src: fc.option(captureSubject, { nil: undefined, freq: 4 }),
    dest: fc.oneof(
      fc.constantFrom("copy", "copy.>", "copy.{{wildcard(1)}}", "copy.$1", ">", "a.x", "*.x", "copy..x"),
      anyDestination,
    ),
    headersOnly: fc.constantFrom(undefined, true, false),
  })
  .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
