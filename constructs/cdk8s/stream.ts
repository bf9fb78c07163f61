import type { Construct } from "constructs";
import type { StreamSpec } from "../../model/stream-spec";
import { Asset } from "./asset";
import type { ManagedProps, PropsOf } from "./props";

export type StreamProps = PropsOf<StreamSpec, "name"> & ManagedProps;

/**
 * A JetStream stream.
 *
 * @example
 * new hw.Stream(this, "ORDERS", { subjects: ["orders.v1.>"], replicas: 3, maxAge: "30d", maxBytes: "20GiB" });
 */
export class Stream extends Asset {
  constructor(scope: Construct, id: string, props: StreamProps = {}) {
    super(scope, id, "stream", props);
  }
}
