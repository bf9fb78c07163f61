import { type Bytes, type Duration, formatBytes, formatDuration, parseBytes, parseDuration } from "../../model/units";
import type { Bare } from "../config-tree";

/** An amount as the server reads it, `8GiB`; -1 stays a number. conf/parse.go: units of 1,024 end in `iB`. */
export function amount(bytes: Bytes | undefined): Bare | number | undefined {
  const parsed = bytes === undefined ? undefined : parseBytes(bytes);
  if (parsed === undefined) return undefined;
  return parsed <= 0n ? Number(parsed) : { bare: String(formatBytes(parsed)).replace(/(\d)B$/, "$1") };
}

/** A duration as Go reads it: days become hours. */
export function time(duration: Duration | undefined): string | undefined {
  const parsed = duration === undefined ? undefined : parseDuration(duration);
  if (parsed === undefined) return undefined;
  const text = formatDuration(parsed);
  return text.endsWith("d") ? `${Number.parseInt(text, 10) * 24}h` : text;
}

/** A duration in seconds, for fields that are older than durations. */
export function seconds(duration: Duration | undefined): number | undefined {
  const parsed = duration === undefined ? undefined : parseDuration(duration);
  return parsed === undefined ? undefined : Number(parsed) / 1e9;
}
