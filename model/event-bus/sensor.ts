import type { PullConsumerSpec } from "../consumer-spec";
import { BUS_STREAM } from "./event-bus-stream";

/** Where a sensor starts to read. */
export type SensorDeliverPolicy = "all" | "last" | "new";

/** What a sensor depends on. */
export interface SensorDependencyArgs {
  /** Name of the dependency, unique in the sensor; triggers' `conditions` use it. */
  readonly name: string;
  /** The event source. */
  readonly eventSourceName: string;
  /** The event of the source; `*` finds nothing on a JetStream bus. */
  readonly eventName: string;
  /**
   * Where the sensor starts to read when its durable consumer is made; after that it goes on where it was. `"all"`: with
   * the oldest event kept. `"last"`: with the last event. `"new"`: with the next one. Argo Events' documentation describes
   * it; releases up to 1.9.11 do not have the field, drop it, and always do what `"new"` says.
   * @default - the release's: "new" up to 1.9.11
   */
  readonly deliverPolicy?: SensorDeliverPolicy;
}

/** One entry of a sensor's `spec.dependencies`. */
export interface SensorDependency {
  readonly name: string;
  readonly eventSourceName: string;
  readonly eventName: string;
  readonly jetStream?: { readonly deliverPolicy: SensorDeliverPolicy };
}

/** An entry of a sensor's `spec.dependencies`, as Argo Events takes it. */
export function sensorDependency(args: SensorDependencyArgs): SensorDependency {
  const { name, eventSourceName, eventName, deliverPolicy } = args;
  return { name, eventSourceName, eventName, ...(deliverPolicy && { jetStream: { deliverPolicy } }) };
}

/** A dependency of one trigger of a sensor. */
export interface SensorConsumerArgs {
  /** Name of the sensor. */
  readonly sensor: string;
  /** Name of the trigger, `template.name`. */
  readonly trigger: string;
  readonly dependency: SensorDependencyArgs;
}

/**
 * The durable consumer a sensor makes for a dependency of a trigger: every trigger has its own. It outlives the sensor's
 * pods, and goes when dependency, trigger or the trigger's conditions change; the next one starts anew.
 */
export function sensorConsumer({ sensor, trigger, dependency }: SensorConsumerArgs): PullConsumerSpec {
  const { name, eventSourceName, eventName, deliverPolicy = "new" } = dependency;
  return {
    kind: "pull",
    stream: BUS_STREAM,
    name: `group-${fnv1a(`${sensor}-${trigger}-${name}`)}`,
    filterSubject: `${BUS_STREAM}.${eventSourceName}.${eventName}`,
    deliverPolicy,
    ackPolicy: "explicit",
    maxAckPending: 65_536,
  };
}

/** The key-value bucket in which a sensor keeps what its triggers have seen. Nobody removes it with the sensor. */
export function sensorBucket(sensor: string): string {
  return sensor;
}

const encoder = new TextEncoder();

// FNV-1a of 32 bits, the hash Argo Events names consumers by.
function fnv1a(text: string): number {
  return encoder.encode(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}
