import type { Construct } from "constructs";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import type { Finding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import type { Declared } from "../../preflight/preflight";
import type { ServerFacts } from "../../preflight/server-facts";
import type { NackOptions } from "../../render/nack/to-nack";
import type { PreviousAssets } from "./previous";

/** A stream, consumer or bucket, and what is wrong with its shape. */
export interface DeclaredAsset extends Declared {
  readonly shape: readonly Finding[];
}

/** How an asset becomes a resource of NACK. */
export interface Managed {
  readonly options: NackOptions;
  readonly allow?: readonly Acknowledgment[];
  /** What was rendered before, if that is known. */
  readonly previous?: PreviousAssets;
}

/** What one construct declares, as it is judged. */
export interface Entry {
  readonly construct: Construct;
  /** What is wrong with it alone. */
  readonly findings: readonly Finding[];
  /** The account its assets are in. */
  readonly account?: string;
  readonly assets?: readonly DeclaredAsset[];
  /** How its asset is rendered; one with a wrong shape is not. */
  readonly managed?: Managed;
  /** Streams of the account that exist elsewhere. */
  readonly external?: TopologySpec["external"];
  /** What is known of the account's servers. */
  readonly server?: ServerFacts;
  readonly cluster?: ClusterSpec;
  readonly eventBus?: EventBusSpec;
  /** What was rendered before, where an event bus is judged beside it. */
  readonly previous?: PreviousAssets;
  /** The resource it is written as: two of one name replace each other. */
  readonly resource?: { readonly kind: string; readonly namespace: string; readonly name: string };
}
