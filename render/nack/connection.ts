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

/** The connection a resource's fields name, if any. */
export function readConnection(spec: Readonly<Record<string, unknown>>): NackConnection | undefined {
  const { account, servers, jsDomain } = spec;
  const domain = typeof jsDomain === "string" && jsDomain !== "" ? { jsDomain } : {};
  if (typeof account === "string" && account !== "") return { account, ...domain };
  if (Array.isArray(servers) && servers.length > 0) return { servers: servers.map(String), ...domain };
  return undefined;
}

/** The same words for connections that lead to the same account: their assets are one set. Empty for none. */
export function accountKey(connection: NackConnection | undefined, namespace?: string): string {
  if (!connection) return "";
  const { jsDomain } = connection;
  const where =
    "account" in connection
      ? `${namespace === undefined ? "" : `${namespace}/`}${connection.account}`
      : [...connection.servers].sort().join(",");
  return jsDomain === undefined ? where : `${where}, domain ${jsDomain}`;
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

/** What stands against servers that would write a secret into a manifest. */
export const CREDENTIALS = {
  code: "NK106",
  severity: "error",
  problem: "has credentials in it, and manifests are no place for secrets",
  remedy: "Leave them out, and name an Account whose credentials are keys of a Secret.",
} as const;

/** The fields that have credentials in them. */
export function withCredentials(servers: readonly string[]): string[] {
  return servers.flatMap((server, i) => (server.includes("@") ? [`servers[${i}]`] : []));
}
