import fc from "fast-check";
import { subjectsOverlap } from "../../model/subjects";
import { subjectTrie } from "../../preflight/subject-trie";

const token = fc.constantFrom("a", "b", "c", "*", "*x", ">x");
const subject = fc
  .tuple(fc.array(token, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([tokens, open]) => [...tokens, ...(open ? [">"] : [])].join("."));

it("finds exactly what pairwise comparison finds", () => {
  fc.assert(
    fc.property(fc.array(subject, { maxLength: 30 }), subject, (held, asked) => {
      const trie = subjectTrie<number>();
      for (const [i, one] of held.entries()) trie.add(one, i);
      const found = [...trie.overlapping(asked)].map(({ owner }) => owner).sort((a, b) => a - b);
      expect(found).toEqual(held.flatMap((one, i) => (subjectsOverlap(one, asked) ? [i] : [])));
    }),
    { numRuns: 3000 },
  );
});

it("does not look where no subject of the length can be", () => {
  const trie = subjectTrie<number>();
  for (let i = 0; i < 100_000; i++) trie.add(`*.tail-${i}`, i);
  for (let i = 0; i < 100_000; i++) expect(trie.overlapping(`telemetry.*.${i}.raw`).next().done).toBe(true);
});
