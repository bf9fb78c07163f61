import * as pulumi from "@pulumi/pulumi";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { Finding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { preflight } from "../../preflight/preflight";
import { rules } from "../../preflight/rules";
import { Consumer, type ConsumerArgs } from "./consumer";
import { isOutput } from "./dynamic-resource";
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
  /**
   * Edits that are meant, by the asset's name on the server: `{ ORDERS: [{ code: "DL102", … }], "ORDERS/billing": […],
   * KV_sessions: […], OBJ_artifacts: […] }`, as on a single resource.
   * @default - none
   */
  readonly allow?: Readonly<Record<string, readonly Acknowledgment[]>>;
  /**
   * Assets that may be recreated: `{ ORDERS: "allow" }`, as on a single resource.
   * @default - none
   */
  readonly replace?: Readonly<Record<string, "never" | "allow">>;
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
    report(pendingParts(name, args));
    report(preflight(args).filter(({ code, severity }) => severity === "error" || WHOLE.has(code)));
    report(strangers(args));
    const managed = (asset: string, { allow }: Allowing) => ({
      onDelete: args.onDelete,
      adopt: args.adopt,
      allow: allow ? [...(own(args.allow, asset) ?? []), ...allow] : own(args.allow, asset),
      replace: own(args.replace, asset),
    });
    const parent = { parent: this };
    this.streams = mapValues(args.streams, (asset, spec) => {
      return new Stream(`${name}-${asset}`, { ...spec, ...managed(asset, spec), name: asset } as StreamArgs, parent);
    });
    this.keyValues = mapValues(args.keyValues, (asset, spec) => {
      return new KeyValue(
        `${name}-${asset}`,
        { ...spec, ...managed(`KV_${asset}`, spec), name: asset } as KeyValueArgs,
        parent,
      );
    });
    this.objectStores = mapValues(args.objectStores, (asset, spec) => {
      return new ObjectStore(
        `${name}-${asset}`,
        { ...spec, ...managed(`OBJ_${asset}`, spec), name: asset } as ObjectStoreArgs,
        parent,
      );
    });
    const consumers = (args.consumers ?? []).map((spec) => {
      const stream = own(this.streams, spec.stream) ?? spec.stream;
      const child = new Consumer(
        `${name}-${spec.stream}-${spec.name}`,
        { ...spec, ...managed(`${spec.stream}/${spec.name}`, spec), stream } as ConsumerArgs,
        parent,
      );
      return [`${spec.stream}/${spec.name}`, child] as const;
    });
    this.consumers = Object.fromEntries(consumers);
    this.registerOutputs({});
  }
}

interface Allowing {
  readonly allow?: readonly Acknowledgment[];
}

const SECTIONS = ["streams", "keyValues", "objectStores", "consumers", "external"] as const;

// A whole set is judged before anything is deployed: types refuse an output, JavaScript does not.
function pendingParts(name: string, args: TopologyArgs): Finding[] {
  const fields = SECTIONS.flatMap((section) => pathsToOutputs(args[section], section, new Set()));
  return fields.map((field) => ({
    code: "SP101",
    severity: "error",
    kind: "topology",
    name,
    field,
    problem: "takes plain values, not outputs",
    remedy: "Use the single resources, hw.Stream and the others: they take outputs everywhere.",
  }));
}

function pathsToOutputs(value: unknown, path: string, seen: Set<unknown>): string[] {
  if (isOutput(value)) return [path];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const step = (key: string) => (Array.isArray(value) ? `[${key}]` : `.${key}`);
  return Object.entries(value).flatMap(([key, inner]) => pathsToOutputs(inner, path + step(key), seen));
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

// What is said about an asset that is not there hides a mistake.
function strangers({ streams, keyValues, objectStores, consumers = [], allow, replace }: TopologyArgs): Finding[] {
  const known = new Set([
    ...Object.keys(streams ?? {}),
    ...Object.keys(keyValues ?? {}).map((name) => `KV_${name}`),
    ...Object.keys(objectStores ?? {}).map((name) => `OBJ_${name}`),
    ...consumers.map(({ stream, name }) => `${stream}/${name}`),
  ]);
  const said = [
    ...Object.keys(allow ?? {}).map((name) => ["allow", name]),
    ...Object.keys(replace ?? {}).map((name) => ["replace", name]),
  ];
  return said
    .filter(([, name]) => !known.has(name as string))
    .map(([field, name]) => ({
      code: "AK101",
      severity: "error",
      kind: "topology",
      name: name as string,
      field: field as string,
      problem: "names no asset of the topology",
      remedy: "Correct the name: STREAM, STREAM/CONSUMER, KV_bucket or OBJ_bucket.",
    }));
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>> | undefined,
  map: (key: string, value: T) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, map(key, value)]));
}
