/** Where assets live: the connection settings of an account resource, or servers. */
export type Connection =
  | {
      /** Name of NACK's `Account` in the namespace of the asset's resource. */
      readonly account: string;
    }
  | {
      /** URLs of servers, without credentials: those belong to an `Account`. */
      readonly servers: readonly string[];
      /**
       * TLS before the servers' first word.
       * @default false
       */
      readonly tlsFirst?: boolean;
      /**
       * Domain of JetStream.
       * @default - none
       */
      readonly jsDomain?: string;
    };

/** A connection, or a construct that has one: an `Account`, a `NatsCluster`. */
export type ConnectionLike = Connection | { readonly connection: Connection };

/** The connection itself. */
export function connectionOf(like: ConnectionLike | undefined): Connection | undefined {
  return like && "connection" in like ? like.connection : like;
}

/** The same text for connections that lead to the same account: their assets are one set. */
export function accountKey(connection: Connection | undefined, namespace: string | undefined): string {
  if (!connection) return "";
  if ("account" in connection) return JSON.stringify([namespace ?? "", connection.account]);
  const { servers, jsDomain = "" } = connection;
  return JSON.stringify([[...servers].sort(), jsDomain]);
}
