import type { Acknowledgment } from "./acknowledgment";
import type { ConsumerSpec } from "./consumer-spec";
import type { KeyValueSpec } from "./key-value-spec";
import type { ObjectStoreSpec } from "./object-store-spec";
import type { StreamSpec } from "./stream-spec";
import type { Waiver } from "./waiver";

/** What an asset of a set can be told besides its spec. */
export interface Waivable {
  /**
   * Policies that do not hold for it, why, and until when. Never reaches a server.
   * @default - none
   */
  readonly waive?: readonly Waiver[];
  /**
   * Edits that do harm and are meant: made where the asset is managed, refused without. One whose target is already there
   * is silent. Never reaches a server.
   * @default - none
   */
  readonly allow?: readonly Acknowledgment[];
}

type Unnamed<Spec> = Spec extends unknown ? Omit<Spec, "name"> & Waivable : never;

/** A named set of streams, consumers and buckets that belong together. The keys of the maps are the names on the server. */
export interface TopologySpec {
  /** @default - none */
  readonly streams?: Readonly<Record<string, Unnamed<StreamSpec>>>;
  /** @default - none */
  readonly keyValues?: Readonly<Record<string, Unnamed<KeyValueSpec>>>;
  /** @default - none */
  readonly objectStores?: Readonly<Record<string, Unnamed<ObjectStoreSpec>>>;
  /** @default - none */
  readonly consumers?: readonly (ConsumerSpec & Waivable)[];
  /**
   * Streams that exist elsewhere and are only referred to: by consumers, mirrors, sources.
   * @default - none
   */
  readonly external?: Readonly<Record<string, { readonly subjects?: readonly string[] }>>;
}

/** Types a topology while keeping its literal names: `const t = defineTopology({ streams: { ORDERS: {} } })`. */
export function defineTopology<const T extends TopologySpec>(topology: T): T {
  return topology;
}
