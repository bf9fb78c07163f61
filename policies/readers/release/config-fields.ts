import type { Path, Place } from "../../../model/place";
import { type Bytes, formatBytes, parseDuration } from "../../../model/units";
import type { ConfigValue } from "../../../render/config-tree";
import { UNKNOWN } from "../../unknown-value";
import { type ConfigKey, isBlock, keysIn } from "./config-block";
import { asExtra } from "./nats-conf";
import { joined, type Part, part } from "./part";
import type { PodVariables } from "./pod-variables";

/** What is known beside a configuration. */
export interface ConfigContext {
  readonly variables: PodVariables;
  readonly place: (path: Path) => Place;
}

/** Reads one key. */
export type Read = (key: ConfigKey, context: ConfigContext) => Part;

/** A key in the servers' own words. */
export function extra(field: string): Read {
  return ({ value, path }, { place }) => part(`extraConfig.${field}`, asExtra(value), place(path));
}

export const nothing: Read = () => joined([]);

/** A field whose value is no variable, or one whose text is known; anything else is not known. */
export function plain(field: string, convert: (value: ConfigValue) => unknown): Read {
  return ({ value, path }, { variables, place }) => {
    const known = variables.value(value);
    const converted = known === undefined || known === UNKNOWN ? UNKNOWN : convert(known);
    return part(field, converted ?? UNKNOWN, place(path));
  };
}

export const number = (value: ConfigValue) => (typeof value === "number" ? value : undefined);
export const text = (value: ConfigValue) => (typeof value === "string" ? value : undefined);
export const time = (value: ConfigValue) => (typeof value === "string" ? (durationOf(value) ?? undefined) : undefined);

/** An amount of a configuration in the model's form. */
export function bytesOf(value: unknown): Bytes | undefined {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return undefined;
  return value < 0 ? value : formatBytes(BigInt(value));
}

/** A duration of Go as the model has it; one of several units is not read. */
export function durationOf(value: string): string | undefined {
  return parseDuration(value) === undefined ? undefined : value;
}

/** TLS of a side. What the model does not have stays in the servers' words. */
export function tlsPart(field: string, block: string): Read {
  return ({ value, path }, context) => {
    if (!isBlock(value)) return part(field, UNKNOWN, context.place(path));
    const keys = keysIn(value, path);
    const own = keys.flatMap(({ key, value: item }) => {
      const [name, convert] = TLS_FIELDS[key] ?? [];
      return name && convert ? [[name, convert(item) ?? UNKNOWN] as const] : [];
    });
    return joined([
      part(field, Object.fromEntries(own), context.place(path)),
      ...keys.filter(({ key }) => !TLS_FIELDS[key]).map((key) => extra(`${block}tls.${key.key}`)(key, context)),
    ]);
  };
}

export const flag = (value: ConfigValue) => (typeof value === "boolean" ? value : undefined);

const TLS_FIELDS: Readonly<Record<string, readonly [string, (value: ConfigValue) => unknown]>> = {
  cert_file: ["certFile", text],
  key_file: ["keyFile", text],
  ca_file: ["caFile", text],
  verify: ["verify", flag],
  verify_and_map: ["verifyAndMap", flag],
  timeout: ["timeout", (value) => (typeof value === "number" ? `${Math.round(value * 1000)}ms` : time(value))],
  min_version: ["minVersion", text],
  cipher_suites: ["cipherSuites", (value) => (Array.isArray(value) ? value : undefined)],
  curve_preferences: ["curvePreferences", (value) => (Array.isArray(value) ? value : undefined)],
  handshake_first: [
    "handshakeFirst",
    (value) => (value === true || value === false || value === "auto" ? value : undefined),
  ],
};
