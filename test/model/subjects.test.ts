import { isLiteral, isValidSubject, subjectsOverlap } from "../../model/subjects";

it.each([
  ["a", true],
  ["a.b.*", true],
  ["a.>", true],
  [">", true],
  ["a*.b", true],
  ["", false],
  ["a..b", false],
  [".a", false],
  ["a.>.b", false],
  ["a b", false],
])("%p is a valid subject: %s", (subject, valid) => expect(isValidSubject(subject)).toBe(valid));

it.each([
  ["a.b", true],
  ["a.*", false],
  ["a.>", false],
  ["a*.b>", true],
])("%s is literal: %s", (subject, literal) => expect(isLiteral(subject)).toBe(literal));

it.each([
  ["a.b", "a.b", true],
  ["a.*", "a.b", true],
  ["a.*", "*.b", true],
  ["a.>", "a.b.c", true],
  [">", "a", true],
  ["a.>", "a", false],
  ["a.*", "a.b.c", false],
  ["a.*.c", "a.b.d", false],
  ["a.*.>", "a.b", false],
])("%s and %s overlap: %s, in both orders", (a, b, overlap) => {
  expect(subjectsOverlap(a, b)).toBe(overlap);
  expect(subjectsOverlap(b, a)).toBe(overlap);
});
