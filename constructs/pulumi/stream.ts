import type * as pulumi from "@pulumi/pulumi";
import type { StreamSpec } from "../../model/stream-spec";
import { typeTokens } from "../../model/type-tokens";
import { DynamicResource, type Props, type ResourceShape } from "./dynamic-resource";
import type { ArgsOf, ManagedArgs } from "./input-of";

export type StreamArgs = ArgsOf<StreamSpec, "name"> & ManagedArgs;

const shape: ResourceShape = {
  kind: "stream",
  handler: "stream",
  outputs: ["name", "subjects", "created"],
};

/**
 * A JetStream stream.
 *
 * @example
 * new hw.Stream("ORDERS", { subjects: ["orders.v1.>"], replicas: 3, maxAge: "30d", maxBytes: "20GiB" });
 */
export class Stream extends DynamicResource {
  static readonly __pulumiType = typeTokens.stream;
  /** Name on the server. */
  declare readonly name: pulumi.Output<string>;
  /** Subjects the stream stores; none for a mirror. */
  declare readonly subjects: pulumi.Output<string[]>;
  /** When the server created it, RFC 3339. */
  declare readonly created: pulumi.Output<string>;

  constructor(name: string, args: StreamArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(shape, name, args as Props, opts);
  }

  /** Reads a stream that exists and is managed elsewhere: `Stream.get("orders", "ORDERS")`. */
  static get(name: string, id: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Stream {
    return new Stream(name, {}, { ...opts, id });
  }
}
