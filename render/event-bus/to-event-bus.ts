import type { SecretSource } from "../../model/cluster/secret-source";
import { declaredStreamConfig } from "../../model/event-bus/bus-stream-config";
import type {
  BusPersistenceSpec,
  BusTlsSpec,
  EventBusSpec,
  ExoticEventBusSpec,
  NativeEventBusSpec,
} from "../../model/event-bus/event-bus-spec";
import { isEmpty } from "../../model/walk";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { quantityOf } from "../kubernetes/quantity";
import { plain } from "../plain";
import { serverSize, settingsText, streamConfigText } from "./argo-texts";

/** What waivers are written under; nothing in Kubernetes looks at it. */
export const WAIVE_ANNOTATION = "headwater.dev/waive";

/** The EventBus of a spec, as `kubectl apply` takes it. The same spec gives the same bytes, always. */
export function toEventBus(spec: EventBusSpec): KubernetesObject {
  const { name, namespace, labels, annotations, waive } = spec;
  const waived: Record<string, string> = isEmpty(waive) ? {} : { [WAIVE_ANNOTATION]: JSON.stringify(waive) };
  return plain({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "EventBus",
    metadata: { name, namespace, labels: given(labels), annotations: given({ ...annotations, ...waived }) },
    spec: spec.type === "native" ? { jetstream: nativeBus(spec) } : { jetstreamExotic: exoticBus(spec) },
  });
}

function nativeBus(spec: NativeEventBusSpec) {
  const { version, replicas, persistence, settings, maxPayload, startArgs, podLabels, podAnnotations } = spec;
  return {
    version,
    replicas,
    persistence: persistence && volume(persistence),
    streamConfig: streamConfigText(declaredStreamConfig(spec)),
    settings: settings && settingsText(settings),
    maxPayload: maxPayload === undefined ? undefined : serverSize(maxPayload),
    startArgs: given(startArgs),
    metadata: given({ labels: given(podLabels), annotations: given(podAnnotations) }),
    containerTemplate: given(spec.containerTemplate),
    reloaderContainerTemplate: given(spec.reloaderContainerTemplate),
    metricsContainerTemplate: given(spec.metricsContainerTemplate),
    nodeSelector: given(spec.nodeSelector),
    tolerations: given(spec.tolerations),
    affinity: given(spec.affinity),
    securityContext: given(spec.securityContext),
    imagePullSecrets: given(spec.imagePullSecrets)?.map((secret) => ({ name: secret })),
    priorityClassName: spec.priorityClassName,
    priority: spec.priority,
    serviceAccountName: spec.serviceAccountName,
  };
}

// An empty `persistence` means a volume with every default: only one that is missing means none.
function volume({ storageClassName, accessMode, volumeSize }: BusPersistenceSpec) {
  const size = volumeSize === undefined ? undefined : quantityOf(volumeSize);
  return { storageClassName, accessMode, volumeSize: size };
}

function exoticBus(spec: ExoticEventBusSpec) {
  return {
    url: spec.url,
    accessSecret: secretKey(spec.accessSecret),
    streamConfig: streamConfigText(declaredStreamConfig(spec)),
    tls: spec.tls && clientTls(spec.tls),
  };
}

function clientTls({ caCertSecret, clientCertSecret, clientKeySecret, insecureSkipVerify, enabled }: BusTlsSpec) {
  return {
    caCertSecret: secretKey(caCertSecret),
    clientCertSecret: secretKey(clientCertSecret),
    clientKeySecret: secretKey(clientKeySecret),
    insecureSkipVerify,
    enabled,
  };
}

type SecretKey = Extract<SecretSource, { readonly secretName: string }>;

const secretKey = (source: SecretKey | undefined) => source && { name: source.secretName, key: source.key };

/** A list or map that has something in it. */
function given<T>(value: T): T | undefined {
  if (isEmpty(value)) return undefined;
  const isVoid = typeof value === "object" && Object.values(value as object).every((each) => each === undefined);
  return isVoid ? undefined : value;
}
