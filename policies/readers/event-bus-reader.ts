import type { EventBusSet, LocatedEventBus } from "../../model/event-bus/event-bus-file";
import type { Finding } from "../../model/finding";
import type { LocatedFinding, Path } from "../../model/place";
import { parsePath } from "../../model/place";
import { fromEventBus } from "../../render/event-bus/from-event-bus";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { identityOf, type PlacedObject, textAt } from "../../render/kubernetes/placed-object";

/** Every EventBus of Argo among objects. */
export function busesIn(objects: readonly PlacedObject[]): EventBusSet {
  const read = objects.filter(isEventBus).map(readBus);
  return { buses: read.flatMap(({ bus }) => bus), findings: read.flatMap(({ findings }) => findings) };
}

function isEventBus({ value }: PlacedObject): boolean {
  const isArgo = typeof value.apiVersion === "string" && value.apiVersion.startsWith("argoproj.io/");
  return isArgo && value.kind === "EventBus" && textAt(value, "metadata", "name") !== undefined;
}

const OUTSIDE: Readonly<Record<string, Path>> = {
  name: ["metadata", "name"],
  namespace: ["metadata", "namespace"],
  labels: ["metadata", "labels"],
  annotations: ["metadata", "annotations"],
  waive: ["metadata", "annotations", "headwater.dev/waive"],
};

// Of what is written as text the field alone has a place.
const TEXTS = ["streamConfig", "settings"];

function readBus({ value, place }: PlacedObject): { bus: LocatedEventBus[]; findings: LocatedFinding[] } {
  const { declared, findings } = fromEventBus(value as KubernetesObject);
  const located = findings.map((one) => ({ ...one, ...place(manifestPath(one.field)) }));
  if (!declared) return { bus: [], findings: located };
  const block = declared.type === "native" ? "jetstream" : "jetstreamExotic";
  const pathOf = (field: string): Path => {
    const [first = "", ...rest] = parsePath(field);
    const outside = OUTSIDE[String(first)];
    if (outside) return outside;
    return ["spec", block, first, ...(TEXTS.includes(String(first)) ? [] : rest)];
  };
  const locate = (all: readonly Finding[]) => all.map((one) => ({ ...one, ...place(pathOf(one.field)) }));
  const { name } = identityOf(value);
  return { bus: [{ name, spec: declared, place: place([]), locate }], findings: located };
}

// The name of an annotation has dots.
function manifestPath(field: string): Path {
  const [, annotation] = /^metadata\.annotations\.(.+)$/.exec(field) ?? [];
  return annotation ? ["metadata", "annotations", annotation] : parsePath(field);
}
