import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import type { SecretKey } from "../kubernetes/secret-refs";
import { NACK_API_VERSION } from "./nack-kinds";

/** Servers and credentials that resources of NACK name by `account`. Secrets come by reference alone. */
export interface AccountOptions {
  readonly name: string;
  /**
   * Must be that of the assets: NACK looks for the `Account`, and for its Secrets, where the asset is.
   * @default - where whoever applies the manifest says
   */
  readonly namespace?: string;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** URLs, `nats://nats.nats.svc:4222`; without credentials in them. */
  readonly servers: readonly string[];
  /** The key with a credentials file. NACK takes the first it finds of `creds`, `nkey`, `token`, `user`. @default - none */
  readonly creds?: SecretKey;
  /** The key with the seed of an NKey. @default - none */
  readonly nkey?: SecretKey;
  /** The key with a token. @default - none */
  readonly token?: SecretKey;
  /** The keys with a name and its password, in one Secret. @default - none */
  readonly user?: { readonly secretName: string; readonly userKey: string; readonly passwordKey: string };
  /** The keys with a certificate, its key, and authorities, in one Secret. @default - none */
  readonly tls?: {
    readonly secretName: string;
    readonly certKey?: string;
    readonly keyKey?: string;
    readonly caKey?: string;
  };
  /**
   * Begin with TLS, before the server's first message. The controller ignores it here: set it in the `connection` of the
   * assets too. @default false
   */
  readonly tlsFirst?: boolean;
}

/** An `Account` of NACK. It manages nothing: it says how to reach the servers of the resources that name it. */
export function accountObject(options: AccountOptions): KubernetesObject {
  const { name, namespace, labels, annotations, servers, creds, nkey, token, user, tls, tlsFirst } = options;
  const secret = (secretName: string) => ({ secret: { name: secretName } });
  return {
    apiVersion: NACK_API_VERSION,
    kind: "Account",
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec: {
      servers: [...servers],
      ...(creds && { creds: { ...secret(creds.secretName), file: creds.key } }),
      ...(nkey && { nkey: { ...secret(nkey.secretName), seed: nkey.key } }),
      ...(token && { token: { ...secret(token.secretName), token: token.key } }),
      ...(user && { user: { ...secret(user.secretName), user: user.userKey, password: user.passwordKey } }),
      ...(tls && {
        tls: {
          ...secret(tls.secretName),
          ...(tls.certKey !== undefined && { cert: tls.certKey }),
          ...(tls.keyKey !== undefined && { key: tls.keyKey }),
          ...(tls.caKey !== undefined && { ca: tls.caKey }),
        },
      }),
      ...(tlsFirst && { tlsFirst }),
    },
  };
}
