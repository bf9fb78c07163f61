import type { Finding } from "../model/finding";
import { parseDuration } from "../model/units";
import { type PortForwardSettings, parsePortForward } from "./port-forward-settings";

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
  /** Path of a credentials file on this machine. */
  readonly credsFile?: string;
  readonly tls?: Readonly<Record<string, string | boolean>>;
  readonly apiPrefix: string;
  readonly inboxPrefix?: string;
  /** Deadline of one operation with its retries. */
  readonly timeoutMs: number;
  /** How long to wait for the first connection. */
  readonly connectTimeoutMs: number;
  /** Servers the cluster is going to have. */
  readonly waitForServers?: number;
  /** Reach the servers through a Service in Kubernetes. */
  readonly portForward?: PortForwardSettings;
}

/** Reads one key, `undefined` when it is not set. */
export type GetConfig = (key: string) => string | undefined;

type Report = (field: string, problem: string, remedy: string) => void;

const TLS_KEYS = ["ca", "caFile", "cert", "certFile", "key", "keyFile"] as const;
const LOGINS: readonly (readonly string[])[] = [
  ["user", "password"],
  ["token"],
  ["nkey"],
  ["jwt"],
  ["creds"],
  ["credsFile"],
];

/** Reads and checks the settings. Never throws: Pulumi's `configure` must not. */
export function readSettings(getKey: GetConfig): { settings?: Settings; findings: Finding[] } {
  const get = (key: string) => getKey(`nats:${key}`) || undefined;
  const findings: Finding[] = [];
  const report: Report = (field, problem, remedy) =>
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

  const timeoutMs = milliseconds(get, report, "timeout", 30_000);
  const connectTimeoutMs = milliseconds(get, report, "connectTimeout", 10_000);
  const reach = readReach(get, report);
  if (findings.length > 0) return { findings };

  const apiPrefix = get("apiPrefix") ?? (get("domain") ? `$JS.${get("domain")}.API` : "$JS.API");
  const plain = Object.fromEntries(
    ["user", "password", "token", "nkey", "jwt", "creds", "credsFile", "inboxPrefix"].flatMap((key) =>
      get(key) ? [[key, get(key)]] : [],
    ),
  );
  const name = get("name") ?? "headwater";
  const waits = { timeoutMs, connectTimeoutMs };
  return { findings, settings: { ...plain, servers, name, tls: readTls(get), apiPrefix, ...waits, ...reach } };
}

function milliseconds(get: GetConfig, report: Report, key: string, fallback: number): number {
  const text = get(key);
  const parsed = text === undefined ? undefined : parseDuration(text);
  if (text !== undefined && (parsed ?? 0n) < 1_000_000n)
    report(key, `must be a duration such as "30s", got "${text}"`, "Correct the value.");
  return parsed === undefined ? fallback : Number(parsed / 1_000_000n);
}

// Clusters that are being made, and those behind a Service.
function readReach(get: GetConfig, report: Report): Pick<Settings, "waitForServers" | "portForward"> {
  const wait = get("waitForServers");
  if (wait !== undefined && !/^[1-9]\d{0,2}$/.test(wait))
    report("waitForServers", `must be a number of servers, got "${wait}"`, "Correct the value.");
  const text = get("portForward") === "false" ? undefined : get("portForward");
  const forward = text === undefined ? undefined : parsePortForward(text);
  if (text !== undefined && !forward)
    report("portForward", `must be "NAMESPACE/SERVICE:PORT" or "false", got "${text}"`, "Correct the value.");
  return {
    ...(wait && { waitForServers: Number(wait) }),
    ...(forward && { portForward: { ...forward, ...kubernetesOf(get) } }),
  };
}

function kubernetesOf(get: GetConfig): Pick<PortForwardSettings, "context" | "kubeconfig"> {
  const [context, kubeconfig] = [get("portForwardContext"), get("portForwardKubeconfig")];
  return { ...(context && { context }), ...(kubeconfig && { kubeconfig }) };
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
