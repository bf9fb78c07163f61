import type * as pulumi from "@pulumi/pulumi";
import type { ObjectStoreSpec } from "../../model/object-store-spec";
import { typeTokens } from "../../model/type-tokens";
import { DynamicResource, type Props, type ResourceShape } from "./dynamic-resource";
import type { ArgsOf, ManagedArgs } from "./input-of";

export type ObjectStoreArgs = ArgsOf<ObjectStoreSpec, "name"> & ManagedArgs;

const shape: ResourceShape = {
  kind: "object store",
  handler: "objectStore",
  stampPrefix: "ObjectStore:",
  outputs: ["name", "stream", "created"],
};

/**
 * An object store, made as every NATS client expects it.
 *
 * @example
 * new hw.ObjectStore("artifacts", { ttl: "90d", maxBytes: "100GiB", compression: true });
 */
export class ObjectStore extends DynamicResource {
  static readonly __pulumiType = typeTokens.objectStore;
  /** Name of the store. */
  declare readonly name: pulumi.Output<string>;
  /** Name of the stream behind it, `OBJ_<name>`. */
  declare readonly stream: pulumi.Output<string>;
  /** When the server created it, RFC 3339. */
  declare readonly created: pulumi.Output<string>;

  constructor(name: string, args: ObjectStoreArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(shape, name, args as Props, opts);
  }

  /** Reads an object store that exists and is managed elsewhere. */
  static get(name: string, id: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): ObjectStore {
    return new ObjectStore(name, {}, { ...opts, id });
  }
}
