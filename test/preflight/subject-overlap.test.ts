import { formatFinding } from "../../model/finding";
import { checkSubjectOverlap } from "../../preflight/subject-overlap";

it("names both streams and both subjects", () => {
  const findings = checkSubjectOverlap({ name: "A", subjects: ["o.>", "x"] }, [
    { name: "B", subjects: ["o.new"] },
    { name: "C", subjects: ["y"] },
  ]);
  expect(findings.map(formatFinding)).toEqual([
    'SP201 stream "A": subjects "o.>" overlaps "o.new" of stream "B". Let one stream own the subject: narrow one of the two, or use a source or a mirror.',
  ]);
});
