import { canonicalStreamConfig } from "../../model/event-bus/bus-stream-config";
import type { BusSettingsSpec, BusStreamConfigSpec } from "../../model/event-bus/event-bus-spec";
import { type Bytes, type Duration, parseBytes, parseDuration, parseInt64 } from "../../model/units";
import { goDuration } from "../go-duration";

const RETENTION = { limits: 0, interest: 1, workqueue: 2 } as const;
const DISCARD = { old: 0, new: 1 } as const;

// nats-server reads these as powers of 1024, and `1G` as a power of 1000: only the first kind is written.
const SERVER_UNITS = [
  ["TB", 1n << 40n],
  ["GB", 1n << 30n],
  ["MB", 1n << 20n],
  ["KB", 1n << 10n],
] as const;

const inGo = (duration: Duration) => goDuration(parseDuration(duration) ?? 0n);

/** A size in nats-server's words: `"1GiB"` is `1GB`, which it reads as 1024³ bytes. */
export function serverSize(bytes: Bytes): string {
  const amount = parseBytes(bytes) ?? 0n;
  return amount <= 0n ? amount.toString() : scaled(amount, SERVER_UNITS);
}

function scaled(amount: bigint, units: readonly (readonly [string, bigint])[]): string {
  const [unit, size] = units.find(([, each]) => amount % each === 0n) ?? ["", 1n];
  return `${amount / size}${unit}`;
}

const STREAM_LINES: { [K in keyof BusStreamConfigSpec]-?: (value: NonNullable<BusStreamConfigSpec[K]>) => string } = {
  maxMsgs: (value) => `maxMsgs: ${parseInt64(value)}`,
  maxAge: (value) => `maxAge: ${inGo(value)}`,
  // Argo's clients read a number here and take a text for 0, which is unlimited.
  maxBytes: (value) => `maxBytes: ${parseBytes(value)}`,
  replicas: (value) => `replicas: ${value}`,
  duplicateWindow: (value) => `duplicates: ${inGo(value)}`,
  retention: (value) => `retention: ${RETENTION[value]}`,
  discard: (value) => `discard: ${DISCARD[value]}`,
};

/**
 * `streamConfig` as Argo wants it: one line a field, in an order that never changes. Argo's webhook compares this text
 * byte by byte. `undefined` where nothing is said.
 */
export function streamConfigText(config: BusStreamConfigSpec): string | undefined {
  return lines(STREAM_LINES, canonicalStreamConfig(config));
}

const SETTING_LINES: { [K in keyof BusSettingsSpec]-?: (value: NonNullable<BusSettingsSpec[K]>) => string } = {
  maxMemoryStore: (value) => `max_memory_store: ${serverSize(value)}`,
  maxFileStore: (value) => `max_file_store: ${serverSize(value)}`,
  // In quotes: nats-server reads a bare `5m` as five million seconds.
  syncInterval: (value) => `sync_interval: "${value === "always" ? value : inGo(value)}"`,
  maxOutstandingCatchup: (value) => `max_outstanding_catchup: ${serverSize(value)}`,
};

/** `settings` as nats-server reads them, inside its `jetstream` block. `undefined` where nothing is said. */
export function settingsText(settings: BusSettingsSpec): string | undefined {
  return lines(SETTING_LINES, settings);
}

function lines(table: object, values: object): string | undefined {
  const writers = table as Readonly<Record<string, (value: unknown) => string>>;
  const given = values as Readonly<Record<string, unknown>>;
  const written = Object.entries(writers).flatMap(([key, write]) =>
    given[key] === undefined ? [] : [`${write(given[key])}\n`],
  );
  return written.length > 0 ? written.join("") : undefined;
}
