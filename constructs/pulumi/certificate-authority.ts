import type * as pulumi from "@pulumi/pulumi";
import { typeTokens } from "../../model/type-tokens";
import type { Duration } from "../../model/units";
import type { Props } from "./dynamic-resource";
import { SecretResource, type SecretShape } from "./secret-resource";

/** An authority and its rotations. */
export interface CertificateAuthorityArgs {
  /**
   * Name in messages.
   * @default - the resource's name
   */
  readonly name?: pulumi.Input<string>;
  /**
   * Common name of authorities made from now on.
   * @default - `name`
   */
  readonly commonName?: pulumi.Input<string>;
  /**
   * How long authorities made from now on are valid; no certificate outlasts its authority.
   * @default "3650d"
   */
  readonly validity?: pulumi.Input<Duration>;
  /**
   * How many authorities there shall have been. One more than before, with `phase: "trust"`, makes a new one.
   * @default 1
   */
  readonly rotate?: pulumi.Input<number>;
  /**
   * Step of a rotation, each a run of its own: `"trust"`, peers trust both and the old one signs; `"sign"`, peers trust both
   * and the new one signs; `"drop"`, the old one is gone.
   * @default "drop"
   */
  readonly phase?: pulumi.Input<"trust" | "sign" | "drop">;
}

const shape: SecretShape = {
  handler: "certificateAuthority",
  outputs: ["trustBundle", "signingCertificate", "signingKey", "notAfter", "current", "previous"],
  secrets: ["signingKey", "current", "previous"],
};

/**
 * An authority of the stack's own: its key is a secret in state.
 *
 * @example
 * const ca = new hw.CertificateAuthority("nats-ca");
 * const cert = new hw.Certificate("nats", { authority: ca, dnsNames: ["*.nats.svc"], usages: ["server", "client"] });
 */
export class CertificateAuthority extends SecretResource {
  static readonly __pulumiType = typeTokens.certificateAuthority;
  declare readonly name: pulumi.Output<string>;
  /** Certificates peers have to trust, PEM: two during a rotation. */
  declare readonly trustBundle: pulumi.Output<string>;
  /** Certificate of the authority that signs now, PEM. */
  declare readonly signingCertificate: pulumi.Output<string>;
  /** Key of the authority that signs now, PEM. Secret. */
  declare readonly signingKey: pulumi.Output<string>;
  /** When the newest authority ends, RFC 3339. */
  declare readonly notAfter: pulumi.Output<string>;

  constructor(name: string, args: CertificateAuthorityArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(shape, name, args as Props, opts);
  }
}
