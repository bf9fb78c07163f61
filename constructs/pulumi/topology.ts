import * as pulumi from "@pulumi/pulumi";
import type { TopologySpec } from "../../model/topology-spec";
import { preflight } from "../../preflight/preflight";
import { rules } from "../../preflight/rules";
import { Consumer, type ConsumerArgs } from "./consumer";
import { KeyValue, type KeyValueArgs } from "./key-value";
import { ObjectStore, type ObjectStoreArgs } from "./object-store";
import { report } from "./report";
import { Stream, type StreamArgs } from "./stream";

// The other warnings come from the children, each beside the resources before it.
const WHOLE: ReadonlySet<string> = new Set(rules.filter(({ whole }) => whole).map(({ code }) => code));

/** A topology, and what holds for all of its assets. */
export interface TopologyArgs extends TopologySpec {
  /**
   * What deleting the assets does, as on a single resource.
   * @default "deleteIfEmpty"
   */
  readonly onDelete?: pulumi.Input<"retain" | "deleteIfEmpty" | "delete">;
  /**
   * Take over assets that exist.
   * @default false
   */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A whole set of streams, consumers and buckets. Children are named after the component and the asset, so that a program
 * can address them: `orders-ORDERS`, `orders-ORDERS-billing`.
 *
 * @example
 * new hw.Topology("orders", { streams: { ORDERS: { subjects: ["orders.>"] } } }, { providers: [eu] });
 */
export class Topology extends pulumi.ComponentResource {
  /** The streams by name. */
  readonly streams: Readonly<Record<string, Stream>>;
  /** The consumers by `STREAM/NAME`. */
  readonly consumers: Readonly<Record<string, Consumer>>;
  /** The key-value buckets by name. */
  readonly keyValues: Readonly<Record<string, KeyValue>>;
  /** The object stores by name. */
  readonly objectStores: Readonly<Record<string, ObjectStore>>;

  constructor(name: string, args: TopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("headwater:index:Topology", name, {}, opts);
    report(preflight(args).filter(({ code, severity }) => severity === "error" || WHOLE.has(code)));
    const managed = { onDelete: args.onDelete, adopt: args.adopt };
    const parent = { parent: this };
    this.streams = mapValues(args.streams, (asset, spec) => {
      return new Stream(`${name}-${asset}`, { ...spec, ...managed, name: asset } as StreamArgs, parent);
    });
    this.keyValues = mapValues(args.keyValues, (asset, spec) => {
      return new KeyValue(`${name}-${asset}`, { ...spec, ...managed, name: asset } as KeyValueArgs, parent);
    });
    this.objectStores = mapValues(args.objectStores, (asset, spec) => {
      return new ObjectStore(`${name}-${asset}`, { ...spec, ...managed, name: asset } as ObjectStoreArgs, parent);
    });
    const consumers = (args.consumers ?? []).map((spec) => {
      const stream = this.streams[spec.stream] ?? spec.stream;
      const child = new Consumer(
        `${name}-${spec.stream}-${spec.name}`,
        { ...spec, ...managed, stream } as ConsumerArgs,
        parent,
      );
      return [`${spec.stream}/${spec.name}`, child] as const;
    });
    this.consumers = Object.fromEntries(consumers);
    this.registerOutputs({});
  }
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>> | undefined,
  map: (key: string, value: T) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, map(key, value)]));
}
