/** How NACK reaches the servers, and which JetStream it means. */
export type NackConnection = NackAccountConnection | NackServersConnection;

interface Common {
  /**
   * Begin with TLS, before the server's first message. An `Account` cannot say it: its own `tlsFirst` is ignored.
   * @default false
   */
  readonly tlsFirst?: boolean;
  /**
   * JetStream domain of the asset.
   * @default - the domain of the servers
   */
  readonly jsDomain?: string;
}

/** Servers, TLS and credentials of an `Account`, which must be in the namespace of the asset. */
export interface NackAccountConnection extends Common {
  /** Name of the `Account` resource. */
  readonly account: string;
}

/** Servers without an `Account`: credentials and TLS are those the controller was started with. */
export interface NackServersConnection extends Common {
  /** URLs, `nats://nats.nats.svc:4222`; without credentials in them. */
  readonly servers: readonly string[];
}

/** The fields every resource has for it. */
export function connectionFields(connection: NackConnection | undefined): Record<string, unknown> {
  if (!connection) return {};
  const { tlsFirst, jsDomain } = connection;
  const where = "account" in connection ? { account: connection.account } : { servers: [...connection.servers] };
  return { ...where, ...(tlsFirst && { tlsFirst }), ...(jsDomain !== undefined && { jsDomain }) };
}

/** Fields of a resource that say how NACK works, not what the asset is. */
export const controlFields: ReadonlySet<string> = new Set([
  "account",
  "creds",
  "nkey",
  "servers",
  "tls",
  "tlsFirst",
  "jsDomain",
  "preventDelete",
  "preventUpdate",
]);

/** The same text for connections that lead to the same account: their assets are one set. */
export function accountKey(connection: NackConnection | undefined, namespace = ""): string {
  if (!connection) return "";
  const { jsDomain = "" } = connection;
  if ("account" in connection) return JSON.stringify([namespace, connection.account, jsDomain]);
  return JSON.stringify([[...connection.servers].sort(), jsDomain]);
}
