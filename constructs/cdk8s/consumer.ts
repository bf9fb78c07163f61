import { Construct } from "constructs";
import type { ConsumerSpec } from "../../model/consumer-spec";
import { Asset } from "./asset";
import type { ManagedProps, PropsOf } from "./props";
import type { Stream } from "./stream";

export type ConsumerProps = PropsOf<ConsumerSpec, "name" | "stream"> &
  ManagedProps & {
    /** The stream: a `Stream`, or a name. Identity: another stream is another consumer. */
    readonly stream: Stream | string;
  };

/**
 * A durable consumer of a stream. Ephemeral and ordered consumers belong to the clients that use them. Of a `Stream` it
 * takes the connection too, and comes after it in manifests.
 *
 * @example
 * new hw.Consumer(this, "billing", { stream: orders, kind: "pull", ackPolicy: "explicit", maxAckPending: 512 });
 */
export class Consumer extends Asset {
  /** Name of the stream. */
  readonly stream: string;

  constructor(scope: Construct, id: string, props: ConsumerProps) {
    // From JavaScript there may be no props: that is said where shapes are judged.
    const { stream, ...rest } = props ?? {};
    const declared = Construct.isConstruct(stream) ? (stream as Stream) : undefined;
    const { connection = declared?.connection } = rest;
    super(scope, id, "consumer", { ...rest, connection } as ManagedProps, {
      stream: declared ? declared.name : stream,
    });
    this.stream = declared ? declared.name : String(stream);
    if (declared) this.node.addDependency(declared);
  }
}
