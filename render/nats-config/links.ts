import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import type { LeafRemoteSpec } from "../../model/cluster/links-spec";
import type { TlsSideName } from "../../model/cluster/tls-spec";
import { type ConfigTree, type ConfigValue, variable } from "../config-tree";
import { leafUrlVariable } from "../server-environment";
import type { ServerPlace } from "../server-place";
import { time } from "./amounts";
import { tlsConfig } from "./tls";

/** Servers among each other, other clusters, leaf nodes and websocket clients. */
export function linksConfig(spec: ClusterSpec, place: ServerPlace): ConfigTree {
  const { standalone } = effectiveCluster(spec);
  return {
    cluster: standalone ? undefined : clusterConfig(spec, place),
    gateway: spec.gateway && {
      name: spec.name,
      ...listen(place, "gateway"),
      advertise: spec.gateway.advertise,
      tls: sideTls(spec, place, "gateway"),
      gateways: spec.gateway.remotes?.map(({ name, urls }) => ({ name, urls })),
    },
    leafnodes: place.witness ? undefined : leafNodesConfig(spec, place),
    websocket:
      spec.websocket && !place.witness
        ? {
            ...listen(place, "websocket"),
            ...(spec.tls?.websocket ? { tls: sideTls(spec, place, "websocket") } : { no_tls: true }),
            allowed_origins: spec.websocket.allowedOrigins,
            same_origin: spec.websocket.sameOrigin,
            compression: spec.websocket.compression,
            handshake_timeout: time(spec.websocket.handshakeTimeout),
          }
        : undefined,
  };
}

/** Where one port listens. */
export function listen(place: ServerPlace, port: keyof ServerPlace["ports"]): ConfigTree {
  return { host: place.host, port: place.ports[port] };
}

/** The TLS block of a side, where it has one. */
export function sideTls(spec: ClusterSpec, place: ServerPlace, name: TlsSideName): ConfigTree | undefined {
  const side = spec.tls?.[name];
  return side && tlsConfig(side, place.tlsFiles(name), name, effectiveCluster(spec).version);
}

function clusterConfig(spec: ClusterSpec, place: ServerPlace): ConfigTree {
  const scheme = spec.tls?.cluster ? "tls" : "nats";
  return {
    name: spec.name,
    ...listen(place, "cluster"),
    // Clients are not told of addresses they may not reach.
    no_advertise: true,
    routes: place.routes.map((route) => `${scheme}://${route}`),
    tls: sideTls(spec, place, "cluster"),
  };
}

function leafNodesConfig(spec: ClusterSpec, place: ServerPlace): ConfigTree | undefined {
  const { leafNodes } = spec;
  if (!leafNodes?.listen && !leafNodes?.remotes?.length) return undefined;
  const accepting = leafNodes.listen && {
    ...listen(place, "leafNodes"),
    advertise: leafNodes.advertise,
    no_advertise: leafNodes.advertise === undefined,
    tls: sideTls(spec, place, "leafNodes"),
  };
  return { ...accepting, remotes: leafNodes.remotes?.map((remote, i) => remoteConfig(spec, place, remote, i)) };
}

function remoteConfig(spec: ClusterSpec, place: ServerPlace, remote: LeafRemoteSpec, index: number): ConfigTree {
  const files = place.remoteFiles(index, remote);
  return {
    urls: remote.urls.map((url, i) => remoteUrl(url, remote, index, i)),
    account: remote.account,
    credentials: files.credentials,
    tls: remote.tls && files.tls && tlsConfig(remote.tls, files.tls, "leafNodes", effectiveCluster(spec).version),
    deny_imports: remote.denyImports,
    deny_exports: remote.denyExports,
  };
}

// The configuration cannot put a variable inside a text: with a password the whole URL travels as a variable.
function remoteUrl(url: string, remote: LeafRemoteSpec, index: number, i: number): ConfigValue {
  if (remote.password) return variable(leafUrlVariable(index, i));
  return remote.user ? url.replace("://", `://${encodeURIComponent(remote.user)}@`) : url;
}
