import type { NackConnection } from "../../render/nack/connection";

/** A connection, or a construct that has one: an `Account`. */
export type ConnectionLike = NackConnection | { readonly connection: NackConnection };

/** The connection itself. */
export function connectionOf(like: ConnectionLike | undefined): NackConnection | undefined {
  return like && "connection" in like ? like.connection : like;
}
