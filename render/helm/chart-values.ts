import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { kubernetesPlace } from "../kubernetes/place";
import { type SecretContext, secretRefsOf } from "../kubernetes/secret-refs";
import { natsConfig } from "../nats-config";
import { boxValues } from "./box-values";
import type { Values } from "./chart-value";
import { configValues } from "./config-values";
import { podValues } from "./pod-values";

/** What values depend on besides the spec. */
export interface HelmContext extends SecretContext {
  /** Changes whenever the value of a secret does: variables are read when a server starts, so pods have to be replaced. */
  readonly secretsVersion?: string;
}

/** The values before `extraValues`. */
export function chartValues(spec: ClusterSpec, context: HelmContext): Values {
  const refs = secretRefsOf(context);
  const tree = natsConfig(spec, kubernetesPlace(spec, refs));
  const { monitoring = {}, kubernetes = {}, image = {} } = spec;
  return {
    fullnameOverride: spec.name,
    namespaceOverride: effectiveCluster(spec).namespace,
    global: { labels: kubernetes.labels, image: { pullSecretNames: image.pullSecretNames } },
    config: configValues(spec, tree),
    ...podValues(spec, tree, refs, context.secretsVersion),
    promExporter: {
      enabled: monitoring.exporter === true || monitoring.podMonitor === true,
      podMonitor: {
        enabled: monitoring.podMonitor === true,
        merge: monitoring.podMonitorLabels && { metadata: { labels: monitoring.podMonitorLabels } },
      },
    },
    natsBox: boxValues(spec),
  };
}
