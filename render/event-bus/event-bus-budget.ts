import { DEFAULT_BUS_REPLICAS } from "../../model/event-bus/bus-stream-config";
import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";

/** Labels Argo's controller gives the pods and volume claims of a native bus. */
export function eventBusPodLabels(name: string): Readonly<Record<string, string>> {
  return { controller: "eventbus-controller", "eventbus-name": name, "owner-name": name };
}

/**
 * A disruption budget for the pods of a native bus: Argo makes none, and a drain may take a majority at once. None for a
 * single server, whose node could not be drained then, and for servers that are not Argo's.
 */
export function eventBusBudget(spec: EventBusSpec, maxUnavailable = 1): KubernetesObject | undefined {
  if (spec.type !== "native" || (spec.replicas ?? DEFAULT_BUS_REPLICAS) < 3) return undefined;
  const { name, namespace } = spec;
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: `eventbus-${name}-js`, ...(namespace && { namespace }) },
    spec: { maxUnavailable, selector: { matchLabels: eventBusPodLabels(name) } },
  };
}
