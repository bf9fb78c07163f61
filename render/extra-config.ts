import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { type ConfigTree, type ConfigValue, isTree } from "./config-tree";

/** `extraConfig` as a tree: a text `"<< $NAME >>"` or `"<< 8MB >>"` is read without quotes, as in the chart's values. */
export function extraConfigTree(extra: ClusterSpec["extraConfig"] = {}): ConfigTree {
  return configValue(extra) as ConfigTree;
}

function configValue(value: unknown): ConfigValue | undefined {
  if (Array.isArray(value)) return value.map((item) => configValue(item) ?? "");
  if (isTree(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, configValue(item)]));
  const bare = typeof value === "string" ? /^<<\s+(.*?)\s+>>$/.exec(value)?.[1] : undefined;
  return bare === undefined ? (value as ConfigValue) : { bare };
}
