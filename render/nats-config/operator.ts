import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { OperatorSpec } from "../../model/cluster/operator-spec";
import type { ConfigTree, ConfigValue } from "../config-tree";
import { time } from "./amounts";

/** Accounts by signed tokens. `folder` is where a resolver keeps them. */
export function operatorConfig({ operator }: ClusterSpec, folder: string): ConfigTree {
  if (!operator) return {};
  return {
    operator: operator.jwt,
    resolver: resolverConfig(operator, folder),
    resolver_preload: operator.preload,
  };
}

function resolverConfig({ resolver = {} }: OperatorSpec, folder: string): ConfigValue {
  if (resolver.type === "url") return `URL(${resolver.url})`;
  if (resolver.type !== "full" && resolver.type !== "cache") return "MEMORY";
  return {
    type: resolver.type,
    dir: folder,
    allow_delete: resolver.allowDelete,
    hard_delete: resolver.hardDelete,
    interval: time(resolver.interval),
    limit: resolver.limit,
    ttl: time(resolver.ttl),
    timeout: time(resolver.timeout),
  };
}
