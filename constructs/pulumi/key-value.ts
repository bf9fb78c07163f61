import type * as pulumi from "@pulumi/pulumi";
import type { KeyValueSpec } from "../../model/key-value-spec";
import { typeTokens } from "../../model/type-tokens";
import { DynamicResource, type Props, type ResourceShape } from "./dynamic-resource";
import type { ArgsOf, ManagedArgs } from "./input-of";

export type KeyValueArgs = ArgsOf<KeyValueSpec, "name"> & ManagedArgs;

const shape: ResourceShape = {
  kind: "key-value bucket",
  handler: "keyValue",
  stampPrefix: "KeyValue:",
  outputs: ["name", "stream", "created"],
};

/**
 * A key-value bucket, made as every NATS client expects it.
 *
 * @example
 * new hw.KeyValue("sessions", { history: 5, ttl: "12h", replicas: 3, maxBytes: "1GiB" });
 */
export class KeyValue extends DynamicResource {
  static readonly __pulumiType = typeTokens.keyValue;
  /** Name of the bucket. */
  declare readonly name: pulumi.Output<string>;
  /** Name of the stream behind it, `KV_<name>`. */
  declare readonly stream: pulumi.Output<string>;
  /** When the server created it, RFC 3339. */
  declare readonly created: pulumi.Output<string>;

  constructor(name: string, args: KeyValueArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(shape, name, args as Props, opts);
  }

  /** Reads a bucket that exists and is managed elsewhere. */
  static get(name: string, id: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): KeyValue {
    return new KeyValue(name, {}, { ...opts, id });
  }
}
