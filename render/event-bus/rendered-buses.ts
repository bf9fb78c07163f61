import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import { isObject } from "../../model/walk";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { itemsOf } from "../nack/rendered-assets";
import { fromEventBus } from "./from-event-bus";
import { toEventBus } from "./to-event-bus";

/** Event buses that were rendered before. */
export interface RenderedBuses {
  readonly all: readonly EventBusSpec[];
  /** The bus of that name; one whose namespace is not known is in any. */
  readonly find: (bus: EventBusSpec) => EventBusSpec | undefined;
}

/** The event buses among objects; a `List` is taken apart. */
export function renderedBuses(objects: readonly unknown[]): RenderedBuses {
  const all = objects
    .flatMap(itemsOf)
    .filter(isEventBus)
    .flatMap((object) => {
      const { declared } = fromEventBus(object);
      return declared ? [declared] : [];
    });
  return {
    all,
    find: ({ name, namespace }) => {
      const named = all.filter((one) => one.name === name);
      const same = named.filter((one) => one.namespace === namespace);
      const open = named.filter((one) => one.namespace === undefined || namespace === undefined);
      const [found, ...others] = same.length > 0 ? same : open;
      return found && others.length === 0 ? { ...found, namespace } : undefined;
    },
  };
}

/** Buses that were rendered before and are not any more. */
export function removedBuses({ all, find }: RenderedBuses, now: readonly EventBusSpec[]): EventBusSpec[] {
  const kept = new Set(now.flatMap((bus) => find(bus)?.name ?? []));
  return all.filter(({ name }) => !kept.has(name));
}

/** A bus as it reads once it is rendered. */
export function asRendered(bus: EventBusSpec): EventBusSpec {
  return fromEventBus(toEventBus(bus)).declared ?? bus;
}

function isEventBus(value: unknown): value is KubernetesObject {
  const isArgo = isObject(value) && String(value.apiVersion).startsWith("argoproj.io/") && value.kind === "EventBus";
  return isArgo && isObject(value.metadata) && typeof value.metadata.name === "string";
}
