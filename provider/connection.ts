import {
  type Authenticator,
  AuthorizationError,
  type ConnectionOptions,
  connect,
  credsAuthenticator,
  jwtAuthenticator,
  type NatsConnection,
  nkeyAuthenticator,
  UserAuthenticationExpiredError,
} from "@nats-io/transport-node";
import { type Finding, HeadwaterError } from "../model/finding";
import type { Settings } from "./settings";

const connections = new Map<string, Promise<NatsConnection>>();

/** The one connection of this process to an account. Made when first needed, kept until the process ends. */
export function connection(settings: Settings): Promise<NatsConnection> {
  const key = JSON.stringify(settings);
  const known = connections.get(key) ?? open(settings);
  connections.set(key, known);
  return known;
}

/** Closes every connection of this process: for programs that go on after their last request. */
export async function closeConnections(): Promise<void> {
  const open = [...connections.values()];
  connections.clear();
  await Promise.allSettled(open.map(async (pending) => (await pending).close()));
}

const RETRY_MS = 250;

async function open(settings: Settings): Promise<NatsConnection> {
  const deadline = Date.now() + settings.connectTimeoutMs;
  for (;;) {
    try {
      return await connect(connectOptions(settings));
    } catch (error) {
      if (isLogin(error) || isSetup(error) || Date.now() + RETRY_MS > deadline)
        throw connectError(settings, error as Error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function connectOptions(settings: Settings): ConnectionOptions {
  const { servers, name, user, password, token, tls, inboxPrefix, connectTimeoutMs } = settings;
  return {
    servers: [...servers],
    name,
    // A server that restarts during a run comes back under the same connection.
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY_MS,
    // The client dials one server after the other: together they stay within the wait.
    timeout: Math.max(1_000, connectTimeoutMs / servers.length),
    ...(user && { user, pass: password }),
    ...(token && { token }),
    ...(inboxPrefix && { inboxPrefix }),
    ...(tls && { tls }),
    ...authenticator(settings),
  };
}

function authenticator({ nkey, jwt, creds }: Settings): { authenticator?: Authenticator } {
  const seed = nkey === undefined ? undefined : new TextEncoder().encode(nkey);
  if (creds) return { authenticator: credsAuthenticator(new TextEncoder().encode(creds)) };
  if (jwt) return { authenticator: jwtAuthenticator(jwt, seed) };
  return seed ? { authenticator: nkeyAuthenticator(seed) } : {};
}

function isLogin(error: unknown): boolean {
  return error instanceof AuthorizationError || error instanceof UserAuthenticationExpiredError;
}

const SETUP = /nkeys:|doesn't exist|parse credentials|certificate|ERR_(SSL|TLS|OSSL)|UNABLE_TO_|self.signed/i;

// What no second attempt can mend: an unreadable file, a seed that is none, a certificate that does not fit.
function isSetup(error: unknown): boolean {
  const { code, name, message } = rootCause(error as Error) as Error & { code?: string };
  return code === "ENOENT" || name === "InvalidArgumentError" || SETUP.test(`${code ?? ""} ${message}`);
}

function connectError(settings: Settings, error: Error): HeadwaterError {
  const base = { severity: "error", kind: "provider", name: settings.servers.join(","), field: "" } as const;
  const reason = rootCause(error).message || error.message;
  const finding: Finding = isLogin(error)
    ? {
        ...base,
        code: "CN102",
        problem: `the server refused the login ("${reason}")`,
        remedy: "Check the user, password, token or key of the provider.",
      }
    : isSetup(error)
      ? {
          ...base,
          code: "CN103",
          problem: `the connection cannot be set up ("${reason}")`,
          remedy: "Check the provider's TLS options and keys.",
        }
      : {
          ...base,
          code: "CN101",
          problem: `no server answered within ${settings.connectTimeoutMs / 1000} s ("${reason}")`,
          remedy: "Check nats:servers and that the servers run; nats:connectTimeout waits longer.",
        };
  return new HeadwaterError([finding]);
}

function rootCause(error: Error): Error {
  return error.cause instanceof Error ? rootCause(error.cause) : error;
}
