import { eventBusSchema } from "../../model/event-bus/event-bus-spec";
import type { Finding } from "../../model/finding";
import { isObject, showValue } from "../../model/walk";
import { type Path, shapeProblems } from "../check-shape";

// Written out: declarations of the package name no schema library.
type Unknown = (value: unknown) => boolean;

/** Checks the shape of an event bus: fields known, types, units, ranges. */
export function checkEventBus(spec: unknown, isUnknown: Unknown = () => false): Finding[] {
  const name = eventBusName(spec, isUnknown);
  return shapeProblems(eventBusSchema, spec, { show }, isUnknown).map(({ value, ...found }) => ({
    code: "EB101",
    severity: "error",
    kind: "event bus",
    name,
    ...found,
    ...(isHarmless(value) && { value }),
  }));
}

/** The name messages use for an event bus. */
export function eventBusName(spec: unknown, isUnknown: Unknown = () => false): string {
  const name = isObject(spec) ? spec.name : undefined;
  return typeof name === "string" && !isUnknown(name) ? name : "?";
}

const isHarmless = (value: unknown) => typeof value === "number" || typeof value === "boolean";
const SECRET = ["accessSecret", "tls", "url"];

// Whoever writes a login in place of a reference to a Secret must not find it in a log.
function show(value: unknown, path: Path): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "a map";
  const isSecret = typeof value === "string" && path.some((key) => SECRET.includes(String(key)));
  return isSecret ? "a value that is not shown" : showValue(value);
}
