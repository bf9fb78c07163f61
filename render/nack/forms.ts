import {
  canonicalTimestamp,
  formatBytes,
  formatDuration,
  formatInt64,
  parseBytes,
  parseDuration,
  parseInt64,
} from "../../model/units";
import { isObject, showValue } from "../../model/walk";
import { goDuration, parseGoDuration } from "../go-duration";
import type { Form, Refusal, Report, Row } from "./row";
import { readRows, writeRows } from "./rows";

const INT64_MAX = (1n << 63n) - 1n;

const TOO_LARGE: Refusal = {
  code: "NK102",
  severity: "error",
  problem: "is above 9223372036854775807, and NACK's numbers are signed",
  remedy: "Use a smaller number, or make this asset with Pulumi or headwater apply.",
};

const NO_WORD: Refusal = {
  code: "NK101",
  severity: "error",
  problem: "cannot be said in a NACK resource",
  remedy: "Use another value, or make this asset with Pulumi or headwater apply.",
};

/**
 * A whole number as manifests hold it: a number where its digits survive JSON, else a `bigint`, which YAML writes with
 * every digit.
 */
export function manifestNumber(value: bigint): number | bigint {
  return String(Number(value)) === value.toString() ? Number(value) : value;
}

// A YAML reader hands on what is beyond 2^53 as decimal text; a shorter one was written as text.
function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  const parsed = parseInt64(value);
  return parsed !== undefined && !Number.isSafeInteger(Number(parsed)) ? parsed : undefined;
}

function wrong(report: Report, field: string, wanted: string, value: unknown): undefined {
  report(field, `must be ${wanted}, got ${showValue(value)}`, "Correct the value.", value);
}

function numbers(parse: (value: unknown) => bigint | undefined, format: (value: bigint) => unknown): Form {
  return {
    write: (value, field, refuse) => {
      const parsed = parse(value);
      if (parsed !== undefined && parsed > INT64_MAX) return void refuse(field, TOO_LARGE, value);
      return parsed === undefined ? value : manifestNumber(parsed);
    },
    read: (value, field, report) => {
      const parsed = wholeNumber(value);
      return parsed === undefined ? wrong(report, field, "a whole number", value) : format(parsed);
    },
  };
}

export const int = numbers(parseInt64, Number);
export const int64 = numbers(parseInt64, formatInt64);
export const bytes = numbers(parseBytes, formatBytes);
/** A duration as a number of nanoseconds. */
export const nanoseconds = numbers(parseDuration, formatDuration);

function texts(write: (value: string) => unknown, wanted: string, read: (value: string) => unknown): Form {
  return {
    write: (value) => (typeof value === "string" ? write(value) : value),
    read: (value, field, report) => {
      const got = typeof value === "string" ? read(value) : undefined;
      return got === undefined ? wrong(report, field, wanted, value) : got;
    },
  };
}

const mapped = <T, R>(value: T | undefined, map: (value: T) => R) => (value === undefined ? undefined : map(value));

export const text = texts(
  (value) => value,
  "a text",
  (value) => value,
);
export const duration = texts(
  (value) => mapped(parseDuration(value), goDuration) ?? value,
  'a duration of Go such as "90s" or "1h30m"',
  (value) => mapped(parseGoDuration(value), formatDuration),
);
export const timestamp = texts(
  (value) => value,
  'an instant such as "2026-01-31T08:00:00Z"',
  (value) => canonicalTimestamp(value),
);
/** A percentage: NACK reads whole ones up to 100, in its older mode without the sign, and sends one with it. */
export const percent: Form = {
  ...texts(
    (value) => value,
    'a whole percentage such as "30"',
    (value) =>
      /^\d{1,3}%?$/.test(value) && Number.parseInt(value, 10) <= 100 ? `${Number.parseInt(value, 10)}%` : undefined,
  ),
  write: (value, field, refuse) => {
    const percentage = Number.parseInt(String(value), 10);
    return percentage > 100 ? void refuse(field, NO_WORD, value) : String(percentage);
  },
};

/** Waits between deliveries. The first is the acknowledgment's as well, and servers that are asked strictly refuse none. */
export const backoff: Form = {
  ...list(duration),
  write: (value, field, refuse) => {
    if (Array.isArray(value) && parseDuration(value[0]) === 0n) return void refuse(`${field}[0]`, NO_WORD, value[0]);
    return list(duration).write(value, field, refuse);
  },
};

export const flag: Form = {
  write: (value) => value,
  read: (value, field, report) => (typeof value === "boolean" ? value : wrong(report, field, "true or false", value)),
};

/** One of several words; those that are written differently come with both. */
export function words(names: Readonly<Record<string, string>>): Form {
  const back = Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [theirs, ours]));
  const wanted = `one of ${Object.keys(back)
    .map((word) => JSON.stringify(word))
    .join(", ")}`;
  return {
    write: (value, field, refuse) => names[String(value)] ?? refuse(field, NO_WORD, value),
    read: (value, field, report) =>
      typeof value === "string" && Object.hasOwn(back, value) ? back[value] : wrong(report, field, wanted, value),
  };
}

export function list(element: Form): Form {
  return {
    ...(element.rows && { rows: element.rows }),
    write: (value, field, refuse) =>
      Array.isArray(value) ? value.map((item, i) => element.write(item, `${field}[${i}]`, refuse)) : value,
    read: (value, field, report) => {
      if (!Array.isArray(value)) return wrong(report, field, "a list", value);
      return value.map((item, i) => element.read(item, `${field}[${i}]`, report)).filter((item) => item !== undefined);
    },
  };
}

/** Labels by key. */
export const labels: Form = {
  write: (value) => value,
  read: (value, field, report) => {
    const isLabels = isObject(value) && Object.values(value).every((label) => typeof label === "string");
    return isLabels ? value : wrong(report, field, "a map of texts", value);
  },
};

/** An object with fields of its own. */
export function object(rows: readonly Row[]): Form {
  return {
    rows,
    write: (value, field, refuse) => (isObject(value) ? writeRows(rows, value, field, refuse) : value),
    read: (value, field, report) =>
      isObject(value) ? readRows(rows, value, field, report) : wrong(report, field, "a map of its fields", value),
  };
}
