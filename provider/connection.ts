import { readFileSync } from "node:fs";
import {
  type Authenticator,
  type ConnectionOptions,
  connect,
  credsAuthenticator,
  jwtAuthenticator,
  type NatsConnection,
  nkeyAuthenticator,
  type TlsOptions,
} from "@nats-io/transport-node";
import { connectError, isFinal } from "./connect-error";
import { openPortForward, type PortForward } from "./port-forward";
import { hostOf, identityOf } from "./server-identity";
import type { Settings } from "./settings";
import { tlsRefusal } from "./tls-refusal";

const connections = new Map<string, Promise<NatsConnection>>();
const forwards = new Set<PortForward>();

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
  await Promise.all([...forwards].map((forward) => forward.close()));
  forwards.clear();
}

const RETRY_MS = 250;

async function open(settings: Settings): Promise<NatsConnection> {
  const deadline = Date.now() + settings.connectTimeoutMs;
  let forward: PortForward | undefined;
  for (;;) {
    try {
      if (settings.portForward) {
        forward ??= await openForward(settings.portForward);
        await forward.ready();
      }
      return await connect(connectOptions(settings, forward));
    } catch (error) {
      const reason = isFinal(error)
        ? error
        : (forward?.problem() ?? (await tlsRefusal(settings, forward?.port)) ?? error);
      if (isFinal(reason) || Date.now() + RETRY_MS > deadline) throw connectError(settings, reason as Error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function openForward(target: NonNullable<Settings["portForward"]>): Promise<PortForward> {
  const forward = await openPortForward(target);
  forwards.add(forward);
  return forward;
}

function connectOptions(settings: Settings, forward: PortForward | undefined): ConnectionOptions {
  const { servers, name, user, password, token, inboxPrefix, connectTimeoutMs } = settings;
  const tls = tlsOf(settings, forward);
  return {
    servers: forward ? [`127.0.0.1:${forward.port}`] : [...servers],
    name,
    // A server that restarts during a run comes back under the same connection.
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY_MS,
    // The client dials one server after the other: together they stay within the wait.
    timeout: Math.max(1_000, connectTimeoutMs / servers.length),
    // What the servers say of themselves cannot be reached from here; and a forward may end without a word.
    ...(forward && { ignoreClusterUpdates: true, pingInterval: 15_000, maxPingOut: 2 }),
    ...(user && { user, pass: password }),
    ...(token && { token }),
    ...(inboxPrefix && { inboxPrefix }),
    ...(tls && { tls }),
    ...authenticator(settings),
  };
}

// The server's certificate is for the name the servers have in their cluster, wherever the connection begins.
function tlsOf({ servers, tls }: Settings, forward: PortForward | undefined): TlsOptions | undefined {
  const [first = ""] = servers;
  if (!tls && !first.startsWith("tls:")) return undefined;
  const identity = forward ? { servername: hostOf(first) } : { checkServerIdentity: identityOf(servers) };
  return { ...tls, ...identity } as TlsOptions;
}

function authenticator({ nkey, jwt, creds, credsFile }: Settings): { authenticator?: Authenticator } {
  const seed = nkey === undefined ? undefined : new TextEncoder().encode(nkey);
  if (creds) return { authenticator: credsAuthenticator(new TextEncoder().encode(creds)) };
  // Read again with every connection: credentials files are renewed in place.
  if (credsFile) return { authenticator: credsAuthenticator(() => readFileSync(credsFile)) };
  if (jwt) return { authenticator: jwtAuthenticator(jwt, seed) };
  return seed ? { authenticator: nkeyAuthenticator(seed) } : {};
}
