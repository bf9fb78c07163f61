import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { parseDuration } from "../../model/units";
import type { ConfigTree } from "../config-tree";
import { bytesOfQuantity } from "../kubernetes/quantity";
import { type Mount, remoteMounts } from "../kubernetes/remote-mounts";
import type { SecretRefs } from "../kubernetes/secret-refs";
import { serverEnvironment } from "../kubernetes/server-environment";
import { restartHash } from "../restart-hash";
import type { Values } from "./chart-value";

/** Annotation that changes with what servers cannot take over while they run. */
export const RESTART_ANNOTATION = "headwater.dev/restart-config";
/** Annotation that changes with the values of secrets, where the caller knows of a change. */
export const SECRETS_ANNOTATION = "headwater.dev/secrets-version";

/** What the servers' container and pods are given. */
export function podValues(spec: ClusterSpec, tree: ConfigTree, refs: SecretRefs, secretsVersion?: string): Values {
  const mounts = remoteMounts(spec, refs);
  return {
    container: containerValues(spec, refs, mounts),
    podTemplate: {
      // The reloader hands over what servers take over while they run; only for the rest pods are replaced.
      configChecksumAnnotation: false,
      topologySpreadConstraints: spreadValues(spec),
      merge: {
        metadata: {
          annotations: {
            ...spec.kubernetes?.podAnnotations,
            [RESTART_ANNOTATION]: restartHash(tree),
            [SECRETS_ANNOTATION]: secretsVersion,
          },
        },
        spec: podSpec(spec),
      },
      patch: mounts.length > 0 ? mounts.map(({ volume }) => added("/spec/volumes/-", volume)) : undefined,
    },
    statefulSet: { merge: { spec: { minReadySeconds: secondsOf(spec.kubernetes?.minReady ?? "15s") } } },
    podDisruptionBudget: { enabled: true, merge: { spec: { maxUnavailable: spec.kubernetes?.maxUnavailable ?? 1 } } },
  };
}

function containerValues(spec: ClusterSpec, refs: SecretRefs, mounts: readonly Mount[]): Values {
  const { image = {}, kubernetes = {} } = spec;
  return {
    image: {
      registry: image.registry,
      repository: image.repository ?? "nats",
      tag: image.tag ?? `${effectiveCluster(spec).version}-alpine`,
      digest: image.digest,
      pullPolicy: image.pullPolicy,
    },
    env: { ...serverEnvironment(spec, refs), GOMEMLIMIT: goMemLimit(spec) },
    resources: kubernetes.resources,
    merge: { startupProbe: { httpGet: { path: STARTUP_PATHS[kubernetes.startupProbe ?? "server"] } } },
    patch: mounts.length > 0 ? mounts.map(({ mount }) => added("/volumeMounts/-", mount)) : undefined,
  };
}

const STARTUP_PATHS = { server: "/healthz?js-server-only=true", assets: "/healthz" } as const;

const added = (path: string, value: unknown) => ({ op: "add", path, value });

/** Nine tenths of the container's memory: the rest is for what is not the garbage collector's. */
export function goMemLimit({ kubernetes }: ClusterSpec): string | undefined {
  const memory = kubernetes?.resources?.limits?.memory;
  if (kubernetes?.goMemLimit !== undefined || memory === undefined) return kubernetes?.goMemLimit;
  return `${Math.floor((bytesOfQuantity(memory) * 0.9) / 2 ** 20)}MiB`;
}

/** What is said of pods besides their containers. */
export function podSpec(spec: ClusterSpec): Values {
  const { terminationGracePeriod, priorityClassName, nodeSelector, tolerations } = spec.kubernetes ?? {};
  const { duration } = effectiveCluster(spec).lameDuck;
  return {
    // Sent away clients first, then ended.
    terminationGracePeriodSeconds: terminationGracePeriod
      ? secondsOf(terminationGracePeriod)
      : secondsOf(duration) + 30,
    priorityClassName,
    nodeSelector,
    tolerations,
  };
}

const POLICIES = { hard: "DoNotSchedule", soft: "ScheduleAnyway" } as const;

/** How pods are kept apart, by the label of nodes. */
export function spreadValues(spec: ClusterSpec): Values {
  const spread = spec.kubernetes?.spread ?? (effectiveCluster(spec).size >= 3 ? "hard" : "soft");
  if (spread === "none") return {};
  const constraint = { maxSkew: 1, whenUnsatisfiable: POLICIES[spread] };
  return { "topology.kubernetes.io/zone": constraint, "kubernetes.io/hostname": constraint };
}

const secondsOf = (duration: string) => Math.ceil(Number(parseDuration(duration) ?? 0n) / 1e9);
