import { z } from "zod";
import { intField } from "../fields";
import { tolerationSchema } from "../toleration";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const texts = () => z.record(z.string(), z.string("must be a text"));
const quantity = () =>
  z
    .union([z.string(), z.number()], 'must be a quantity such as "500m" or "2Gi"')
    .refine(
      (value) => /^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.test(String(value)),
      'must be a quantity such as "500m" or "2Gi"',
    );
/** Part of a pod in Kubernetes' own words, passed on as it is. */
const manifest = () => z.record(z.string(), z.unknown());

/** What a container asks for and may use. */
export const busResourcesSchema = z.strictObject({
  /**
   * What the scheduler sets aside, `{ cpu: "500m", memory: "1Gi" }`.
   * @default - the limits
   */
  requests: z.record(text("the name of a resource"), quantity()).optional(),
  /**
   * Most the container may use; above the memory it is killed.
   * @default - none
   */
  limits: z.record(text("the name of a resource"), quantity()).optional(),
});

/** One container of the bus's pods. A change restarts the pods, one by one. */
export const busContainerSchema = z.strictObject({
  /**
   * Resources.
   * @default - none
   */
  resources: busResourcesSchema.optional(),
  /**
   * When the image is pulled.
   * @default - as Kubernetes decides
   */
  imagePullPolicy: z.enum(["Always", "IfNotPresent", "Never"]).optional(),
  /**
   * Security context of the container, in Kubernetes' words.
   * @default - none
   */
  securityContext: manifest().optional(),
});

/** How the pods of a native bus run. Every change of these restarts them, one by one. */
export const busPodShape = {
  /**
   * The container of nats-server.
   * @default - as Argo's controller makes it, without resources
   */
  containerTemplate: busContainerSchema.optional(),
  /**
   * The container that makes nats-server read its configuration again.
   * @default - as Argo's controller makes it, without resources
   */
  reloaderContainerTemplate: busContainerSchema.optional(),
  /**
   * The container of the Prometheus exporter.
   * @default - as Argo's controller makes it, without resources
   */
  metricsContainerTemplate: busContainerSchema.optional(),
  /**
   * Labels of the pods.
   * @default - Argo's own
   */
  podLabels: texts().optional(),
  /**
   * Annotations of the pods.
   * @default - none
   */
  podAnnotations: texts().optional(),
  /**
   * Labels a node must have.
   * @default - any node
   */
  nodeSelector: texts().optional(),
  /**
   * Taints the pods bear.
   * @default - none
   */
  tolerations: z.array(tolerationSchema).optional(),
  /**
   * Where pods are scheduled, in Kubernetes' words. Argo keeps pods apart in no way of its own.
   * @default - none
   */
  affinity: manifest().optional(),
  /**
   * Security context of the pods, in Kubernetes' words.
   * @default - none
   */
  securityContext: manifest().optional(),
  /**
   * Names of the Secrets to pull images with.
   * @default - none
   */
  imagePullSecrets: z.array(text("the name of a Secret")).optional(),
  /**
   * Priority class of the pods.
   * @default - none
   */
  priorityClassName: text("the name of a priority class").optional(),
  /**
   * Priority of the pods; Kubernetes sets it itself where priority classes are on.
   * @default - that of the class
   */
  priority: intField(-2_147_483_648).optional(),
  /**
   * Service account of the pods.
   * @default - the namespace's default one
   */
  serviceAccountName: text("the name of a service account").optional(),
};
