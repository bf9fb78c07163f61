import * as pulumi from "@pulumi/pulumi";
import type { ConsumerSpec } from "../../model/consumer-spec";
import { typeTokens } from "../../model/type-tokens";
import { DynamicResource, knownName, type Props, type ResourceShape } from "./dynamic-resource";
import type { ArgsOf, ManagedArgs } from "./input-of";
import type { Stream } from "./stream";

export type ConsumerArgs = ArgsOf<ConsumerSpec, "name" | "stream"> &
  ManagedArgs & {
    /** The stream: a `Stream`, a name, or an output of another stack. Identity: cannot be changed. */
    readonly stream: Stream | pulumi.Input<string>;
  };

const shape: ResourceShape = {
  kind: "consumer",
  handler: "consumer",
  outputs: ["name", "stream", "created"],
};

/**
 * A durable consumer of a stream. Ephemeral and ordered consumers belong to the clients that use them.
 *
 * @example
 * new hw.Consumer("billing", { stream: orders, kind: "pull", ackPolicy: "explicit", maxAckPending: 512 });
 */
export class Consumer extends DynamicResource {
  static readonly __pulumiType = typeTokens.consumer;
  /** Durable name on the server. */
  declare readonly name: pulumi.Output<string>;
  /** Name of the stream. */
  declare readonly stream: pulumi.Output<string>;
  /** When the server created it, RFC 3339. */
  declare readonly created: pulumi.Output<string>;

  constructor(name: string, args: ConsumerArgs, opts: pulumi.CustomResourceOptions = {}) {
    // From JavaScript there may be no arguments: that is said further down.
    const stream: unknown = args?.stream;
    if (!isStream(stream)) {
      super(shape, name, args as unknown as Props, opts);
      return;
    }
    // The consumer lives where its stream does, and goes with it.
    const inherited = { deletedWith: stream, provider: stream.getProvider(typeTokens.stream) };
    const known = { stream: knownName(stream) ?? stream.name };
    super(shape, name, { ...args, stream: stream.name } as Props, pulumi.mergeOptions(inherited, opts), known);
  }

  /** Reads a consumer that exists and is managed elsewhere: `Consumer.get("billing", "ORDERS/billing")`. */
  static get(name: string, id: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Consumer {
    return new Consumer(name, {} as ConsumerArgs, { ...opts, id });
  }
}

// Two copies of the package may meet in one program: identity goes by the type, not by the class.
function isStream(value: unknown): value is Stream {
  return (
    pulumi.CustomResource.isInstance(value) && (value as { __pulumiType?: string }).__pulumiType === typeTokens.stream
  );
}
