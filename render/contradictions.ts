import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";
import type { Finding } from "../model/finding";
import { CONFIG_ORIGINS, originOf } from "./config-origins";
import { canonical, leaves } from "./config-path";
import { type ConfigTree, isList, isTree } from "./config-tree";
import { extraConfigTree } from "./extra-config";
import { chartValue } from "./helm/chart-value";
import { chartValues } from "./helm/chart-values";
import { CONFIG_MERGES, VALUE_ORIGINS } from "./helm/value-origins";
import { kubernetesPlace } from "./kubernetes/place";
import { secretRefsOf } from "./kubernetes/secret-refs";
import { natsConfig } from "./nats-config";

/**
 * Keys of `extraConfig` and `kubernetes.extraValues` that say something else than what the spec itself says. What the
 * rest leaves open may be added; what it decides may be repeated, not changed.
 */
export function contradictions(spec: ClusterSpec): Finding[] {
  const { extraConfig, kubernetes = {}, ...rest } = spec;
  const { extraValues, ...pods } = kubernetes;
  const typed: ClusterSpec = { ...rest, kubernetes: pods };
  const tree = decidedBy(typed);
  const clashes = [
    ...(extraConfig ? configClashes(tree, extraConfigTree(extraConfig)) : []),
    ...(extraValues ? valueClashes(typed, tree, extraValues as ConfigTree) : []),
  ];
  return clashes.map(({ path, origin }) => ({
    code: "RN103",
    severity: "error",
    kind: "cluster",
    name: spec.name,
    field: path,
    problem: `contradicts ${origin}`,
    remedy: `Set ${origin} alone, and remove this key.`,
  }));
}

// That a server is in no cluster is decided too: what a standalone server stores does not survive joining one.
function decidedBy(spec: ClusterSpec): ConfigTree {
  const tree = natsConfig(spec, kubernetesPlace(spec, secretRefsOf({})));
  return effectiveCluster(spec).standalone ? { ...tree, cluster: false } : tree;
}

interface Clash {
  readonly path: string;
  readonly origin: string;
}

function configClashes(tree: ConfigTree, extra: ConfigTree): Clash[] {
  return leaves(extra).flatMap(([path, value]) => {
    const key = canonical(path);
    const origin = originOf(key, CONFIG_ORIGINS);
    return origin !== undefined && differs(tree, key, path, value) ? [{ path: `extraConfig.${path}`, origin }] : [];
  });
}

// An alias beside the key itself is never the same: which of the two the server takes is chance.
function differs(tree: ConfigTree, key: string, path: string, value: unknown): boolean {
  const decided = at(tree, key) ?? (key === "http_port" ? at(tree, "https_port") : undefined);
  return decided !== undefined && (key !== path || !same(decided, value));
}

function valueClashes(spec: ClusterSpec, tree: ConfigTree, extra: ConfigTree): Clash[] {
  const values = chartValues(spec, {}) as ConfigTree;
  return leaves(extra).flatMap(([path, value]) => {
    const merge = Object.keys(CONFIG_MERGES).find((block) => path.startsWith(`${block}.`));
    const key = merge === undefined ? undefined : canonical(CONFIG_MERGES[merge] + path.slice(merge.length + 1));
    const origin = key === undefined ? originOf(path, VALUE_ORIGINS) : originOf(key, CONFIG_ORIGINS);
    const decided = key === undefined ? at(values, path) : (chartValue(at(tree, key) as never) as unknown);
    const clashes = origin !== undefined && decided !== undefined && !same(decided, value);
    return clashes ? [{ path: `kubernetes.extraValues.${path}`, origin }] : [];
  });
}

// What is turned off has nothing below it. Keys may have dots of their own, as labels do.
function at(tree: unknown, path: string): unknown {
  if (tree === false) return false;
  if (!isTree(tree)) return undefined;
  if (path in tree) return tree[path];
  const key = Object.keys(tree).find((head) => path.startsWith(`${head}.`));
  return key === undefined ? undefined : at(tree[key], path.slice(key.length + 1));
}

function same(a: unknown, b: unknown): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isTree(a) || !isTree(b)) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}
