import type { Finding } from "../model/finding";
import { parseDuration } from "../model/units";

/** How to reach one NATS account. Read from `nats:*` keys of a provider or of the stack configuration. */
export interface Settings {
  readonly servers: readonly string[];
  readonly name: string;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** Seed of a user nkey, `SU…`. */
  readonly nkey?: string;
  readonly jwt?: string;
  /** Text of a credentials file. */
  readonly creds?: string;
  readonly tls?: Readonly<Record<string, string | boolean>>;
  readonly apiPrefix: string;
  readonly inboxPrefix?: string;
  /** Deadline of one operation with its retries. */
  readonly timeoutMs: number;
  /** How long to wait for the first connection. */
  readonly connectTimeoutMs: number;
}

/** Reads one key, `undefined` when it is not set. */
export type GetConfig = (key: string) => string | undefined;

const TLS_KEYS = ["ca", "caFile", "cert", "certFile", "key", "keyFile"] as const;
const LOGINS: readonly (readonly string[])[] = [["user", "password"], ["token"], ["nkey"], ["jwt"], ["creds"]];

/** Reads and checks the settings. Never throws: Pulumi's `configure` must not. */
export function readSettings(getKey: GetConfig): { settings?: Settings; findings: Finding[] } {
  const get = (key: string) => getKey(`nats:${key}`) || undefined;
  const findings: Finding[] = [];
  const report = (field: string, problem: string, remedy: string) =>
    findings.push({
      code: "CN100",
      severity: "error",
      kind: "provider",
      name: "nats",
      field: `nats:${field}`,
      problem,
      remedy,
    });

  const servers = (get("servers") ?? "")
    .split(",")
    .map((server) => server.trim())
    .filter(Boolean);
  if (servers.length === 0) {
    report(
      "servers",
      "is not set",
      "Set it on the provider (new Provider(…, { servers })) or with `pulumi config set nats:servers nats://HOST:4222`.",
    );
  }
  if (servers.some(hasLogin))
    report("servers", "contains a user or password", "Move it to user and password, which are kept as secrets.");
  const logins = LOGINS.filter((keys) => keys.some(get)).map((keys) => keys[0]);
  const pair = logins.join() === "nkey,jwt";
  if (logins.length > 1 && !pair)
    report(logins.join(", nats:"), "are all set", "Keep one way to log in; a jwt goes with its nkey.");
  if (get("password") && !get("user")) report("password", "is set without a user", "Set user too.");
  if (get("domain") && get("apiPrefix")) report("domain", "excludes nats:apiPrefix", "Keep one of the two.");

  const milliseconds = (key: string, fallback: number) => {
    const text = get(key);
    const parsed = text === undefined ? undefined : parseDuration(text);
    if (text !== undefined && (parsed ?? 0n) < 1_000_000n)
      report(key, `must be a duration such as "30s", got "${text}"`, "Correct the value.");
    return parsed === undefined ? fallback : Number(parsed / 1_000_000n);
  };
  const timeoutMs = milliseconds("timeout", 30_000);
  const connectTimeoutMs = milliseconds("connectTimeout", 10_000);
  if (findings.length > 0) return { findings };

  const apiPrefix = get("apiPrefix") ?? (get("domain") ? `$JS.${get("domain")}.API` : "$JS.API");
  const plain = Object.fromEntries(
    ["user", "password", "token", "nkey", "jwt", "creds", "inboxPrefix"].flatMap((key) =>
      get(key) ? [[key, get(key)]] : [],
    ),
  );
  const name = get("name") ?? "headwater";
  return { findings, settings: { ...plain, servers, name, tls: readTls(get), apiPrefix, timeoutMs, connectTimeoutMs } };
}

function readTls(get: GetConfig): Settings["tls"] {
  const given = TLS_KEYS.flatMap((key) => (get(key) ? [[key, get(key) as string] as const] : []));
  const handshakeFirst = get("handshakeFirst") === "true";
  if (given.length === 0 && !handshakeFirst && get("tls") !== "true") return undefined;
  return { ...Object.fromEntries(given), ...(handshakeFirst && { handshakeFirst }) };
}

function hasLogin(server: string): boolean {
  return server.includes("@");
}
