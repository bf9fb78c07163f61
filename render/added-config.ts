import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { canonical, leaves } from "./config-path";
import type { ConfigTree } from "./config-tree";

/** A key of the servers' configuration that `extraConfig` or `kubernetes.extraValues` adds. */
export interface AddedKey {
  /** Where it is in the configuration, `cluster.tls.insecure`. */
  readonly key: string;
  readonly value: unknown;
  /** Where the spec has it, `extraConfig.cluster.tls.insecure`. */
  readonly field: string;
}

const BLOCKS = ["cluster", "leafnodes", "websocket", "gateway", "mqtt", "jetstream", "resolver"];

/** What values of the chart are in the servers' configuration; the first prefix that fits. */
const PREFIXES: readonly (readonly [value: string, key: string])[] = [
  ["config.nats.tls.merge.", "tls."],
  ["config.nats.", ""],
  ...BLOCKS.flatMap(
    (block) =>
      [
        [`config.${block}.tls.merge.`, `${block}.tls.`],
        [`config.${block}.merge.`, `${block}.`],
        [`config.${block}.`, `${block}.`],
      ] as const,
  ),
  ["config.merge.", ""],
];

/** Every key `extraConfig` and `kubernetes.extraValues` add, in the order they are written. */
export function addedKeys({
  extraConfig = {},
  kubernetes,
}: Pick<ClusterSpec, "extraConfig" | "kubernetes">): AddedKey[] {
  const values = kubernetes?.extraValues ?? {};
  return [
    ...leaves(extraConfig as ConfigTree).map(([path, value]) => ({
      key: canonical(path),
      value,
      field: `extraConfig.${path}`,
    })),
    ...leaves(values as ConfigTree).flatMap(([path, value]) => {
      const [prefix, key] = PREFIXES.find(([start]) => path.startsWith(start)) ?? [];
      if (prefix === undefined) return [];
      return [{ key: canonical(key + path.slice(prefix.length)), value, field: `kubernetes.extraValues.${path}` }];
    }),
  ];
}

/** A change of the servers' configuration that is made where the chart has written it. */
export interface PatchedKey {
  /** The key, or what it is in. */
  readonly key: string;
  /** Where the spec has it. */
  readonly field: string;
}

/** The patches among `kubernetes.extraValues` that touch one of some keys, or what it is in. */
export function patchesOf({ kubernetes }: Pick<ClusterSpec, "kubernetes">, keys: readonly string[]): PatchedKey[] {
  const patches = leaves((kubernetes?.extraValues ?? {}) as ConfigTree).flatMap(([path, value]) => {
    const [, block] = PREFIXES.find(([start]) => path === `${start.replace(/merge\.$/, "")}patch`) ?? [];
    const operations = block === undefined || !Array.isArray(value) ? [] : value;
    return operations.flatMap((operation, i) =>
      pointersOf(operation).map((pointer) => ({
        key: canonical(`${block}${pointer}`.replace(/\.$/, "")),
        field: `kubernetes.extraValues.${path}[${i}]`,
      })),
    );
  });
  const touches = (key: string) => keys.some((one) => key === "" || one === key || one.startsWith(`${key}.`));
  return patches.filter(({ key }) => touches(key));
}

// `/cluster/tls` is `cluster.tls`.
function pointersOf(operation: unknown): string[] {
  if (typeof operation !== "object" || operation === null) return [];
  const { path, from } = operation as { path?: unknown; from?: unknown };
  return [path, from].flatMap((at) => (typeof at === "string" ? [at.replace(/^\//, "").replaceAll("/", ".")] : []));
}
