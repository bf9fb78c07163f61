import { type NatsConnection, PermissionViolationError } from "@nats-io/transport-node";

type Listener = (violation: PermissionViolationError) => void;

const listeners = new WeakMap<NatsConnection, Set<Listener>>();

/**
 * Sends a request through a domain's prefix. A server of that domain judges it by the name without the domain and refuses
 * that one: the client does not know it for the request's and would wait for an answer in vain.
 */
export async function refusedAsMapped<T>(nc: NatsConnection, mapped: string, send: () => Promise<T>): Promise<T> {
  const heard = listeners.get(nc) ?? listen(nc);
  let listener: Listener = () => undefined;
  const refused = new Promise<never>((_, reject) => {
    listener = (violation) => {
      if (violation.operation === "publish" && violation.subject === mapped) reject(violation);
    };
  });
  heard.add(listener);
  try {
    return await Promise.race([send(), refused]);
  } finally {
    heard.delete(listener);
  }
}

function listen(nc: NatsConnection): Set<Listener> {
  const heard = new Set<Listener>();
  listeners.set(nc, heard);
  void (async () => {
    for await (const status of nc.status()) {
      const violation = status.type === "error" ? status.error : undefined;
      if (violation instanceof PermissionViolationError) for (const listener of heard) listener(violation);
    }
  })();
  return heard;
}
