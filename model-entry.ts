import type { ClusterSpec } from "./model/cluster/cluster-spec";
import type { EventBusSpec } from "./model/event-bus/event-bus-spec";
import type { Finding } from "./model/finding";
import type { TopologySpec } from "./model/topology-spec";
import { preflightCluster as judgeCluster } from "./preflight/cluster/preflight-cluster";
import { preflightEventBus as judgeEventBus } from "./preflight/event-bus/preflight-event-bus";
import { preflight as judge } from "./preflight/preflight";
import type { ServerFacts } from "./preflight/server-facts";

export type { AssetFacts, ConsumerFacts } from "./changes/asset-facts";
export type { Change, ChangeCode } from "./changes/change";
export {
  type ClusterChange,
  type ClusterChangeCode,
  type ClusterEdit,
  describeClusterChange,
} from "./changes/cluster/cluster-change";
export { planClusterChange } from "./changes/cluster/plan-cluster-change";
export { describe } from "./changes/describe";
export {
  describeEventBusChange,
  type EventBusChange,
  type EventBusChangeCode,
  type EventBusEdit,
} from "./changes/event-bus/event-bus-change";
export { planEventBusChange } from "./changes/event-bus/plan-event-bus-change";
export { type PlanOptions, planChange } from "./changes/plan-change";
export * from "./model/index";
export { checkCluster } from "./preflight/cluster/check-cluster";
export { checkEventBus } from "./preflight/event-bus/check-event-bus";
export { preflightSensor, type SensorFacts } from "./preflight/event-bus/preflight-sensor";
export type { AccountLimits, ExistingStream, ServerFacts } from "./preflight/server-facts";
export { eventBusBudget } from "./render/event-bus/event-bus-budget";
export { type DeclaredEventBus, fromEventBus } from "./render/event-bus/from-event-bus";
export { mergeStreamConfig } from "./render/event-bus/merge-stream-config";
export { toEventBus } from "./render/event-bus/to-event-bus";
export type { KubernetesObject } from "./render/kubernetes/kubernetes-object";

/**
 * What a server would say to a whole set before any call: errors are what it refuses, warnings what it accepts but what
 * cannot work. Pure. Judges as the newest supported server does, unless facts of a live account are given.
 *
 * @example
 * const findings = preflight(defineTopology({ streams: { ORDERS: { subjects: ["orders.>"] } } }));
 */
export function preflight(topology: TopologySpec, options: { readonly server?: ServerFacts } = {}): Finding[] {
  return judge(topology, { server: options.server });
}

/**
 * What servers would say to a cluster before any is started, and whether it can hold a topology. Pure; no finding contains
 * a secret.
 *
 * @example
 * const findings = preflightCluster(defineCluster({ name: "nats", size: 3 }));
 */
export function preflightCluster(spec: ClusterSpec, options: { readonly topology?: TopologySpec } = {}): Finding[] {
  return judgeCluster(spec, { topology: options.topology });
}

/**
 * What Argo Events, Kubernetes and nats-server would say to an event bus before any of them sees it. Pure; no finding
 * contains a secret.
 *
 * @example
 * const findings = preflightEventBus(defineEventBus({ type: "native", name: "default", version: "2.10.29" }));
 */
export function preflightEventBus(spec: EventBusSpec, options: { readonly server?: ServerFacts } = {}): Finding[] {
  return judgeEventBus(spec, { server: options.server });
}
