import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";

interface Image {
  readonly registry?: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
}

/** The servers' image in one text. */
export function imageOf(spec: ClusterSpec): string {
  const { repository = "nats", tag = `${effectiveCluster(spec).version}-alpine`, ...rest } = spec.image ?? {};
  return imageText({ ...rest, repository, tag });
}

/** An image in one text; a digest decides over the tag. */
export function imageText({ registry, repository, tag, digest }: Image): string {
  const image = digest ? `${repository}@${digest}` : `${repository}:${tag}`;
  return registry ? `${registry}/${image}` : image;
}
