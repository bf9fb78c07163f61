import fc from "fast-check";
import {
  bytes,
  canonicalTimestamp,
  duration,
  formatBytes,
  formatDuration,
  formatInt64,
  parseBytes,
  parseDuration,
  parseInt64,
  scaleBytes,
} from "../../model/units";

describe("durations", () => {
  it.each([
    ["250ms", 250_000_000n],
    ["1.5h", 5_400_000_000_000n],
    ["7d", 604_800_000_000_000n],
    ["0s", 0n],
    ["36500d", 3_153_600_000_000_000_000n],
    ["0.5us", 500n],
  ])("%s is %s ns", (text, nanoseconds) => expect(parseDuration(text)).toBe(nanoseconds));

  it.each(["", "7", "7 days", "-1s", "1w", "0.5ns", "1e3s", "9999999d", 5, undefined])("%p is none", (value) => {
    expect(parseDuration(value)).toBeUndefined();
  });

  it.each([
    ["168h", "7d"],
    ["90m", "90m"],
    ["60s", "1m"],
    ["1000ms", "1s"],
    ["0d", "0s"],
    ["9071999999999999ns", "9071999999999999ns"],
  ])("%s is written %s", (text, canonical) => expect(formatDuration(parseDuration(text) as bigint)).toBe(canonical));

  it("keep every nanosecond of 64 bits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }), (n) => parseDuration(formatDuration(n)) === n),
    );
  });

  it("from configuration are checked", () => {
    expect(duration("7d")).toBe("7d");
    expect(() => duration("week")).toThrow('"week" is not a duration such as "250ms" or "7d"');
  });
});

describe("amounts of data", () => {
  it.each([
    [1024, 1024n],
    ["10GiB", 10n << 30n],
    ["1.5KiB", 1536n],
    ["12B", 12n],
    ["2048", 2048n],
    [-1, -1n],
  ])("%s is %s bytes", (value, size) => expect(parseBytes(value)).toBe(size));

  it.each(["10GB", "1.0001KiB", "GiB", 1.5, Number.NaN, 2 ** 60, null])("%p is none", (value) => {
    expect(parseBytes(value)).toBeUndefined();
  });

  it("keep every byte of 64 bits", () => {
    fc.assert(fc.property(fc.bigInt({ min: -1n, max: (1n << 63n) - 1n }), (n) => parseBytes(formatBytes(n)) === n));
  });

  it("are scaled and checked", () => {
    expect(scaleBytes("10GiB", 0.1)).toBe("1GiB");
    expect(scaleBytes(-1, 0.1)).toBe(-1);
    expect(() => scaleBytes("10GiB", 0)).toThrow('cannot scale "10GiB" by 0');
    expect(bytes(1024)).toBe("1KiB");
    expect(() => bytes("10GB")).toThrow('"10GB" is not an amount of data');
  });
});

describe("64-bit numbers and instants", () => {
  it("are numbers where exact, texts above", () => {
    expect(formatInt64(9n)).toBe(9);
    expect(formatInt64(9_007_199_254_740_993n)).toBe("9007199254740993");
    expect(parseInt64("9007199254740993")).toBe(9_007_199_254_740_993n);
    expect(parseInt64(2 ** 53)).toBeUndefined();
  });

  it.each([
    ["2026-01-31T09:00:00+01:00", "2026-01-31T08:00:00Z"],
    ["2026-01-31t08:00:00.120z", "2026-01-31T08:00:00.12Z"],
    ["2026-01-31T08:00:00.123456789Z", "2026-01-31T08:00:00.123456789Z"],
    ["2026-13-31T08:00:00Z", undefined],
    ["yesterday", undefined],
  ])("%s is written %s", (text, canonical) => expect(canonicalTimestamp(text)).toBe(canonical));
});
