import type { Construct } from "constructs";
import type { ObjectStoreSpec } from "../../model/object-store-spec";
import { Asset } from "./asset";
import type { ManagedProps, PropsOf } from "./props";

export type ObjectStoreProps = PropsOf<ObjectStoreSpec, "name"> & ManagedProps;

/**
 * An object store.
 *
 * @example
 * new hw.ObjectStore(this, "artifacts", { maxBytes: "10GiB" });
 */
export class ObjectStore extends Asset {
  constructor(scope: Construct, id: string, props: ObjectStoreProps = {}) {
    super(scope, id, "object store", props);
  }
}
