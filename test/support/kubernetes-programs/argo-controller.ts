import { CONTROLLER_STREAM_CONFIG } from "../../../render/event-bus/merge-stream-config";
import { apply, kubectl, remove } from "../kubernetes";
import { argoDefinitions } from "./definitions";

const NAME = "controller-manager";
const IMAGE = "headwater.local/argo-events:v1.9.10";

const ARGO_NAMESPACE = "argo-events";

const SETTINGS = "max_memory_store: -1\nmax_file_store: 1TB";

const versions = ["2.10.29", "latest"].map((version) => ({
  version,
  natsImage: "nats:2.10.29",
  metricsExporterImage: "natsio/prometheus-nats-exporter:0.14.0",
  configReloaderImage: "natsio/nats-server-config-reloader:0.14.0",
  startCommand: "/nats-server",
}));
const streaming = {
  version: "0.22.1",
  natsStreamingImage: "nats-streaming:0.22.1",
  metricsExporterImage: "natsio/prometheus-nats-exporter:0.8.0",
};
const config = {
  eventBus: {
    nats: { versions: [streaming] },
    jetstream: { settings: SETTINGS, streamConfig: CONTROLLER_STREAM_CONFIG, versions },
  },
};

const ALL = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
const kinds = ["eventbus", "eventsources", "sensors"];
const rules = [
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ALL },
  {
    apiGroups: ["argoproj.io"],
    resources: kinds.flatMap((kind) => [kind, `${kind}/status`, `${kind}/finalizers`]),
    verbs: ALL,
  },
  {
    apiGroups: [""],
    resources: ["pods", "pods/exec", "configmaps", "services", "persistentvolumeclaims", "secrets"],
    verbs: ALL,
  },
  { apiGroups: ["apps"], resources: ["deployments", "statefulsets"], verbs: ALL },
  { apiGroups: ["admissionregistration.k8s.io"], resources: ["validatingwebhookconfigurations"], verbs: ALL },
  { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["get", "list"] },
];

const metadata = { name: NAME, namespace: ARGO_NAMESPACE };
const namespaceOfPod = { name: "NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } };

function deployment(name: string, args: readonly string[], env: readonly object[], port: number, more: object = {}) {
  const container = {
    name,
    image: IMAGE,
    imagePullPolicy: "IfNotPresent",
    command: ["argo-events", ...args],
    env: [namespaceOfPod, ...env],
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    volumeMounts: [{ name: "config", mountPath: "/etc/argo-events" }],
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: ARGO_NAMESPACE },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: NAME,
          terminationGracePeriodSeconds: 1,
          containers: [{ ...container, ...more }],
          volumes: [{ name: "config", configMap: { name: "argo-events-controller-config" } }],
        },
      },
    },
  };
}

// With what it may do and its configuration.
const argoController: readonly object[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: ARGO_NAMESPACE } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "argo-events-webhook" }, rules },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "argo-events-webhook" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "argo-events-webhook" },
    subjects: [{ kind: "ServiceAccount", name: NAME, namespace: ARGO_NAMESPACE }],
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "argo-events-controller-config", namespace: ARGO_NAMESPACE },
    data: { "controller-config.yaml": JSON.stringify(config) },
  },
  deployment(
    NAME,
    ["controller", "--leader-election=false"],
    [
      { name: "ARGO_EVENTS_IMAGE", value: IMAGE },
      { name: "IMAGE_PULL_POLICY", value: "IfNotPresent" },
    ],
    8081,
  ),
];

// Refuses event buses and their edits, once it has registered itself.
const argoWebhook: readonly object[] = [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "events-webhook", namespace: ARGO_NAMESPACE },
    spec: { selector: { app: "events-webhook" }, ports: [{ port: 443, targetPort: 443 }] },
  },
  deployment("events-webhook", ["webhook-service"], [{ name: "PORT", value: "443" }], 443),
];

const WEBHOOK = "webhook.argo-events.argoproj.io";

/** Starts Argo Events' controller and its webhook, and waits until both work. */
export async function startArgo(): Promise<void> {
  await argoDefinitions.install();
  await apply([...argoController, ...argoWebhook]);
  const rollout = (name: string) =>
    kubectl("rollout", "status", `deployment/${name}`, "-n", ARGO_NAMESPACE, "--timeout=120s");
  await Promise.all([NAME, "events-webhook"].map(rollout));
}

/** Removes a namespace with event buses in it, and then Argo's programs: they have to let go of the buses first. */
export async function stopArgo(namespace: string): Promise<void> {
  await kubectl("delete", "eventsource,sensor,eventbus", "--all", "-n", namespace, "--timeout=60s");
  await remove(namespace);
  await remove(ARGO_NAMESPACE);
  await kubectl("delete", "validatingwebhookconfiguration", WEBHOOK, "--ignore-not-found");
}

/** An event source that makes an event a second. */
export const clock = (namespace: string, name: string, bus: string) => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "EventSource",
  metadata: { name, namespace },
  spec: { eventBusName: bus, calendar: { tick: { interval: "1s" } } },
});

/** A sensor that writes every event of an event source to its log. */
export const logger = (namespace: string, name: string, bus: string, source: string) => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Sensor",
  metadata: { name, namespace },
  spec: {
    eventBusName: bus,
    dependencies: [{ name: "tick", eventSourceName: source, eventName: "tick" }],
    triggers: [{ template: { name: "write", log: {} } }],
  },
});
