import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import type { PropsOf } from "./props";
import { register } from "./registry";

export type EventBusProps = PropsOf<EventBusSpec, "name"> & {
  /**
   * Name of the bus in Kubernetes. Identity: another name is another bus.
   * @default - the construct's id
   */
  readonly name?: string;
};

/**
 * An event bus of Argo Events.
 *
 * @example
 * new hw.EventBus(this, "default", { type: "native", version: "2.10.29", persistence: { volumeSize: "20GiB" } });
 */
export class EventBus extends Construct {
  /** Name in Kubernetes: what event sources and sensors name as their bus. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: EventBusProps) {
    super(scope, id);
    const namespace = props.namespace ?? Chart.of(this).namespace;
    const spec = { ...props, name: props.name ?? id, ...(namespace && { namespace }) } as EventBusSpec;
    this.name = spec.name;
    new ApiObject(this, "Resource", toEventBus(spec));
    register({
      construct: this,
      findings: [],
      eventBus: spec,
      resource: { kind: "event bus", namespace: namespace ?? "", name: spec.name },
    });
  }
}
