import type { SensorDependencyArgs } from "../../model/event-bus/sensor";
import type { Finding } from "../../model/finding";

/** A sensor and what it depends on. */
export interface SensorFacts {
  /** Name of the sensor. */
  readonly sensor: string;
  readonly dependencies: readonly SensorDependencyArgs[];
}

// Client libraries refuse other names of buckets.
const BUCKET = /^[a-zA-Z0-9_-]+$/;
const WILDCARD = /[*>?[\]{}]/;

/** What becomes of a sensor on a JetStream bus. Pure. */
export function preflightSensor({ sensor, dependencies }: SensorFacts): Finding[] {
  const found = (code: string, severity: Finding["severity"], field: string, problem: string, remedy: string) =>
    ({ code, severity, kind: "event bus", name: sensor, field, problem, remedy }) as const;
  const bucket = BUCKET.test(sensor)
    ? []
    : [
        found(
          "EB501",
          "error",
          "sensor",
          `is "${sensor}", which no key-value bucket can be named: the sensor keeps its state in one of its own name, and never starts`,
          "Use letters, digits and -.",
        ),
      ];
  const each = dependencies.flatMap(({ eventName, deliverPolicy }, i) => [
    ...(deliverPolicy !== undefined && deliverPolicy !== "new"
      ? [
          found(
            "EB502",
            "warning",
            `dependencies[${i}].deliverPolicy`,
            `is "${deliverPolicy}": releases of Argo Events up to 1.9.11 do not have the field and always deliver new events`,
            "Leave it out, or use a release that has it.",
          ),
        ]
      : []),
    ...(WILDCARD.test(eventName)
      ? [
          found(
            "EB503",
            "error",
            `dependencies[${i}].eventName`,
            `is "${eventName}": on a JetStream bus events are looked up by their exact name, and none is found`,
            "Name the event, one dependency for each.",
          ),
        ]
      : []),
  ]);
  return [...bucket, ...each];
}
