import type { NackConnection } from "../../render/nack/connection";

/** A connection, or a construct that has one: an `Account`. */
export type ConnectionLike = NackConnection | { readonly connection: NackConnection };

/** The connection itself. */
export function connectionOf(like: ConnectionLike | undefined): NackConnection | undefined {
  return like && "connection" in like ? like.connection : like;
}

/** The same text for connections that lead to the same account: their assets are one set. */
export function accountKey(connection: NackConnection | undefined, namespace: string | undefined): string {
  if (!connection) return "";
  const { jsDomain = "" } = connection;
  if ("account" in connection) return JSON.stringify([namespace ?? "", connection.account, jsDomain]);
  return JSON.stringify([[...connection.servers].sort(), jsDomain]);
}
