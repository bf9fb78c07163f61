import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { ClusterJetStreamSpec, EncryptionSpec } from "../../model/cluster/jetstream-spec";
import type { SecretSource } from "../../model/cluster/secret-source";
import type { SecretAcknowledgment } from "./encryption-key";

/** A spec whose secrets may be values a program holds: they are put into a Secret of the cluster. */
export type WithSecrets<T> = [T] extends [SecretSource]
  ? T | pulumi.Input<string>
  : T extends readonly (infer Element)[]
    ? readonly WithSecrets<Element>[]
    : T extends object
      ? { readonly [K in keyof T]: WithSecrets<Exclude<T[K], undefined>> | Extract<T[K], undefined> }
      : T;

/** An encryption key that is made and kept in the stack's state, and rotated in steps. */
export interface ManagedEncryption extends Pick<EncryptionSpec, "cipher"> {
  readonly key?: undefined;
  /**
   * How many keys there shall have been. One more than before makes a new key and brings every server to it, one at a time.
   * @default 1
   */
  readonly rotate?: number;
  /**
   * `"drop"` takes the key before out of the Secret, once every server runs with the current one.
   * @default "keep"
   */
  readonly previous?: "keep" | "drop";
  /**
   * Steps that are meant although nobody knows what the servers run with.
   * @default - none
   */
  readonly allow?: readonly SecretAcknowledgment[];
}

/** JetStream of the cluster, with an encryption key of its own or one that is given. */
export interface NatsClusterJetStream extends Omit<ClusterJetStreamSpec, "encryption"> {
  /** @default - none */
  readonly encryption?: ManagedEncryption | WithSecrets<EncryptionSpec>;
}

/** How the provider process reaches Kubernetes. */
export interface ClusterAccess {
  /** Context of the kubeconfig. @default - its current context */
  readonly context?: pulumi.Input<string>;
  /** Path or text of a kubeconfig. Secret. @default - `KUBECONFIG`, `~/.kube/config`, or the pod this runs in */
  readonly kubeconfig?: pulumi.Input<string>;
}

type Own = "name" | "jetstream" | "accounts" | "authorization" | "leafNodes";

/** A cluster on Kubernetes. Secrets may be given as values: they go into a Secret, never into the chart. */
export interface NatsClusterArgs extends Omit<ClusterSpec, Own> {
  /**
   * Name of the cluster and of what is made for it.
   * @default - the resource's name
   */
  readonly name?: string;
  /**
   * JetStream: what the servers store, where, and encrypted with which key.
   * @default - on, with the servers' own limits
   */
  readonly jetstream?: NatsClusterJetStream;
  /**
   * Accounts by name. Users without a password, nkey or certificate get a password that is made here.
   * @default - "APP" with a user "app", where neither `operator` nor `authorization` is set
   */
  readonly accounts?: WithSecrets<NonNullable<ClusterSpec["accounts"]>>;
  /**
   * One login for everybody.
   * @default - none
   */
  readonly authorization?: WithSecrets<NonNullable<ClusterSpec["authorization"]>>;
  /**
   * Leaf nodes, both ways.
   * @default - none
   */
  readonly leafNodes?: WithSecrets<NonNullable<ClusterSpec["leafNodes"]>>;
  /**
   * `"chart"` registers every object of the chart, so that policies and transforms see them; `"release"` makes a Helm
   * release, as `helm install` does.
   * @default "chart"
   */
  readonly mode?: "chart" | "release";
  /**
   * Make the namespace.
   * @default true
   */
  readonly createNamespace?: boolean;
  /**
   * How the servers are reached from where Pulumi runs: through the Kubernetes API, or directly with `false`. Without it,
   * Kubernetes replaces pods on its own, and keys cannot be rotated from here.
   * @default - through the current context of the kubeconfig
   */
  readonly portForward?: false | ClusterAccess;
  /**
   * Credentials file of a user of the system account, where `operator` is set. Secret.
   * @default - the system account's user
   */
  readonly systemCredentials?: pulumi.Input<string>;
  /**
   * Credentials file of the user that `provider` logs in with, where `operator` is set. Secret.
   * @default - the cluster has no `provider`
   */
  readonly credentials?: pulumi.Input<string>;
  /**
   * The authority's rotation, for sides with `ownAuthority`.
   * @default - one authority
   */
  readonly authority?: { readonly rotate?: number; readonly phase?: "trust" | "sign" | "drop" };
  /**
   * Client certificate to reach the servers with, PEM, where they ask for one and `tls.client` names a Secret.
   * @default - one is made, where an authority of its own or an issuer signs the servers' certificates
   */
  readonly clientCertificate?: { readonly cert: pulumi.Input<string>; readonly key: pulumi.Input<string> };
  /**
   * Authority of `tls.client`, PEM, where it names a Secret.
   * @default - that of the cluster, or the system's
   */
  readonly ca?: pulumi.Input<string>;
}
