import { limit } from "../../values";
import { type ClusterRule, streamProblem } from "../rule";

/** A stream has as many copies as there are servers for them. */
export const replicasHaveServers: ClusterRule = {
  code: "CL301",
  severity: "error",
  says: "A stream has at most as many `replicas` as the cluster has servers.",
  refusals: [],
  *find({ spec, effective, streams = [] }) {
    const { size, standalone } = effective;
    for (const { kind, name, spec: stream } of streams) {
      const { replicas = 1 } = stream;
      if (replicas <= size) continue;
      const servers = standalone ? "is a single server" : `has ${size} ${size === 1 ? "server" : "servers"}`;
      yield streamProblem(kind, name, {
        field: "replicas",
        value: replicas,
        problem: `${replicas} needs ${replicas} servers, cluster "${spec.name}" ${servers}`,
        remedy: `Lower replicas, or raise the size of the cluster.`,
      });
    }
  },
};

/** A stream in memory needs memory. server/jetstream.go checkLimits. */
export const memoryHasRoom: ClusterRule = {
  code: "CL302",
  severity: "error",
  says: 'A stream with `storage: "memory"` needs a `jetstream.maxMemoryStore`; it is `0B` where it is not set.',
  refusals: [],
  *find({ spec, effective, streams = [] }) {
    if (limit(effective.maxMemoryStore) !== undefined) return;
    for (const { kind, name, spec: stream } of streams)
      if (stream.storage === "memory")
        yield streamProblem(kind, name, {
          field: "storage",
          value: "memory",
          problem: `memory has no room: jetstream.maxMemoryStore of cluster "${spec.name}" is 0`,
          remedy: "Set maxMemoryStore of the cluster, or use storage: file.",
        });
  },
};
