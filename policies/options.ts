import { type Bytes, type Duration, parseBytes, parseDuration } from "../model/units";
import type { Option } from "./option";

type Described<T> = readonly [fallback: T, description: string];

/** A regular expression, as JavaScript reads it. */
export function pattern(...[fallback, description]: Described<string>): Option<string> {
  const accepts = (value: unknown) => typeof value === "string" && isPattern(value);
  return {
    description,
    default: fallback,
    schema: { type: "string" },
    wanted: "must be a regular expression",
    accepts,
  };
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

/** A regular expression with one group, which is what is looked for. */
export function capture(...[fallback, description]: Described<string>): Option<string> {
  const accepts = (value: unknown) => typeof value === "string" && isPattern(value) && groupsOf(value) === 1;
  const wanted = "must be a regular expression with one group";
  return { description, default: fallback, schema: { type: "string" }, wanted, accepts };
}

// An alternative that is empty matches everything, and has every group.
function groupsOf(text: string): number {
  return (new RegExp(`${text}|`).exec("")?.length ?? 1) - 1;
}

/** A text, which may be empty. */
export function text(...[fallback, description]: Described<string>): Option<string> {
  const accepts = (value: unknown) => typeof value === "string";
  return { description, default: fallback, schema: { type: "string" }, wanted: "must be a text", accepts };
}

/** A list of texts. */
export function texts(...[fallback, description]: Described<readonly string[]>): Option<readonly string[]> {
  const accepts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === "string");
  const schema = { type: "array", items: { type: "string" } } as const;
  return { description, default: fallback, schema, wanted: "must be a list of texts", accepts };
}

export function flag(...[fallback, description]: Described<boolean>): Option<boolean> {
  const accepts = (value: unknown) => typeof value === "boolean";
  return { description, default: fallback, schema: { type: "boolean" }, wanted: "must be true or false", accepts };
}

/** A whole number from `least` to `most`. */
export function integer(least: number, most: number, ...[fallback, description]: Described<number>): Option<number> {
  const accepts = (value: unknown) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  const schema = { type: "integer", minimum: least, maximum: most } as const;
  return { description, default: fallback, schema, wanted: `must be a whole number from ${least} to ${most}`, accepts };
}

/** A share, from 0 to 1. */
export function share(...[fallback, description]: Described<number>): Option<number> {
  const accepts = (value: unknown) => typeof value === "number" && value > 0 && value <= 1;
  const schema = { type: "number", minimum: 0, maximum: 1 } as const;
  return { description, default: fallback, schema, wanted: "must be a number above 0, at most 1", accepts };
}

/** A length of time, `"7d"`. */
export function duration(...[fallback, description]: Described<Duration>): Option<Duration> {
  const accepts = (value: unknown) => parseDuration(value) !== undefined;
  const wanted = 'must be a duration such as "7d"';
  return { description, default: fallback, schema: { type: "string" }, wanted, accepts };
}

/** An amount of data, `"20GiB"`; empty where none is said. */
export function bytes(...[fallback, description]: Described<Bytes | "">): Option<Bytes | ""> {
  const accepts = (value: unknown) => value === "" || (typeof value === "string" && (parseBytes(value) ?? -1n) > 0n);
  const wanted = 'must be an amount such as "20GiB"';
  return { description, default: fallback, schema: { type: "string" }, wanted, accepts };
}
