import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import { isObject } from "../../model/walk";
import { fromEventBus } from "../../render/event-bus/from-event-bus";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import type { EventBusInput } from "../build-system";
import { isUnknown, UNKNOWN } from "../unknown-value";
import type { EngineResource } from "./engine";
import { readProps } from "./read-props";

/** The parts of a bus in a manifest, and in the model where they have another name. */
const NAMES: Readonly<Record<string, string>> = { metadata: "podLabels" };

/** An event bus as a resource of Kubernetes declares it; `undefined` where nothing of it is known yet. */
export function readEventBus({ props, name }: EngineResource): EventBusInput | undefined {
  const { metadata, spec } = readProps(props, ["metadata", "spec"]);
  if (!isObject(spec)) return undefined;
  const [type, bus] = Object.entries(spec).find(([, value]) => isObject(value)) ?? [];
  if (type === undefined || !isObject(bus)) return undefined;
  const known = Object.fromEntries(Object.entries(bus).filter(([, value]) => !isUnknown(value)));
  const hidden = Object.keys(bus).filter((key) => !(key in known));
  const own = isObject(metadata) ? metadata : {};
  const named = { ...own, name: typeof own.name === "string" ? own.name : name };
  const { declared } = fromEventBus({
    metadata: without(named),
    spec: { [type]: known },
  } as unknown as KubernetesObject);
  if (!declared) return undefined;
  const unknown = Object.fromEntries(hidden.map((key) => [NAMES[key] ?? key, UNKNOWN]));
  return { spec: { ...declared, ...unknown } as EventBusSpec, isUnknown, by: name };
}

const without = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isUnknown(value)));
