import type { ConsumerRule, StreamRule } from "../../rule";

/** Each replica lives on a server of its own. server/jetstream_cluster.go selectPeerGroup, server/stream.go addStream. */
export const clusterSize: StreamRule = {
  code: "SL101",
  severity: "error",
  on: "stream",
  says: "`replicas` are at most the servers there are; a single server keeps one.",
  refusals: [{ code: 10074 }, { code: 10005 }],
  *find({ spec: { replicas = 1 } }, { facts: { servers } }) {
    if (servers === undefined || replicas <= servers) return;
    const there = servers === 1 ? "a single server" : `a cluster of ${servers}`;
    yield {
      field: "replicas",
      value: replicas,
      problem: `${replicas} do not fit ${there}`,
      remedy: `Set replicas: ${servers}${servers % 2 === 0 ? " or fewer" : ""}, or add servers.`,
    };
  },
};

/** A single server keeps one copy of a consumer, whatever its stream says. server/jetstream_api.go jsConsumerCreateRequest. */
export const consumerClusterSize: ConsumerRule = {
  code: "SL110",
  severity: "error",
  on: "consumer",
  says: "On a single server a consumer has one replica.",
  refusals: [{ code: 10074 }],
  *find({ spec: { replicas = 0 } }, { facts: { servers } }) {
    if (servers !== 1 || replicas <= 1) return;
    yield {
      field: "replicas",
      value: replicas,
      problem: `${replicas} do not fit a single server`,
      remedy: "Leave it out: it then follows the stream.",
    };
  },
};
