import { daysLeft } from "../../policies/waiver-line";

it.each([
  ["2026-12-31T00:00:00Z", 0],
  ["2026-12-31T23:59:59.999Z", 0],
  ["2026-12-30T23:59:59.999Z", 1],
  ["2027-01-01T00:00:00Z", -1],
  ["2026-01-01T12:00:00Z", 364],
])("counts the days after %s: %i", (today, left) => {
  expect(daysLeft({ expires: "2026-12-31" }, new Date(today))).toBe(left);
});
