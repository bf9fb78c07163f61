import fc from "fast-check";

// Few, so that conflicts are frequent.
const STREAM_SUBJECTS = [
  "*",
  ">",
  "*.x",
  "*.*",
  "*.>",
  "x.>",
  "x.y",
  "x.*.y",
  "a",
  "a.>",
  "a.x",
  "b.*",
  "c.x.y",
  "A",
  "*a",
  "*a.x",
  ">b",
  "a.>b",
  "a.*b",
  "x.*b.*",
  "*.y.>",
  "$KV.K.>",
  "$KV.K.x",
  "$KV.*.x",
  "$O.O.C.>",
  "$O.*.M.*",
  "$JS.>",
  "$JS.API.>",
  "$JS.EVENT.>",
  "$JS.EVENT.ADVISORY.*",
  "$JSC.x",
  "$NRG.>",
  "$SYS.>",
  "$SYS.ACCOUNT.>",
  "$SYS.ACCOUNT.*.CONNECT",
  "$SYS.REQ.x",
  "*.API",
  "$*.x",
  "$JS",
] as const;

const FILTERS = ["a", "a.>", "a.x", "a.*", "a.x.y", "b", "b.>", "b.x", "x.>", "x.y", "*.x", "*", ">", "*a", "a.>b"];
const CAPTURES = ["a.*", "a.*.*", "*.x", "b.*", "*.*", "a.>", "x.*.>", ">", "a.x", "a", "*a.*", "c.*"];

/** A subject that no other stream of these names claims. */
export function ownSubject(stream: string): fc.Arbitrary<string> {
  const own = stream.toLowerCase();
  return fc.constantFrom(own, `${own}.x`, `${own}.*`, `${own}.>`, `${own}.*.y`, `${own}.x.y`, `${own}.y.>`);
}

/** Any subject a stream may claim, shared and reserved ones too. */
export const anySubject: fc.Arbitrary<string> = fc.constantFrom(...STREAM_SUBJECTS);

/** What consumers, mirrors and sources may filter by. */
export const filterSubject: fc.Arbitrary<string> = fc.constantFrom(...FILTERS);

/** What a transform may match. */
export const captureSubject: fc.Arbitrary<string> = fc.constantFrom(...CAPTURES);

/** Where messages may be delivered or published: not at the server's own API. */
export const plainSubject: fc.Arbitrary<string> = fc.constantFrom("deliver.x", "deliver.y", "a.x", "b", "x.y", "c.x.y");
