import type * as pulumi from "@pulumi/pulumi";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { ExoticEventBusSpec, NativeEventBusSpec } from "../../model/event-bus/event-bus-spec";
import type { ManagedArgs } from "./input-of";

/** What every event bus of a program can be told. */
export interface CommonEventBusArgs {
  /**
   * Name of the bus in Kubernetes. Identity: cannot be changed.
   * @default - the resource's name
   */
  readonly name?: string;
  /**
   * Edits that are meant although they lose events or what sensors have read: by code, field, target and reason, as the
   * message that refuses them says.
   * @default - none
   */
  readonly allow?: readonly Acknowledgment[];
}

/** A bus whose servers Argo's controller runs. */
export interface NativeEventBusArgs extends Omit<NativeEventBusSpec, "name">, CommonEventBusArgs {
  /**
   * Servers that may be away at a time when nodes are drained; `false` makes no disruption budget. A single server never
   * has one.
   * @default 1
   */
  readonly maxUnavailable?: number | false;
}

/** How the stream behind a bus is managed. */
export type BusStreamManagement = Pick<ManagedArgs, "onDelete" | "adopt" | "allow" | "replace" | "waive">;

/** A bus on a JetStream that exists, and the stream behind it. */
export interface ExoticEventBusArgs extends Omit<ExoticEventBusSpec, "name" | "url">, CommonEventBusArgs {
  /** Address of the servers as pods reach them, such as `cluster.url`. The servers must offer TLS. */
  readonly url: pulumi.Input<string>;
  /**
   * How the stream `default` is managed, in the account of the component's provider; `false` leaves it to Argo's clients,
   * who make it and never change it.
   * @default {}
   */
  readonly manageStream?: false | BusStreamManagement;
}

export type EventBusArgs = NativeEventBusArgs | ExoticEventBusArgs;
