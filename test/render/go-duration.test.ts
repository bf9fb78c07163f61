import { formatDuration, parseDuration } from "../../model/units";
import { goDuration, parseGoDuration } from "../../render/go-duration";

// As time.ParseDuration of Go says.
it.each<[string, bigint | undefined]>([
  ["1h30m", 5_400_000_000_000n],
  ["1.5h", 5_400_000_000_000n],
  ["0", 0n],
  ["+5s", 5_000_000_000n],
  [".5s", 500_000_000n],
  ["1.h", 3_600_000_000_000n],
  ["1us", 1_000n],
  ["1µs", 1_000n],
  ["100ms", 100_000_000n],
  ["0.3ns", 0n],
  ["2562047h47m16.854775807s", 9_223_372_036_854_775_807n],
  ["2562047h47m16.854775808s", undefined],
  ["7d", undefined],
  ["", undefined],
  ["5", undefined],
  [".", undefined],
  ["1h-1m", undefined],
])("%j is %s ns", (text, nanoseconds) => expect(parseGoDuration(text)).toBe(nanoseconds));

it.each([
  ["7d", "168h"],
  ["90m", "90m"],
  ["1.5h", "90m"],
  ["0ms", "0s"],
  ["9071999999999999ns", "9071999999999999ns"],
])("%s is written %s, and read back", (ours, theirs) => {
  const nanoseconds = parseDuration(ours) ?? -1n;
  expect(goDuration(nanoseconds)).toBe(theirs);
  expect(formatDuration(parseGoDuration(theirs) ?? -1n)).toBe(formatDuration(nanoseconds));
});
