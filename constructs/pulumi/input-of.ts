import type * as pulumi from "@pulumi/pulumi";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { Waiver } from "../../model/waiver";

type Leaf = string | number | boolean;

/**
 * A spec whose every value may be an `Input`: at each leaf, list and object, so that what is known can be checked at once.
 */
export type InputOf<T> = [T] extends [never]
  ? never
  : [T] extends [Leaf]
    ? pulumi.Input<T>
    : T extends readonly (infer Element)[]
      ? pulumi.Input<readonly InputOf<Element>[]>
      : pulumi.Input<{ readonly [K in keyof T]: InputOf<Exclude<T[K], undefined>> }>;

/** The arguments of a resource made from a spec: leaf-wise inputs, some keys left out. `kind` stays plain: it decides the rest. */
export type ArgsOf<Spec, Omitted extends string> = Spec extends unknown
  ? {
      readonly [K in keyof Spec as K extends Omitted ? never : K]: K extends "kind"
        ? Spec[K]
        : InputOf<Exclude<Spec[K], undefined>>;
    }
  : never;

/** What every managed asset can be told. */
export interface ManagedArgs {
  /**
   * Name on the server. Identity: cannot be changed.
   * @default - the resource's name, without a suffix
   */
  readonly name?: pulumi.Input<string>;
  /**
   * What deleting the resource does: leave the asset on the server, delete it unless messages would be lost, or delete
   * it with its messages. For a single run: `HEADWATER_ALLOW_DELETE=NAME pulumi destroy`.
   * @default "deleteIfEmpty"
   */
  readonly onDelete?: pulumi.Input<"retain" | "deleteIfEmpty" | "delete">;
  /**
   * Take over an asset that exists and is not managed, or is managed elsewhere. Its messages are kept, its configuration
   * becomes this one.
   * @default false
   */
  readonly adopt?: pulumi.Input<boolean>;
  /**
   * Edits that are meant although they discard data, break readers or writers, weaken a guarantee or cannot be undone: by
   * code, field, target and reason, as the message that refuses them says. One whose target is reached stays silent.
   * @default - none
   */
  readonly allow?: readonly Acknowledgment[];
  /**
   * `"allow"` recreates the asset for an edit the server refuses in place: where it is unused (no messages, no consumers of
   * others, nothing delivered), or where `allow` has a `DL110` for the field.
   * @default "never"
   */
  readonly replace?: "never" | "allow";
  /**
   * Policies that do not hold for the asset, why, and until when. Kept with the resource's inputs, where the policy pack
   * reads them; never sent to a server.
   * @default - none
   */
  readonly waive?: readonly Waiver[];
}
