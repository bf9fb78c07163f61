import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import type { TlsSideName } from "../../model/cluster/tls-spec";
import { throwFindings } from "../../model/finding";
import type { HelmContext } from "../helm/chart-values";
import { podSpec, RESTART_ANNOTATION, SECRETS_ANNOTATION } from "../helm/pod-values";
import { imageOf } from "../image";
import { natsConf } from "../nats-conf";
import { natsConfig } from "../nats-config";
import { plain } from "../plain";
import { restartHash } from "../restart-hash";
import type { KubernetesObject } from "./kubernetes-object";
import { tlsSecretName, witnessName } from "./names";
import { kubernetesPlace, TLS_FOLDERS } from "./place";
import { reloaderContainer } from "./reloader";
import { secretMount } from "./remote-mounts";
import { secretRefsOf, unplacedFindings } from "./secret-refs";
import { serverEnvironment } from "./server-environment";

/**
 * The witness of a single server, beside the chart: a server that elects a leader with it and stores nothing. Nothing for
 * clusters that need none.
 */
export function witnessObjects(spec: ClusterSpec, context: HelmContext = {}): KubernetesObject[] {
  if (!effectiveCluster(spec).witness) return [];
  const refs = secretRefsOf(context);
  throwFindings(unplacedFindings(spec, refs));
  const { namespace, ports } = effectiveCluster(spec);
  const name = witnessName(spec);
  const selector = { "app.kubernetes.io/name": "nats-witness", "app.kubernetes.io/instance": spec.name };
  const metadata = { name, namespace, labels: { ...spec.kubernetes?.labels, ...selector } };
  const tree = natsConfig(spec, kubernetesPlace(spec, refs, true));
  const containerPorts = [
    { name: "cluster", port: ports.cluster },
    { name: "monitor", port: ports.monitor },
  ];
  return plain([
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "nats.conf": natsConf(tree) } },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: { clusterIP: "None", publishNotReadyAddresses: true, selector, ports: containerPorts },
    },
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata,
      spec: {
        serviceName: name,
        replicas: 1,
        selector: { matchLabels: selector },
        template: {
          metadata: {
            labels: metadata.labels,
            annotations: {
              ...spec.kubernetes?.podAnnotations,
              [RESTART_ANNOTATION]: restartHash(tree),
              [SECRETS_ANNOTATION]: context.secretsVersion,
            },
          },
          spec: {
            ...podSpec(spec),
            enableServiceLinks: false,
            // The reloader signals the server.
            shareProcessNamespace: true,
            ...(spec.image?.pullSecretNames && {
              imagePullSecrets: spec.image.pullSecretNames.map((secret) => ({ name: secret })),
            }),
            containers: [container(spec, serverEnvironment(spec, refs)), reloader(spec)],
            volumes: volumes(spec),
          },
        },
        volumeClaimTemplates: claims(spec),
      },
    },
  ]);
}

function container(spec: ClusterSpec, environment: ReturnType<typeof serverEnvironment>) {
  const { ports } = effectiveCluster(spec);
  const scheme = spec.monitoring?.https ? "HTTPS" : "HTTP";
  const probe = { httpGet: { path: "/healthz?js-server-only=true", port: ports.monitor, scheme }, periodSeconds: 10 };
  return {
    name: "nats",
    image: imageOf(spec),
    ...(spec.image?.pullPolicy && { imagePullPolicy: spec.image.pullPolicy }),
    args: ["--config", "/etc/nats-config/nats.conf"],
    env: Object.entries(environment).map(([name, value]) => ({
      name,
      ...(typeof value === "string" ? { value } : value),
    })),
    lifecycle: { preStop: { exec: { command: ["nats-server", "-sl=ldm=/var/run/nats/nats.pid"] } } },
    startupProbe: { ...probe, failureThreshold: 90 },
    readinessProbe: probe,
    livenessProbe: {
      httpGet: { path: "/healthz?js-enabled-only=true", port: ports.monitor, scheme },
      periodSeconds: 30,
    },
    // It keeps the names of streams and who leads, nothing of what they hold.
    resources: { requests: { cpu: "50m", memory: "64Mi" } },
    volumeMounts: [...readMounts(spec), { name: "data", mountPath: "/data" }],
  };
}

function reloader(spec: ClusterSpec) {
  const files = sideMounts(spec).flatMap(({ mount }) => [`${mount.mountPath}/tls.crt`, `${mount.mountPath}/tls.key`]);
  return reloaderContainer(spec, files, readMounts(spec));
}

// What the server and the reloader both read.
function readMounts(spec: ClusterSpec) {
  return [
    { name: "config", mountPath: "/etc/nats-config" },
    { name: "pid", mountPath: "/var/run/nats" },
    ...sideMounts(spec).map(({ mount }) => mount),
  ];
}

const SIDES: readonly TlsSideName[] = ["client", "cluster", "gateway"];

function sideMounts(spec: ClusterSpec) {
  return SIDES.flatMap((side) => {
    const secret = tlsSecretName(spec, side);
    return secret ? [secretMount(`${side}-tls`, secret, TLS_FOLDERS[side])] : [];
  });
}

function volumes(spec: ClusterSpec) {
  return [
    { name: "config", configMap: { name: witnessName(spec) } },
    { name: "pid", emptyDir: {} },
    ...(spec.jetstream?.volume ? [] : [{ name: "data", emptyDir: {} }]),
    ...sideMounts(spec).map(({ volume }) => volume),
  ];
}

function claims(spec: ClusterSpec) {
  const { volume } = spec.jetstream ?? {};
  if (!volume) return undefined;
  return [
    {
      metadata: { name: "data" },
      spec: {
        accessModes: [volume.accessMode ?? "ReadWriteOnce"],
        resources: { requests: { storage: "1Gi" } },
        storageClassName: volume.storageClass,
      },
    },
  ];
}
