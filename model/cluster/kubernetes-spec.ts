import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";
import { durationField, intField } from "../fields";
import { tolerationSchema } from "../toleration";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const labels = () => z.record(z.string(), z.string("must be a text"));
/** A Kubernetes quantity, as manifests write it. */
const quantity = () =>
  z
    .union([z.string(), z.number()], 'must be a quantity such as "500m" or "2Gi"')
    .refine(
      (value) => /^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.test(String(value)),
      'must be a quantity such as "500m" or "2Gi"',
    );

const amountsSchema = z.strictObject({
  /**
   * Processor time, `"500m"` or `2`.
   * @default - not said
   */
  cpu: quantity().optional(),
  /**
   * Memory, `"2Gi"`.
   * @default - not said
   */
  memory: quantity().optional(),
});

/** What a server's container asks for and may use. */
export const resourcesSchema = z.strictObject({
  /**
   * What the scheduler sets aside.
   * @default - the limits
   */
  requests: amountsSchema.optional(),
  /**
   * Most it may use; above the memory it is killed.
   * @default - none
   */
  limits: amountsSchema.optional(),
});

/** Which `nats` chart is used. */
export const chartSchema = z.strictObject({
  /**
   * Version of the chart.
   * @default "2.14.2"
   */
  version: text("a version").optional(),
  /**
   * Address of a chart repository.
   * @default - the NATS project's own
   */
  repository: z.url("must be a URL").optional(),
  /**
   * Reference in an OCI registry, `oci://HOST/PATH/nats`. Excludes `repository` and `path`.
   * @default - none
   */
  oci: z
    .string("must be a reference")
    .regex(/^oci:\/\/\S+$/, 'must begin with "oci://"')
    .optional(),
  /**
   * Folder or archive of the chart on the machine that deploys. Excludes `repository` and `oci`.
   * @default - none
   */
  path: text("a path").optional(),
});

/** How the servers run on Kubernetes. */
export const kubernetesSchema = z.strictObject({
  /**
   * Namespace of everything.
   * @default - the cluster's name
   */
  namespace: z
    .string("must be a name")
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "must be a name Kubernetes accepts")
    .optional(),
  /**
   * The Helm chart.
   * @default - the chart this version was made for
   */
  chart: chartSchema.optional(),
  /**
   * Resources of each server.
   * @default - none
   */
  resources: resourcesSchema.optional(),
  /**
   * What Go's garbage collector keeps to, `"3600MiB"`.
   * @default - 90 % of the memory limit
   */
  goMemLimit: z
    .string("must be an amount")
    .regex(/^\d+(B|KiB|MiB|GiB|TiB)$/, 'must be an amount such as "3600MiB"')
    .optional(),
  /**
   * Servers that may be away at a time when nodes are drained; 0 is none.
   * @default 1
   */
  maxUnavailable: intField(0).optional(),
  /**
   * Keep servers apart by zone and by host: as a rule, as a wish, or not at all.
   * @default - "hard" from three servers on, else "soft"
   */
  spread: z.enum(["hard", "soft", "none"]).optional(),
  /**
   * Priority class of the pods.
   * @default - none
   */
  priorityClassName: text("the name of a priority class").optional(),
  /**
   * Labels a node must have.
   * @default - any node
   */
  nodeSelector: labels().optional(),
  /**
   * Taints the pods bear.
   * @default - none
   */
  tolerations: z.array(tolerationSchema).optional(),
  /**
   * What the startup probe waits for. `server`: this server is part of the cluster. `assets`: every stream and consumer is
   * healthy too; one broken consumer then keeps every pod from starting.
   * @default "server"
   */
  startupProbe: z.enum(["server", "assets"]).optional(),
  /**
   * How long a pod must be ready before the next one is restarted: time for streams to catch up.
   * @default "15s"
   */
  minReady: durationField().optional(),
  /**
   * How long a pod may take to end; longer than lame duck mode.
   * @default - lame duck mode and 30 s more
   */
  terminationGracePeriod: durationField("1s").optional(),
  /**
   * Labels of every object.
   * @default - none
   */
  labels: labels().optional(),
  /**
   * Annotations of the pods.
   * @default - none
   */
  podAnnotations: labels().optional(),
  /**
   * A pod with the `nats` command.
   * @default false
   */
  natsBox: z.boolean().optional(),
  /**
   * Domain of the Kubernetes cluster.
   * @default "cluster.local"
   */
  clusterDomain: text("a domain").optional(),
  /**
   * More values of the chart. A value that contradicts the rest is an error.
   * @default - none
   */
  extraValues: z.record(z.string(), z.unknown()).optional(),
});

export type KubernetesSpec = DeepReadonly<z.infer<typeof kubernetesSchema>>;
