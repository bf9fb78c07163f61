import { type FlatEntry, readFlatText } from "./flat-text";

/** `streamConfig` of the controller's configuration, as it is installed. */
export const CONTROLLER_STREAM_CONFIG = [
  "maxMsgs: 50000",
  "maxAge: 168h",
  "maxBytes: -1",
  "replicas: 3",
  "duplicates: 300s",
  "retention: 0",
  "discard: 0",
  "",
].join("\n");

/**
 * What Argo's controller makes of its own `streamConfig` and that of a native bus, and hands to its clients: keys in lower
 * case and sorted, each of the bus in place of the controller's.
 */
export function mergeStreamConfig(
  defaults: string = CONTROLLER_STREAM_CONFIG,
  given = "",
): Readonly<Record<string, string | number | boolean>> {
  const entries = [defaults, given].flatMap((text) => readFlatText(text).entries);
  const merged = new Map(entries.map((entry) => [entry.key.toLowerCase(), scalarOf(entry)]));
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function scalarOf({ value, isQuoted }: FlatEntry): string | number | boolean {
  if (isQuoted) return value;
  if (/^-?\d+(\.\d+)?$/.test(value) && Number.isSafeInteger(Math.trunc(Number(value)))) return Number(value);
  return value === "true" || value === "false" ? value === "true" : value;
}
