import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";
import { type ConfigTree, mergeTrees, sparse, variable } from "./config-tree";
import { extraConfigTree } from "./extra-config";
import { accountsConfig } from "./nats-config/accounts";
import { amount, time } from "./nats-config/amounts";
import { jetStreamConfig } from "./nats-config/jetstream";
import { linksConfig, listen, sideTls } from "./nats-config/links";
import { operatorConfig } from "./nats-config/operator";
import { KEY_TAG_VARIABLE, PREVIOUS_KEY_TAG_VARIABLE } from "./server-environment";
import type { ServerPlace } from "./server-place";

/**
 * The whole configuration of one server of a cluster. Secrets are references to the variables of `serverVariables`,
 * certificates are paths. `extraConfig` is laid upon it last.
 */
export function natsConfig(spec: ClusterSpec, place: ServerPlace): ConfigTree {
  const { lameDuck } = effectiveCluster(spec);
  const tree: ConfigTree = {
    server_name: place.serverName,
    ...listen(place, "client"),
    [spec.monitoring?.https ? "https_port" : "http_port"]: place.ports.monitor,
    tls: sideTls(spec, place, "client"),
    ...linksConfig(spec, place),
    jetstream: jetStreamConfig(spec, place),
    ...accountsConfig(spec, place),
    ...operatorConfig(spec, `${place.storeDir}/resolver`),
    server_tags: serverTags(spec, place),
    max_payload: amount(spec.maxPayload),
    max_connections: spec.maxConnections,
    max_pending: amount(spec.maxPending),
    write_deadline: time(spec.writeDeadline),
    lame_duck_duration: time(lameDuck.duration),
    lame_duck_grace_period: time(lameDuck.gracePeriod),
    pid_file: place.pidFile,
  };
  const merged = mergeTrees(sparse(tree), extraConfigTree(spec.extraConfig));
  return place.witness ? { ...merged, server_tags: tree.server_tags } : merged;
}

// No stream is placed on a server with this tag. Stores of no size are not enough: since 2.12 a stream without `maxBytes`
// is placed on them too. server/jetstream_cluster.go jsExcludePlacement.
const NO_STREAMS = "!jetstream";

function serverTags(spec: ClusterSpec, place: ServerPlace): ConfigTree[string] {
  const { encryption } = spec.jetstream ?? {};
  const keyTags = encryption && (place.keyTags ?? true);
  const tags = [
    ...(place.witness ? [NO_STREAMS] : (spec.serverTags ?? [])),
    ...(keyTags ? [variable(KEY_TAG_VARIABLE)] : []),
    ...(keyTags && encryption.previousKey ? [variable(PREVIOUS_KEY_TAG_VARIABLE)] : []),
  ];
  return tags.length > 0 ? tags : undefined;
}
