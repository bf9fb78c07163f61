import * as pulumi from "@pulumi/pulumi";
import { typeTokens } from "../../model/type-tokens";
import type { Duration } from "../../model/units";
import type { CertificateAuthority } from "./certificate-authority";
import { SecretResource, type SecretShape } from "./secret-resource";

/** What a certificate says and who signs it. */
export interface CertificateArgs {
  /**
   * Name in messages.
   * @default - the resource's name
   */
  readonly name?: pulumi.Input<string>;
  /** The authority that signs it; the certificate is made anew when another key of it signs. */
  readonly authority: CertificateAuthority;
  /**
   * Common name of its subject. As a user of `verifyAndMap`: `CN=…`.
   * @default - `name`
   */
  readonly commonName?: pulumi.Input<string>;
  /**
   * DNS names it is for; `*.nats.svc` stands for one label.
   * @default - none
   */
  readonly dnsNames?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /**
   * IP addresses it is for.
   * @default - none
   */
  readonly ipAddresses?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /**
   * E-mail addresses of a client: users of `verifyAndMap`.
   * @default - none
   */
  readonly emailAddresses?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** `"server"` listens, `"client"` connects; servers of a cluster need both. */
  readonly usages: pulumi.Input<readonly pulumi.Input<"server" | "client">[]>;
  /**
   * How long it is valid.
   * @default "90d"
   */
  readonly validity?: pulumi.Input<Duration>;
  /**
   * From how long before its end on `pulumi up` makes it anew.
   * @default - a third of `validity`
   */
  readonly renewBefore?: pulumi.Input<Duration>;
}

const shape: SecretShape = {
  handler: "certificate",
  outputs: ["certificate", "key", "notAfter"],
  secrets: ["key", "authorityKey"],
};

/**
 * A certificate of the stack's own authority. `pulumi up` makes it anew when it is near its end, when its names change, or
 * when the authority signs with a new key.
 *
 * @example
 * const client = new hw.Certificate("billing", { authority: ca, emailAddresses: ["billing@example.com"], usages: ["client"] });
 */
export class Certificate extends SecretResource {
  static readonly __pulumiType = typeTokens.certificate;
  declare readonly name: pulumi.Output<string>;
  /** The certificate, PEM. */
  declare readonly certificate: pulumi.Output<string>;
  /** Its key, PEM. Secret. */
  declare readonly key: pulumi.Output<string>;
  /** When it ends, RFC 3339. */
  declare readonly notAfter: pulumi.Output<string>;

  constructor(name: string, { authority, ...args }: CertificateArgs, opts?: pulumi.CustomResourceOptions) {
    const signedBy = {
      authorityCertificate: authority.signingCertificate,
      authorityKey: pulumi.secret(authority.signingKey),
    };
    super(shape, name, { ...args, ...signedBy }, opts);
  }
}
