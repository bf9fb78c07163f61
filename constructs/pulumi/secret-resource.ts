import * as pulumi from "@pulumi/pulumi";
import { type HandlerName, typeTokens } from "../../model/type-tokens";
import { defined, type Props, providerCode } from "./dynamic-resource";

/** What differs between the classes of secrets. */
export interface SecretShape {
  readonly handler: HandlerName;
  /** Output-only properties. */
  readonly outputs: readonly string[];
  /** Properties that are encrypted in state and hidden in every output. */
  readonly secrets: readonly string[];
}

/** A secret with a life of its own, made and kept in the stack's state. It needs no connection. */
export abstract class SecretResource extends pulumi.CustomResource {
  protected constructor(shape: SecretShape, name: string, args: Props, opts: pulumi.CustomResourceOptions = {}) {
    const outputs = Object.fromEntries(shape.outputs.map((key) => [key, undefined]));
    const props = { ...outputs, name, ...defined(args), __provider: providerCode(shape.handler) };
    super(typeTokens[shape.handler], name, props, {
      ...opts,
      additionalSecretOutputs: [...shape.secrets, ...(opts.additionalSecretOutputs ?? [])],
    });
  }
}
