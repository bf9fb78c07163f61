import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import type { TlsSideName } from "../../model/cluster/tls-spec";
import { type ConfigTree, type ConfigValue, isTree } from "../config-tree";
import { tlsSecretName } from "../kubernetes/names";
import { TLS_FOLDERS } from "../kubernetes/place";
import { quantityOf } from "../kubernetes/quantity";
import { chartValue, remaining, type Values } from "./chart-value";

/**
 * The chart's `config`: its own fields where it has them, `merge` for the rest, both from the configuration of one server,
 * so that the chart writes the same as `natsConf`.
 */
export function configValues(spec: ClusterSpec, tree: ConfigTree): Values {
  const { standalone, witness, size, ports } = effectiveCluster(spec);
  const side = (name: TlsSideName) => tlsValues(spec, name, name === "client" ? tree : tree[blockOf[name]]);
  const clusterDomain = spec.kubernetes?.clusterDomain;
  return {
    cluster: standalone
      ? { enabled: false }
      : {
          enabled: true,
          replicas: size,
          port: ports.cluster,
          routeURLs: clusterDomain && { useFQDN: true, k8sClusterDomain: clusterDomain },
          tls: side("cluster"),
          // The chart knows the servers; the witness only we do.
          merge: remaining(tree.cluster, [...LISTEN, "name", "no_advertise", ...(witness ? [] : ["routes"])]),
        },
    jetstream: jetStreamValues(spec, tree),
    nats: { port: ports.client, tls: side("client") },
    leafnodes: spec.leafNodes?.listen && {
      enabled: true,
      port: ports.leafNodes,
      tls: side("leafNodes"),
      merge: remaining(tree.leafnodes, LISTEN),
    },
    websocket: spec.websocket && {
      enabled: true,
      port: ports.websocket,
      tls: side("websocket"),
      merge: remaining(tree.websocket, [...LISTEN, "no_tls"]),
    },
    gateway: spec.gateway && {
      enabled: true,
      port: ports.gateway,
      tls: side("gateway"),
      merge: remaining(tree.gateway, [...LISTEN, "name"]),
    },
    monitor: { enabled: true, port: ports.monitor, tls: spec.monitoring?.https && { enabled: true } },
    ...resolverValues(spec, tree),
    merge: topLevelMerge(spec, tree),
  };
}

const LISTEN = ["host", "port", "tls"];
const blockOf = { cluster: "cluster", gateway: "gateway", leafNodes: "leafnodes", websocket: "websocket" } as const;

function tlsValues(spec: ClusterSpec, name: TlsSideName, block: ConfigValue | undefined): Values | undefined {
  const secretName = tlsSecretName(spec, name);
  if (!secretName || !isTree(block)) return undefined;
  return {
    enabled: true,
    secretName,
    dir: TLS_FOLDERS[name],
    merge: remaining(block.tls, ["cert_file", "key_file"]),
  };
}

function jetStreamValues(spec: ClusterSpec, { jetstream }: ConfigTree): Values {
  const { volume } = spec.jetstream ?? {};
  const { max_file_store: file, max_memory_store: memory } = (jetstream ?? {}) as ConfigTree;
  return {
    enabled: true,
    fileStore: {
      enabled: true,
      dir: "/data",
      maxSize: sizeValue(file),
      pvc: volume
        ? {
            enabled: true,
            size: quantityOf(volume.initialSize ?? volume.size),
            storageClassName: volume.storageClass,
            merge: volume.accessMode && { spec: { accessModes: [volume.accessMode] } },
          }
        : { enabled: false },
    },
    memoryStore: memory === 0 ? { enabled: false } : { enabled: true, maxSize: sizeValue(memory) },
    merge: remaining(jetstream, ["store_dir", "max_file_store", "max_memory_store"]),
  };
}

// As a text: the chart takes the number 0 for nothing said.
function sizeValue(size: ConfigValue | undefined): string | undefined {
  if (size === undefined) return undefined;
  return isTree(size) ? String(size.bare) : String(size);
}

function resolverValues(spec: ClusterSpec, tree: ConfigTree): Values {
  if (!isTree(tree.resolver)) return {};
  const { volumeSize = "1GiB" } = spec.operator?.resolver ?? {};
  return {
    resolver: {
      enabled: true,
      dir: "/data/resolver",
      pvc: { enabled: true, size: quantityOf(volumeSize), storageClassName: spec.jetstream?.volume?.storageClass },
      merge: remaining(tree.resolver, ["dir"]),
    },
  };
}

const WRITTEN = ["server_name", "pid_file", "http_port", "https_port", "cluster", "gateway", "websocket", "jetstream"];

function topLevelMerge(spec: ClusterSpec, tree: ConfigTree): Values {
  const written = [...WRITTEN, ...LISTEN];
  if (spec.leafNodes?.listen) written.push("leafnodes");
  if (isTree(tree.resolver)) written.push("resolver");
  return chartValue(remaining(tree, written) as ConfigTree) as Values;
}
