import {
  type Bytes,
  type Duration,
  formatBytes,
  formatDuration,
  formatInt64,
  parseBytes,
  parseInt64,
} from "../../model/units";
import { parseGoDuration } from "../go-duration";
import { type FlatEntry, readFlatText } from "./flat-text";

/** What a text said, and the lines of it that said nothing known. */
export interface ReadText {
  readonly value: Readonly<Record<string, unknown>>;
  readonly unread: readonly string[];
}

/** A duration of Go, `1h30m`; a number alone is nanoseconds. */
export function readGoDuration(text: string): Duration | undefined {
  if (/^\d+$/.test(text)) return formatDuration(BigInt(text));
  const parsed = parseGoDuration(text);
  return parsed === undefined ? undefined : formatDuration(parsed);
}

const POWERS = "kmgtpe";

/** A size as nats-server's configuration reads it: `1G` is 1000³ bytes, `1GB` and `1GiB` are 1024³. */
export function readServerSize(text: string): Bytes | undefined {
  const [, digits, unit = ""] = /^(-?\d+)\s*([a-z]*)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const [power = "", ...rest] = unit.toLowerCase();
  const exponent = power === "" ? 0 : POWERS.indexOf(power) + 1;
  const isKnown = unit === "" || (exponent > 0 && ["", "b", "i", "ib"].includes(rest.join("")));
  if (!isKnown) return undefined;
  return formatBytes(BigInt(digits) * (rest.length > 0 ? 1024n : 1000n) ** BigInt(exponent));
}

type Field = readonly [key: string, read: (text: string, isQuoted: boolean) => unknown];

const whole = (text: string) => {
  const parsed = parseInt64(text);
  return parsed === undefined ? undefined : formatInt64(parsed);
};
const bytes = (text: string) => {
  const parsed = parseInt64(text);
  return parsed === undefined ? undefined : formatBytes(parsed);
};
const choice =
  (...words: readonly string[]) =>
  (text: string) =>
    words[Number(text)];

// Argo looks keys up without regard to case.
const STREAM_FIELDS: Readonly<Record<string, Field>> = {
  maxmsgs: ["maxMsgs", whole],
  maxage: ["maxAge", readGoDuration],
  maxbytes: ["maxBytes", bytes],
  replicas: ["replicas", whole],
  duplicates: ["duplicateWindow", readGoDuration],
  retention: ["retention", choice("limits", "interest", "workqueue")],
  discard: ["discard", choice("old", "new")],
};

/** `streamConfig` of an EventBus. */
export function readStreamConfig(text: string): ReadText {
  return readFields(text, STREAM_FIELDS);
}

// nats-server reads a bare `5m` as five million, and numbers as seconds.
function readInterval(text: string, isQuoted: boolean): unknown {
  if (text === "always") return text;
  const seconds = isQuoted ? undefined : parseBytes(readServerSize(text));
  return seconds === undefined ? readGoDuration(text) : formatDuration(seconds * 1_000_000_000n);
}

const SETTING_FIELDS: Readonly<Record<string, Field>> = {
  max_memory_store: ["maxMemoryStore", readServerSize],
  max_mem_store: ["maxMemoryStore", readServerSize],
  max_mem: ["maxMemoryStore", readServerSize],
  max_file_store: ["maxFileStore", readServerSize],
  max_file: ["maxFileStore", readServerSize],
  sync_interval: ["syncInterval", readInterval],
  max_outstanding_catchup: ["maxOutstandingCatchup", readServerSize],
};

/** `settings` of an EventBus. */
export function readSettings(text: string): ReadText {
  return readFields(text, SETTING_FIELDS);
}

function readFields(text: string, fields: Readonly<Record<string, Field>>): ReadText {
  const { entries, unread } = readFlatText(text);
  const read = entries.map((entry) => ({ entry, ...readField(entry, fields) }));
  const failed = read.filter(({ value }) => value === undefined).map(({ entry }) => `${entry.key}: ${entry.value}`);
  const known = read.flatMap(({ key, value }) => (key !== undefined && value !== undefined ? [[key, value]] : []));
  return { value: Object.fromEntries(known), unread: [...unread, ...failed] };
}

function readField(
  { key, value, isQuoted }: FlatEntry,
  fields: Readonly<Record<string, Field>>,
): { key?: string; value?: unknown } {
  const field = fields[key.toLowerCase()];
  return field ? { key: field[0], value: field[1](value, isQuoted) } : {};
}
