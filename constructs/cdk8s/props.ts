import type { Acknowledgment } from "../../model/acknowledgment";
import type { Waiver } from "../../model/waiver";
import type { ConnectionLike } from "./connection";

/** The props of a construct made from a spec: its fields, some left out. Alternatives stay alternatives. */
export type PropsOf<Spec, Omitted extends string> = Spec extends unknown
  ? { readonly [K in keyof Spec as K extends Omitted ? never : K]: Spec[K] }
  : never;

/** How resources of NACK are written, where they do not say it themselves. */
export interface RenderProps {
  /**
   * Where the asset lives: an `Account`, the name of an account resource, or servers. A change leaves the asset where it was
   * and makes another.
   * @default - what `setDefaults` or the topology around it says; else the controller's own connection
   */
  readonly connection?: ConnectionLike;
  /**
   * What deleting the resource does to the asset. The controller cannot tell whether messages would be lost, so that
   * `"deleteIfEmpty"` keeps the asset as `"retain"` does.
   * @default "deleteIfEmpty"
   */
  readonly onDelete?: "retain" | "deleteIfEmpty" | "delete";
  /**
   * What the controller does with an edit. `"guarded"`: it applies what was judged beside `previous`, and nothing where there
   * is none. `"apply"`: whatever the server accepts. `"never"`: nothing.
   * @default "guarded"
   */
  readonly updates?: "guarded" | "apply" | "never";
}

/** What every asset can be told. */
export interface ManagedProps extends RenderProps {
  /**
   * Name on the server. Identity: another name is another asset.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Edits that are meant although they discard data, break readers or writers, weaken a guarantee or cannot be undone: by
   * code, field, target and reason, as the message that refuses them says. One whose target is reached stays silent.
   * @default - none
   */
  readonly allow?: readonly Acknowledgment[];
  /**
   * Policies that do not hold for the asset, why, and until when. Written as an annotation, where the policy gate reads
   * them; never sent to a server.
   * @default - none
   */
  readonly waive?: readonly Waiver[];
  /**
   * Name, namespace, labels and annotations of the resource in Kubernetes; `metadata` is the asset's own, on the server.
   * @default - a name made from the asset's, the chart's namespace and labels
   */
  readonly resource?: ResourceMetadata;
}

/** What can be said of a resource's metadata. */
export interface ResourceMetadata {
  /**
   * Name of the resource in Kubernetes.
   * @default - made from the asset's name, unique and stable
   */
  readonly name?: string;
  /**
   * Namespace of the resource.
   * @default - the chart's
   */
  readonly namespace?: string;
  /** @default - the chart's */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}
