import * as pulumi from "@pulumi/pulumi";
import type { EventBusSpec, ExoticEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { BUS_STREAM, eventBusStream } from "../../model/event-bus/event-bus-stream";
import { typeTokens } from "../../model/type-tokens";
import { preflightEventBus } from "../../preflight/event-bus/preflight-event-bus";
import { eventBusBudget } from "../../render/event-bus/event-bus-budget";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { kubernetesSdk, registerObject } from "./cluster/kubernetes-sdk";
import { defined, isOutput, type Props, providerCode } from "./dynamic-resource";
import type { BusStreamManagement, EventBusArgs } from "./event-bus-args";
import { report } from "./report";
import { Stream } from "./stream";

/**
 * An event bus of Argo Events, native or on a JetStream that exists. Edits that Argo or Kubernetes refuses, or that would
 * lose events, fail the preview. A native bus gets a disruption budget; an exotic one has its stream managed, in the account
 * of the component's provider. Children are named after the component: `bus-object`, `bus-stream`.
 *
 * Needs `@pulumi/kubernetes`.
 *
 * @example
 * new hw.EventBus("bus", { type: "native", name: "default", version: "2.10.29", persistence: { volumeSize: "20GiB" } });
 */
export class EventBus extends pulumi.ComponentResource {
  /** Name of the bus, for event sources and sensors. */
  readonly name: pulumi.Output<string>;
  /** The managed stream of an exotic bus. */
  readonly stream?: Stream;

  constructor(name: string, args: EventBusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("headwater:index:EventBus", name, {}, opts);
    const { spec, rest } = split(name, args);
    report(preflightEventBus(spec, { isUnknown: isOutput }));
    kubernetesSdk("EventBus");
    const parent = { parent: this };
    const change = new EventBusChange(`${name}-change`, { cluster: spec.name, spec, allow: rest.allow }, parent);
    const guarded = { ...parent, dependsOn: [change] as pulumi.Resource[] };
    if (spec.type === "exotic" && rest.manageStream !== false)
      this.stream = busStream(`${name}-stream`, spec, rest.manageStream ?? {}, guarded);
    const before = this.stream ? [change, this.stream] : [change];
    // A name exists once: a replacement made first would be the very bus that is then deleted.
    const options = { ...parent, dependsOn: before, deleteBeforeReplace: true };
    registerObject(`${name}-object`, busObject(spec), options);
    const budget = rest.maxUnavailable === false ? undefined : eventBusBudget(spec, rest.maxUnavailable);
    if (budget) registerObject(`${name}-budget`, budget, guarded);
    this.name = pulumi.output(spec.name);
    this.registerOutputs({ name: this.name });
  }
}

/** Judges an edit of an event bus before Kubernetes is told. */
class EventBusChange extends pulumi.CustomResource {
  constructor(name: string, props: Props, opts: pulumi.CustomResourceOptions) {
    super(typeTokens.eventBusChange, name, { ...defined(props), __provider: providerCode("eventBusChange") }, opts);
  }
}

interface Rest {
  readonly allow?: EventBusArgs["allow"];
  readonly maxUnavailable?: number | false;
  readonly manageStream?: false | BusStreamManagement;
}

function split(name: string, args: EventBusArgs): { spec: EventBusSpec; rest: Rest } {
  const { allow, maxUnavailable, manageStream, ...fields } = args as EventBusArgs & Rest;
  return {
    spec: { name, ...defined(fields as Props) } as unknown as EventBusSpec,
    rest: { allow, maxUnavailable, manageStream },
  };
}

function busStream(
  name: string,
  spec: ExoticEventBusSpec,
  managed: BusStreamManagement,
  opts: pulumi.CustomResourceOptions,
) {
  return new Stream(name, { ...eventBusStream(spec), name: BUS_STREAM, ...managed }, opts);
}

// An address that is not known yet goes past the renderer, which gives plain data.
function busObject(spec: EventBusSpec): KubernetesObject {
  if (spec.type === "native") return toEventBus(spec);
  const { spec: rendered, ...object } = toEventBus({ ...spec, url: "" });
  const { jetstreamExotic } = rendered as { jetstreamExotic: Props };
  return { ...object, spec: { jetstreamExotic: { ...jetstreamExotic, url: spec.url } } } as KubernetesObject;
}
