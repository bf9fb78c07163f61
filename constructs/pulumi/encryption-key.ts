import type * as pulumi from "@pulumi/pulumi";
import { typeTokens } from "../../model/type-tokens";
import type { Props } from "./dynamic-resource";
import { SecretResource, type SecretShape } from "./secret-resource";

/** Says that a step is meant although it is refused: `{ code: "EK107", reason: "volumes are new" }`. */
export interface SecretAcknowledgment {
  /** The code of the message that refuses the step, as its remedy says. Most cannot be accepted. */
  readonly code: string;
  /** Why this is right; it is kept where the program is kept. */
  readonly reason: string;
}

/** An encryption key and its rotations. */
export interface EncryptionKeyArgs {
  /**
   * Name in messages, and for `HEADWATER_ALLOW_DELETE`.
   * @default - the resource's name
   */
  readonly name?: pulumi.Input<string>;
  /**
   * How many keys there shall have been. One more than before makes a new key, and the one in use becomes the previous one.
   * Never less, never two more at once.
   * @default 1
   */
  readonly rotate?: pulumi.Input<number>;
  /**
   * `"drop"`: servers get the current key alone. Refused until every server runs with the current key. A key that was
   * dropped stays in the state, encrypted, under `retired`.
   * @default "keep"
   */
  readonly previous?: pulumi.Input<"keep" | "drop">;
  /**
   * How many servers must answer before a key is given up. They are asked through the resource's provider, whose login has
   * to be one of the system account.
   * @default - nobody is asked, and a key is not given up
   */
  readonly servers?: pulumi.Input<number>;
  /**
   * Name of the servers' cluster, where other clusters can be reached through it.
   * @default - every cluster
   */
  readonly cluster?: pulumi.Input<string>;
  /**
   * Steps that are meant although nobody knows what the servers run with. Take it out again afterwards.
   * @default - none
   */
  readonly allow?: readonly SecretAcknowledgment[];
}

const shape: SecretShape = {
  handler: "encryptionKey",
  outputs: ["key", "keyId", "previousKey", "previousKeyId", "retired"],
  secrets: ["key", "previousKey", "retired"],
};

/**
 * The key servers encrypt what they store with: made at random, kept in the stack's state as a secret, and changed in steps
 * that lose nothing. It is not deleted with the stack unless `HEADWATER_ALLOW_DELETE` names it.
 *
 * @example
 * const key = new hw.EncryptionKey("orders-key");
 * const rotated = new hw.EncryptionKey("orders-key", { rotate: 2 });
 */
export class EncryptionKey extends SecretResource {
  static readonly __pulumiType = typeTokens.encryptionKey;
  declare readonly name: pulumi.Output<string>;
  /** The current key. Secret. */
  declare readonly key: pulumi.Output<string>;
  /** Id of the current key, as servers show it in their tags. */
  declare readonly keyId: pulumi.Output<string>;
  /** The key before, until it is dropped. Secret. */
  declare readonly previousKey: pulumi.Output<string | undefined>;
  /** Id of the key before. */
  declare readonly previousKeyId: pulumi.Output<string | undefined>;
  /** Keys no server needs any more, oldest first. Secret. */
  declare readonly retired: pulumi.Output<string[]>;

  constructor(name: string, args: EncryptionKeyArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(shape, name, args as Props, opts);
  }
}
