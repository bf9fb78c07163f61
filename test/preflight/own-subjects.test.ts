import fc from "fast-check";
import { subjectsOverlap } from "../../model/subjects";
import { preflight } from "../../preflight/preflight";
import { ownSubjectsOverlap } from "../../preflight/rules/stream/own-subjects";

const judge = (subjects: string[]) => preflight({ streams: { S: { subjects } } }, { rules: [ownSubjectsOverlap] });

it("names the first subject each one overlaps", () => {
  const token = fc.constantFrom("a", "b", "*", "*a");
  const subject = fc
    .tuple(fc.array(token, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([tokens, open]) => [...tokens, ...(open ? [">"] : [])].join("."));
  fc.assert(
    fc.property(fc.array(subject, { maxLength: 12, size: "max" }), (subjects) => {
      const wanted = subjects.flatMap((one, i) => {
        const first = subjects.findIndex((other) => subjectsOverlap(other, one));
        return first < i ? [[`subjects[${i}]`, `subjects[${first}]`]] : [];
      });
      const found = judge(subjects).map(({ field, problem }) => [field, /subjects\[\d+\]/.exec(problem)?.[0]]);
      expect(found).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});

it("takes thousands of subjects", () => {
  const subjects = Array.from({ length: 20_000 }, (_, i) => `orders.${i}.*`);
  const begin = performance.now();
  expect(judge(subjects)).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(3000);
});
