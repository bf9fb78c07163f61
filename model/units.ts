/** A length of time: a decimal number and one unit, `"250ms"`, `"1.5h"`, `"7d"`. A day is 24 hours. */
export type Duration = `${number}${"ns" | "us" | "ms" | "s" | "m" | "h" | "d"}`;

/** An amount of data: a whole number of bytes, or a number with a binary unit, `"512KiB"`, `"10GiB"`. */
export type Bytes = number | `${number}${"B" | "KiB" | "MiB" | "GiB" | "TiB"}`;

/** A whole number the server keeps in 64 bits. Above 2^53 write it as a decimal string. */
export type Int64 = number | `${bigint}`;

/** An instant in RFC 3339: `"2026-01-31T08:00:00Z"`. */
export type Timestamp = string;

type Scale = ReadonlyMap<string, bigint>;

// Largest first: formatting takes the first unit that divides without remainder.
const DURATIONS: Scale = new Map([
  ["d", 86_400_000_000_000n],
  ["h", 3_600_000_000_000n],
  ["m", 60_000_000_000n],
  ["s", 1_000_000_000n],
  ["ms", 1_000_000n],
  ["us", 1_000n],
  ["ns", 1n],
]);
const BYTES: Scale = new Map([
  ["TiB", 1n << 40n],
  ["GiB", 1n << 30n],
  ["MiB", 1n << 20n],
  ["KiB", 1n << 10n],
  ["B", 1n],
]);
const INT64_MAX = (1n << 63n) - 1n;
const UINT64_MAX = (1n << 64n) - 1n;

function parseScaled(text: string, scale: Scale): bigint | undefined {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]+)$/.exec(text);
  if (!match) return undefined;
  const [, whole = "", fraction = "", unit = ""] = match;
  const size = scale.get(unit);
  if (size === undefined) return undefined;
  const denominator = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * size;
  const exact = scaled % denominator === 0n && scaled / denominator <= INT64_MAX;
  return exact ? scaled / denominator : undefined;
}

function formatScaled(value: bigint, scale: Scale, zero: string): string {
  if (value === 0n) return zero;
  for (const [unit, size] of scale) if (value % size === 0n) return `${value / size}${unit}`;
  return zero;
}

/** Nanoseconds of a duration, or `undefined` when the text is none, is finer than 1 ns, or exceeds 64 bits. */
export function parseDuration(value: unknown): bigint | undefined {
  return typeof value === "string" ? parseScaled(value, DURATIONS) : undefined;
}

/** The shortest exact form: the largest unit without remainder. `formatDuration(3600000000000n)` is `"1h"`. */
export function formatDuration(nanoseconds: bigint): Duration {
  return formatScaled(nanoseconds, DURATIONS, "0s") as Duration;
}

/** Bytes of an amount, or `undefined` when it is none. `-1` and its string form mean "no limit". */
export function parseBytes(value: unknown): bigint | undefined {
  return typeof value === "string" ? (parseScaled(value, BYTES) ?? parseInt64(value)) : parseInt64(value);
}

/** The shortest exact form, `"10GiB"`; `-1` stays a number. */
export function formatBytes(bytes: bigint): Bytes {
  return bytes < 0n ? Number(bytes) : (formatScaled(bytes, BYTES, "0B") as Bytes);
}

/** A whole number, given as a safe JavaScript number or a decimal string. */
export function parseInt64(value: unknown): bigint | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  const isText = typeof value === "string" && /^-?\d{1,20}$/.test(value);
  const parsed = typeof value === "bigint" || isText ? BigInt(value) : undefined;
  return parsed !== undefined && parsed <= UINT64_MAX ? parsed : undefined;
}

/** A number where JavaScript holds it exactly, a decimal string above. */
export function formatInt64(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : (value.toString() as Int64);
}

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** The instant in UTC without trailing zeros, `undefined` when the text is no RFC 3339 instant. */
export function canonicalTimestamp(value: unknown): Timestamp | undefined {
  const match = typeof value === "string" ? RFC3339.exec(value) : null;
  const instant = match && new Date(`${match[1]}T${match[2]}${match[4]?.toUpperCase()}`);
  if (!match || !instant || Number.isNaN(instant.getTime())) return undefined;
  // Nanoseconds do not fit a Date: seconds go through it, the fraction is carried as text.
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  return `${instant.toISOString().slice(0, 19)}${fraction && `.${fraction}`}Z`;
}

/** Checks a text that comes from configuration: `maxAge: duration(config.require("maxAge"))`. */
export function duration(text: string): Duration {
  if (parseDuration(text) === undefined) throw new TypeError(`"${text}" is not a duration such as "250ms" or "7d"`);
  return text as Duration;
}

/** Checks a text or number that comes from configuration: `maxBytes: bytes(config.require("maxBytes"))`. */
export function bytes(value: string | number | bigint): Bytes {
  const parsed = parseBytes(value);
  if (parsed === undefined) throw new TypeError(`"${value}" is not an amount of data such as 1024 or "10GiB"`);
  return formatBytes(parsed);
}

/** An amount times a factor, rounded down to whole bytes: `scaleBytes("10GiB", 0.1)` is `"1GiB"`. No limit stays none. */
export function scaleBytes(amount: Bytes, factor: number): Bytes {
  const parsed = parseBytes(amount);
  if (parsed === undefined || !(factor > 0)) throw new TypeError(`cannot scale "${amount}" by ${factor}`);
  return parsed < 0n ? amount : formatBytes(BigInt(Math.floor(Number(parsed) * factor)));
}
