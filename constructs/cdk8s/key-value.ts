import type { Construct } from "constructs";
import type { KeyValueSpec } from "../../model/key-value-spec";
import { Asset } from "./asset";
import type { ManagedProps, PropsOf } from "./props";

export type KeyValueProps = PropsOf<KeyValueSpec, "name"> & ManagedProps;

/**
 * A key-value bucket.
 *
 * @example
 * new hw.KeyValue(this, "sessions", { history: 5, ttl: "1h" });
 */
export class KeyValue extends Asset {
  constructor(scope: Construct, id: string, props: KeyValueProps = {}) {
    super(scope, id, "key-value bucket", props);
  }
}
