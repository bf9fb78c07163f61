import type { ConfigValue } from "../../../render/config-tree";
import { UNKNOWN } from "../../unknown-value";
import { blockKeys, type ConfigKey, isBlock } from "./config-block";
import { bytesOf, type ConfigContext, durationOf, extra, flag, nothing, plain, type Read, text } from "./config-fields";
import { joined, type Part, part } from "./part";

/** JetStream, as `jetstream` of a configuration has it. */
export function jetStreamPart(key: ConfigKey, context: ConfigContext): Part {
  const { value, path } = key;
  const isOff = value === false || value === "disabled";
  if (isOff) return part("extraConfig.jetstream.enabled", false, context.place(path));
  // Where nothing is said the server takes a share of the disk, and of the memory, by itself.
  const place = context.place(path);
  const unlimited = [part("jetstream.maxFileStore", -1, place), part("jetstream.maxMemoryStore", UNKNOWN, place)];
  if (value === true || value === "enabled") return joined(unlimited);
  if (!isBlock(value)) return part("jetstream", UNKNOWN, context.place(path));
  const keys = blockKeys("jetstream", key);
  const has = (name: string) => keys.some((one) => one.key === name);
  const readers = { ...READERS, ...(has("key") && ENCRYPTION) };
  return joined([
    ...unlimited,
    ...keys.map((one) => (readers[one.key] ?? extra(`jetstream.${one.key}`))(one, context)),
  ]);
}

const secret =
  (field: string): Read =>
  ({ value, path }, { variables, place }) =>
    part(field, variables.secret(value), place(path));

const READERS: Readonly<Record<string, Read>> = {
  store_dir: nothing,
  max_file_store: plain("jetstream.maxFileStore", bytesOf),
  max_memory_store: plain("jetstream.maxMemoryStore", bytesOf),
  domain: plain("jetstream.domain", text),
  unique_tag: plain("jetstream.uniqueTag", text),
  strict: plain("jetstream.strict", flag),
  sync_interval: plain("jetstream.syncInterval", (value) =>
    value === "always" ? value : typeof value === "string" ? durationOf(value) : undefined,
  ),
};

const ENCRYPTION: Readonly<Record<string, Read>> = {
  key: secret("jetstream.encryption.key"),
  prev_encryption_key: secret("jetstream.encryption.previousKey"),
  cipher: plain("jetstream.encryption.cipher", cipherOf),
};

// server/opts.go: both names are taken, in any case.
function cipherOf(value: ConfigValue): string | undefined {
  const name = typeof value === "string" ? value.toLowerCase() : undefined;
  return name === "chachapoly" ? "chacha" : name;
}
