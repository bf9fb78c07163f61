import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { connect as connectTls, type ConnectionOptions as TlsOptions } from "node:tls";
import { hostOf } from "./server-identity";
import type { Settings } from "./settings";

const WAIT_MS = 2_000;
// How long after the handshake a server that dislikes the client's certificate takes to say so.
const VERDICT_MS = 500;

/**
 * Why a server ends TLS with this client, where it does. With TLS 1.3 a client's certificate is judged after the client has
 * finished its handshake: the NATS client then only sees a connection that says nothing, and gives up.
 */
export async function tlsRefusal({ servers, tls }: Settings, forwardedTo?: number): Promise<Error | undefined> {
  const [first = ""] = servers;
  if (!tls && !first.startsWith("tls:")) return undefined;
  const host = hostOf(first);
  const { certFile, keyFile, caFile, handshakeFirst, ...texts } = tls ?? {};
  const read = (file: unknown) => (typeof file === "string" ? readFileSync(file) : undefined);
  const port = Number(/:(\d+)$/.exec(first)?.[1] ?? 4222);
  const socket = forwardedTo ? connectSocket(forwardedTo, "127.0.0.1") : connectSocket(port, host);
  try {
    const signal = AbortSignal.timeout(WAIT_MS);
    await once(socket, handshakeFirst ? "connect" : "data", { signal });
    const files = { cert: read(certFile), key: read(keyFile), ca: read(caFile) };
    const known = Object.entries({ ...files, ...texts }).filter(([, value]) => value !== undefined);
    const secure = connectTls({ socket, host, servername: nameOf(host), ...Object.fromEntries(known) } as TlsOptions);
    return await new Promise((resolve) => {
      secure.on("error", resolve);
      secure.on("close", () => resolve(undefined));
      secure.on("secureConnect", () => setTimeout(() => resolve(undefined), VERDICT_MS));
      signal.addEventListener("abort", () => resolve(undefined));
    });
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

// An address is no server name.
function nameOf(host: string): string {
  return /^[\d.]+$|:/.test(host) ? "" : host;
}
