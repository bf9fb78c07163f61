import type * as pulumi from "@pulumi/pulumi";
import { typeTokens } from "../../model/type-tokens";
import { SecretResource, type SecretShape } from "./secret-resource";

const shape: SecretShape = { handler: "password", outputs: ["password"], secrets: ["password"] };

/** A password made at random and kept in the stack's state as a secret. */
export class Password extends SecretResource {
  static readonly __pulumiType = typeTokens.password;
  /** Secret. */
  declare readonly password: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super(shape, name, {}, opts);
  }
}
