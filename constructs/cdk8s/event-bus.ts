import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { checkEventBusAllow, judgeEventBusEdit } from "../../changes/event-bus/judge-event-bus-edit";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { EventBusSpec, ExoticEventBusSpec, NativeEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { BUS_STREAM, eventBusStream } from "../../model/event-bus/event-bus-stream";
import type { Finding } from "../../model/finding";
import { preflightEventBus } from "../../preflight/event-bus/preflight-event-bus";
import { eventBusBudget } from "../../render/event-bus/event-bus-budget";
import { asRendered } from "../../render/event-bus/rendered-buses";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { defaultsOf, known } from "./defaults";
import { type PreviousAssets, previousAssets } from "./previous";
import type { ManagedProps, PropsOf } from "./props";
import { register, registryOf } from "./registry";
import { Stream } from "./stream";

interface BusProps {
  /**
   * Name of the bus in Kubernetes. Identity: another name is another bus.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Edits that are meant although they lose events or what sensors have read: by code, field, target and reason, as the
   * message that refuses them says. Edits are judged where `setDefaults` says what was rendered before.
   * @default - none
   */
  readonly allow?: readonly Acknowledgment[];
}

interface BusOptions {
  readonly maxUnavailable?: number | false;
  readonly manageStream?: Omit<ManagedProps, "name" | "waive">;
}

/** A bus whose servers Argo's controller runs. */
export type NativeEventBusProps = PropsOf<NativeEventBusSpec, "name"> &
  BusProps & {
    /**
     * Servers of the bus that may be away at a time when nodes are drained; `false` makes no disruption budget. Argo makes none.
     * @default 1
     */
    readonly maxUnavailable?: number | false;
  };

/** A bus on a JetStream that exists. */
export type ExoticEventBusProps = PropsOf<ExoticEventBusSpec, "name"> &
  BusProps & {
    /**
     * Declares the stream behind the bus, which Argo would make and never change: where it lives and how it is managed.
     * @default - Argo's clients make it
     */
    readonly manageStream?: Omit<ManagedProps, "name" | "waive">;
  };

export type EventBusProps = NativeEventBusProps | ExoticEventBusProps;

/**
 * An event bus of Argo Events. A native one of three servers and more gets a disruption budget; an exotic one may have its
 * stream managed.
 *
 * @example
 * new hw.EventBus(this, "default", { type: "native", version: "2.10.29", persistence: { volumeSize: "20GiB" } });
 */
export class EventBus extends Construct {
  /** Name in Kubernetes: what event sources and sensors name as their bus. */
  readonly name: string;
  /** The stream of an exotic bus, where it is managed. */
  readonly stream?: Stream;

  constructor(scope: Construct, id: string, props: EventBusProps) {
    super(scope, id);
    const { maxUnavailable, manageStream, allow, ...fields } = (props ?? {}) as EventBusProps & BusOptions;
    const namespace = fields.namespace ?? Chart.of(this).namespace;
    const spec = known({ ...fields, name: fields.name ?? id, namespace }) as unknown as EventBusSpec;
    this.name = spec.name;
    const { server, previous: told } = defaultsOf(this);
    const previous = told === undefined ? undefined : previousAssets(told, registryOf(this).previous);
    const preflight = preflightEventBus(spec, spec.type === "exotic" ? { server } : {});
    const wrong = checkEventBusAllow(spec.name, allow);
    const findings = [
      ...preflight,
      ...wrong,
      ...(isRefused([...preflight, ...wrong]) ? [] : judgeEdit(spec, previous, allow)),
    ];
    const resource = { kind: "event bus", namespace: namespace ?? "", name: spec.name };
    register({ construct: this, findings, eventBus: spec, previous, resource });
    if (isRefused(findings)) return;
    if (spec.type === "exotic" && manageStream) this.stream = this.#declare(spec, manageStream);
    const bus = new ApiObject(this, "Resource", toEventBus(spec));
    if (this.stream) bus.addDependency(this.stream);
    const budget = maxUnavailable === false ? undefined : eventBusBudget(spec, maxUnavailable);
    if (budget) new ApiObject(this, "Budget", budget);
  }

  #declare(spec: ExoticEventBusSpec, managed: Omit<ManagedProps, "name" | "waive">): Stream {
    const { name: _, ...stream } = eventBusStream(spec);
    return new Stream(this, "Stream", { ...stream, ...managed, name: BUS_STREAM });
  }
}

const isRefused = (findings: readonly Finding[]) => findings.some(({ severity }) => severity === "error");

function judgeEdit(spec: EventBusSpec, previous: PreviousAssets | undefined, allow: BusProps["allow"]): Finding[] {
  const before = previous?.buses.find(spec);
  return before ? judgeEventBusEdit(before, asRendered(spec), allow) : [];
}
