import { z } from "zod";
import { isLiteral, isValidSubject } from "./subjects";
import {
  type Bytes,
  canonicalTimestamp,
  type Duration,
  type Int64,
  parseBytes,
  parseDuration,
  parseInt64,
  type Timestamp,
} from "./units";

/** How a leaf travels: its canonical form in a spec and its form on the wire depend on it. */
export type Unit = "duration" | "bytes" | "int64" | "timestamp" | "set";

/** The unit of each schema that has one; walkers look it up. */
export const units = z.registry<{ unit: Unit }>();

/** A duration, optionally zero or at least `least`. */
export function durationField(least?: Duration) {
  const minimum = least && (parseDuration(least) as bigint);
  const isDuration = (value: unknown) => {
    const parsed = parseDuration(value);
    return parsed !== undefined && (!minimum || parsed === 0n || parsed >= minimum);
  };
  const wanted = `must be a duration such as "250ms" or "7d"${least ? `, "0s" or at least "${least}"` : ""}`;
  return z.custom<Duration>(isDuration, wanted).register(units, { unit: "duration" });
}

/** An amount of data from -1 (no limit) up to `most`. */
export function bytesField(most?: bigint) {
  const isBytes = (value: unknown) => {
    const parsed = parseBytes(value);
    return parsed !== undefined && parsed >= -1n && (most === undefined || parsed <= most);
  };
  const limit = most === undefined ? "" : `, at most ${most}`;
  return z
    .custom<Bytes>(isBytes, `must be whole bytes or an amount such as "10GiB" (KiB, MiB, GiB, TiB)${limit}`)
    .register(units, { unit: "bytes" });
}

/** A 64-bit whole number from `least` to `most`. */
export function int64Field(least: number, most = (1n << 63n) - 1n) {
  const isInt64 = (value: unknown) => {
    const parsed = parseInt64(value);
    return parsed !== undefined && parsed >= BigInt(least) && parsed <= most;
  };
  return z.custom<Int64>(isInt64, `must be a whole number from ${least} to ${most}`).register(units, { unit: "int64" });
}

/** A sequence or rate, which uses all 64 bits. */
export const uint64Field = () => int64Field(0, (1n << 64n) - 1n);

/** A small whole number. */
export const intField = (least: number, most = 2_147_483_647) =>
  z
    .int(`must be a whole number from ${least} to ${most}`)
    .min(least, `must be a whole number from ${least} to ${most}`)
    .max(most, `must be a whole number from ${least} to ${most}`);

export const timestampField = () =>
  z
    .custom<Timestamp>(
      (value) => canonicalTimestamp(value) !== undefined,
      'must be an instant such as "2026-01-31T08:00:00Z"',
    )
    .register(units, { unit: "timestamp" });

export const subjectField = () =>
  z
    .string("must be a subject")
    .refine(isValidSubject, "must be a subject: tokens separated by dots, wildcards * and >");

export const literalSubjectField = () =>
  z.string("must be a subject").refine((s) => isValidSubject(s) && isLiteral(s), "must be a subject without wildcards");

/** A list whose order means nothing: the normal form sorts it. */
export const setField = <T extends z.ZodType>(element: T) => z.array(element).register(units, { unit: "set" });

// server/jetstream.go: JSMaxNameLen 255; server/stream.go isValidAssetName.
export const assetNameField = () =>
  z
    .string("must be a name")
    .regex(/^[^\s.*>/\\\0]{1,255}$/, "must be 1 to 255 characters without white space, dot, *, >, / or \\");

/** A bucket's name, as every client demands it. */
export const bucketNameField = () =>
  z.string("must be a name").regex(/^[a-zA-Z0-9_-]{1,251}$/, "must be 1 to 251 letters, digits, _ or -");

export const RESERVED_PREFIXES = ["headwater.", "_nats."] as const;

export const metadataField = () =>
  z
    .record(z.string(), z.string("must be a text"))
    .refine(
      (metadata) => !Object.keys(metadata).some((key) => RESERVED_PREFIXES.some((prefix) => key.startsWith(prefix))),
      'must not use the reserved prefixes "headwater." and "_nats."',
    )
    .refine(
      (metadata) => isAtMost(131_072, Object.entries(metadata).flat().join("")),
      "must not exceed 128 KiB of keys and values",
    );

export const descriptionField = () =>
  z.string("must be a text").refine((text) => isAtMost(4096, text), "must not exceed 4096 bytes");

export const dataClassField = () => z.enum(["audit", "standard", "ephemeral"]);

const encoder = new TextEncoder();

// A unit of a text has three bytes at most: most texts are short enough whatever is in them.
function isAtMost(bytes: number, text: string): boolean {
  return text.length * 3 <= bytes || encoder.encode(text).length <= bytes;
}
