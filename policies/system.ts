import type { EventBusSpec } from "../model/event-bus/event-bus-spec";
import type { Finding, SpecKind } from "../model/finding";
import type { TopologySpec } from "../model/topology-spec";
import type { Waiver } from "../model/waiver";
import type { ConsumerAsset, StreamAsset } from "../preflight/asset";
import type { ClusterView } from "../preflight/cluster/rule";

/** A cluster as rules see it: a field that is not known throws when it is read. */
export interface ClusterAsset extends ClusterView {
  readonly kind: "cluster";
  readonly name: string;
}

/** An event bus as rules see it: a field that is not known throws when it is read. */
export interface EventBusAsset {
  readonly kind: "event bus";
  readonly name: string;
  readonly spec: EventBusSpec;
}

/** The assets of one NATS account. */
export interface Account {
  /** Streams, and the streams behind buckets; those that exist beside the declared ones are not `declared`. */
  readonly streams: readonly StreamAsset[];
  readonly consumers: readonly ConsumerAsset[];
  /** Streams that are only referred to: little is known of them. */
  readonly external: NonNullable<TopologySpec["external"]>;
  /** The stream of that name on the server. */
  readonly stream: (name: string) => StreamAsset | undefined;
  /** Consumers of a stream by its name on the server. */
  readonly consumersOf: (stream: string) => readonly ConsumerAsset[];
  /** What servers would say to the declared assets. */
  readonly preflight: () => readonly Finding[];
}

/** A waiver an asset carries itself. */
export interface OwnWaiver {
  readonly kind: SpecKind | "cluster" | "event bus";
  readonly name: string;
  readonly waiver: Waiver;
  /** Which of the accounts the asset is in. @default - none: it is a cluster or an event bus */
  readonly account?: number;
  /** `waive[0]` */
  readonly field: string;
}

/** Everything the rules look at. */
export interface System {
  readonly accounts: readonly Account[];
  readonly clusters: readonly ClusterAsset[];
  readonly eventBuses: readonly EventBusAsset[];
  /** The waivers written down at assets. */
  readonly waivers: readonly OwnWaiver[];
}
