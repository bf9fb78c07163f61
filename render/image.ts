import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";

/** The servers' image in one text. */
export function imageOf(spec: ClusterSpec): string {
  const { registry, repository = "nats", tag, digest } = spec.image ?? {};
  const image = digest
    ? `${repository}@${digest}`
    : `${repository}:${tag ?? `${effectiveCluster(spec).version}-alpine`}`;
  return registry ? `${registry}/${image}` : image;
}
