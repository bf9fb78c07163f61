import { createHash } from "node:crypto";
import { type ConfigTree, type ConfigValue, isBare, isTree } from "./config-tree";

/** What a running server of every version takes over when its configuration is read anew. server/reload.go diffOptions. */
const RELOADABLE = new Set([
  "tls",
  "accounts",
  "authorization",
  "resolver_preload",
  "max_payload",
  "max_connections",
  "write_deadline",
  "server_tags",
  "cluster.routes",
  "cluster.tls",
  "websocket.tls",
]);

/** Blocks of which a running server takes over everything but how long a handshake may take. */
const ALL_BUT_TIMEOUT = new Set(["gateway.tls", "leafnodes.tls"]);

/** Changes exactly when the configuration does in a way that servers have to be restarted for. */
export function restartHash(tree: ConfigTree): string {
  return createHash("sha256")
    .update(JSON.stringify(fixedPart(tree, "")))
    .digest("hex")
    .slice(0, 16);
}

function fixedPart(value: ConfigValue, path: string): ConfigValue | undefined {
  if (RELOADABLE.has(path)) return undefined;
  if (!isTree(value) || isBare(value)) return value;
  if (ALL_BUT_TIMEOUT.has(path)) return { timeout: value.timeout };
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const fixed = item === undefined ? undefined : fixedPart(item, path ? `${path}.${key}` : key);
    return fixed === undefined ? [] : [[key, fixed] as const];
  });
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}
