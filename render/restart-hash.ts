import { createHash } from "node:crypto";
import { type ConfigTree, isBare, isTree } from "./config-tree";

/** What a running server takes over when its configuration is read anew. server/reload.go diffOptions. */
const RELOADABLE: Readonly<Record<string, readonly string[] | "all">> = {
  tls: "all",
  accounts: "all",
  authorization: "all",
  no_auth_user: "all",
  resolver_preload: "all",
  max_payload: "all",
  max_connections: "all",
  write_deadline: "all",
  server_tags: "all",
  cluster: ["routes", "tls"],
  gateway: ["tls"],
  leafnodes: ["tls"],
};

/** Changes exactly when the configuration does in a way that servers have to be restarted for. */
export function restartHash(tree: ConfigTree): string {
  return createHash("sha256")
    .update(JSON.stringify(fixedPart(tree)))
    .digest("hex")
    .slice(0, 16);
}

function fixedPart(tree: ConfigTree): ConfigTree {
  const kept = Object.entries(tree).flatMap(([key, value]) => {
    const reloadable = RELOADABLE[key];
    if (reloadable === "all") return [];
    if (!reloadable || !isTree(value) || isBare(value)) return [[key, value] as const];
    return [[key, Object.fromEntries(Object.entries(value).filter(([inner]) => !reloadable.includes(inner)))] as const];
  });
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}
