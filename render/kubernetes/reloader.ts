import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { isMap } from "../helm/chart-value";
import { imageText } from "../image";

/** The chart's own reloader, of the chart's version the values are made for. */
const IMAGE = { repository: "natsio/nats-server-config-reloader", tag: "0.23.0" };

/** The container beside a server that has it read its configuration, and renewed certificates, anew. */
export function reloaderContainer(spec: ClusterSpec, files: readonly string[], mounts: readonly object[]) {
  const { reloader } = spec.kubernetes?.extraValues ?? {};
  const own = isMap(reloader) && isMap(reloader.image) ? reloader.image : {};
  const watched = ["/etc/nats-config/nats.conf", ...files];
  return {
    name: "reloader",
    image: imageText({ ...IMAGE, ...own }),
    args: ["-pid", "/var/run/nats/nats.pid", ...watched.flatMap((file) => ["-config", file])],
    volumeMounts: mounts,
  };
}
