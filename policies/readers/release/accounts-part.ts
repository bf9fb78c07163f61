import type { Path } from "../../../model/place";
import { type ConfigValue, isList } from "../../../render/config-tree";
import { UNKNOWN } from "../../unknown-value";
import { type ConfigKey, isBlock, keysIn } from "./config-block";
import { bytesOf, type ConfigContext } from "./config-fields";
import { asExtra } from "./nats-conf";
import { joined, type Part, part } from "./part";

/** Accounts and their users. What the model has no field for stays in the servers' words. */
export function accountsPart({ value, path }: ConfigKey, context: ConfigContext): Part {
  if (!isBlock(value)) return part("accounts", UNKNOWN, context.place(path));
  return joined([
    part("accounts", {}, context.place(path)),
    // Names of accounts keep their case.
    ...Object.entries(value).map(([name, account]) => accountPart(name, account, [...path, name], context)),
  ]);
}

type Convert = (value: ConfigValue, context: ConfigContext, path: Path) => unknown;

const READERS: Readonly<Record<string, readonly [field: string, convert: Convert]>> = {
  users: ["users", (value, context) => (isList(value) ? value.map((user) => userOf(user, context)) : UNKNOWN)],
  jetstream: ["jetstream", jetStreamOf],
};
// No rule asks for what accounts share: it is there, and that is all.
const SHARED = ["exports", "imports", "limits", "default_permissions", "mappings", "msg_trace"];

function accountPart(name: string, account: ConfigValue | undefined, path: Path, context: ConfigContext): Part {
  const at = context.place(path);
  if (!isBlock(account)) return placed({ accounts: { [name]: UNKNOWN } }, `accounts.${name}`, at);
  const parts = keysIn(account, path).map(({ key, value, path: inner }) => {
    const [field, convert] = READERS[key] ?? [];
    if (field && convert) {
      const spec = { accounts: { [name]: { [field]: convert(value, context, inner) } } };
      return joined([
        placed(spec, `accounts.${name}.${field}`, context.place(inner)),
        ...itemPlaces(name, field, value, inner, context),
      ]);
    }
    if (SHARED.includes(key)) return joined([]);
    return placed(
      { extraConfig: { accounts: { [name]: { [key]: asExtra(value) } } } },
      `extraConfig.accounts.${name}.${key}`,
      context.place(inner),
    );
  });
  return joined([placed({ accounts: { [name]: {} } }, `accounts.${name}`, at), ...parts]);
}

const placed = (spec: Part["spec"], field: string, place: Part["places"][string]): Part => ({
  spec,
  places: { [field]: place },
});

function itemPlaces(name: string, field: string, value: ConfigValue, path: Path, { place }: ConfigContext): Part[] {
  if (!isList(value)) return [];
  return value.map((_, i) => placed({}, `accounts.${name}.${field}[${i}]`, place([...path, i])));
}

function userOf(user: ConfigValue, { variables }: ConfigContext): unknown {
  if (!isBlock(user)) return UNKNOWN;
  const found = new Map(keysIn(user, []).map(({ key, value }) => [key, value]));
  const [name, password, nkey] = [
    found.get("user") ?? found.get("username"),
    found.get("password") ?? found.get("pass"),
    found.get("nkey"),
  ];
  const text = (value: ConfigValue) => {
    const known = variables.value(value);
    return typeof known === "string" ? known : UNKNOWN;
  };
  return {
    ...(name !== undefined && { user: text(name) }),
    ...(password !== undefined && { password: variables.secret(password) }),
    ...(nkey !== undefined && { nkey: text(nkey) }),
  };
}

const LIMITS: Readonly<Record<string, string>> = {
  max_memory: "maxMemory",
  max_mem: "maxMemory",
  max_file: "maxFile",
  max_store: "maxFile",
  memory_max_stream_bytes: "memoryMaxStreamBytes",
  store_max_stream_bytes: "storeMaxStreamBytes",
};
const COUNTS: Readonly<Record<string, string>> = {
  max_streams: "maxStreams",
  max_consumers: "maxConsumers",
  max_ack_pending: "maxAckPending",
  max_bytes_required: "maxBytesRequired",
};

function jetStreamOf(value: ConfigValue, { variables }: ConfigContext): unknown {
  if (typeof value === "boolean") return value;
  if (value === "enabled" || value === "disabled") return value === "enabled";
  if (!isBlock(value)) return UNKNOWN;
  const entries = keysIn(value, []).flatMap(({ key, value: item }): [string, unknown][] => {
    const known = variables.value(item);
    if (LIMITS[key]) return [[LIMITS[key], bytesOf(known) ?? UNKNOWN]];
    if (!COUNTS[key]) return [];
    return [[COUNTS[key], typeof known === "number" || typeof known === "boolean" ? known : UNKNOWN]];
  });
  return Object.fromEntries(entries);
}
