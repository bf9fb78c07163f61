import { Chart } from "cdk8s";
import { Construct } from "constructs";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { Finding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { assetName } from "../../preflight/check-spec";
import { type Declared, declaredIn, streamNameOf } from "../../preflight/preflight";
import { accountKey } from "../../render/nack/connection";
import { metadataNames } from "../../render/nack/metadata-name";
import type { Asset } from "./asset";
import { connectionOf } from "./connection";
import { Consumer } from "./consumer";
import { type Defaults, defaultsOf, setDefaults } from "./defaults";
import { KeyValue } from "./key-value";
import { ObjectStore } from "./object-store";
import { register } from "./registry";
import { Stream } from "./stream";

/** A topology, and what holds for all of its assets. */
export interface TopologyProps extends TopologySpec, Defaults {
  /**
   * Edits that are meant, by the asset's name on the server: `{ ORDERS: [{ code: "DL102", … }], "ORDERS/billing": […],
   * KV_sessions: […], OBJ_artifacts: […] }`, as on a single asset.
   * @default - none
   */
  readonly allow?: Readonly<Record<string, readonly Acknowledgment[]>>;
}

/**
 * A whole set of streams, consumers and buckets. Each is a construct below it, named as on the server.
 *
 * @example
 * new hw.Topology(this, "orders", { streams: { ORDERS: { subjects: ["orders.>"] } }, connection: { account: "nats" } });
 */
export class Topology extends Construct {
  /** The streams by name. */
  readonly streams: Readonly<Record<string, Stream>>;
  /** The consumers by `STREAM/NAME`. */
  readonly consumers: Readonly<Record<string, Consumer>>;
  /** The key-value buckets by name. */
  readonly keyValues: Readonly<Record<string, KeyValue>>;
  /** The object stores by name. */
  readonly objectStores: Readonly<Record<string, ObjectStore>>;

  constructor(scope: Construct, id: string, props: TopologyProps) {
    super(scope, id);
    const { streams, keyValues, objectStores, consumers, external, allow, ...defaults } = props;
    setDefaults(this, defaults);
    const assets = declaredIn({ streams, keyValues, objectStores, consumers });
    const names = metadataNames(assets);
    const made = assets.map((asset, i) => ({ asset, construct: this.#make(asset, names[i] as string, allow) }));
    const of = <T extends Asset>(kind: Declared["kind"]) =>
      Object.fromEntries(
        made
          .filter(({ asset }) => asset.kind === kind)
          .map(({ asset, construct }) => [assetName(kind, asset.spec), construct as unknown as T]),
      );
    this.streams = of<Stream>("stream");
    this.keyValues = of<KeyValue>("key-value bucket");
    this.objectStores = of<ObjectStore>("object store");
    this.consumers = of<Consumer>("consumer");
    const { connection, server } = defaultsOf(this);
    const account = accountKey(connectionOf(connection), Chart.of(this).namespace);
    register({ construct: this, findings: strangers(this, assets, allow), account, external, server });
  }

  #make({ kind, spec, waive }: Declared, name: string, allow: TopologyProps["allow"]): Asset {
    const key = keyOf({ kind, spec });
    const id = this.node.tryFindChild(key) ? `${key} of ${kind} ${this.node.children.length}` : key;
    const props = { ...spec, waive, allow: own(allow, key), resource: { name } } as never;
    if (kind === "stream") return new Stream(this, id, props);
    if (kind === "key-value bucket") return new KeyValue(this, id, props);
    if (kind === "object store") return new ObjectStore(this, id, props);
    const stream = this.node.tryFindChild(String(spec.stream));
    return new Consumer(this, id, { ...(props as object), stream: stream ?? spec.stream } as never);
  }
}

// As edits are acknowledged: a bucket goes by its stream's name.
function keyOf({ kind, spec }: Pick<Declared, "kind" | "spec">): string {
  return kind === "consumer" ? assetName(kind, spec) : streamNameOf(kind, spec.name);
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

// What is said about an asset that is not there hides a mistake.
function strangers({ node }: Construct, assets: readonly Declared[], allow: TopologyProps["allow"]): Finding[] {
  const known = new Set(assets.map(keyOf));
  return Object.keys(allow ?? {})
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: "AK101",
      severity: "error",
      kind: "topology",
      name: node.id,
      field: `allow.${name}`,
      problem: "names no asset of the topology",
      remedy: "Correct the name: STREAM, STREAM/CONSUMER, KV_bucket or OBJ_bucket.",
    }));
}
