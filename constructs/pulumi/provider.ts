import * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../../model/units";

/** How to reach one NATS account. Everything but `servers` is optional; secrets are encrypted in state. */
export interface ProviderArgs {
  /** Server URLs, `nats://host:4222` or `tls://host:4222`, without user or password: one, or several of one cluster. */
  readonly servers: pulumi.Input<string> | pulumi.Input<pulumi.Input<string>[]>;
  /** @default - no user */
  readonly user?: pulumi.Input<string>;
  /** Password of `user`. Secret. @default - none */
  readonly password?: pulumi.Input<string>;
  /** Secret. @default - no token */
  readonly token?: pulumi.Input<string>;
  /** Seed of a user nkey, `SU…`. Secret. @default - no nkey */
  readonly nkey?: pulumi.Input<string>;
  /** User JWT; goes with its `nkey`. Secret. @default - no JWT */
  readonly jwt?: pulumi.Input<string>;
  /** Text of a credentials file. Secret. @default - no credentials */
  readonly creds?: pulumi.Input<string>;
  /** Path of a credentials file on the machine that runs Pulumi; read with every connection. @default - no credentials */
  readonly credsFile?: pulumi.Input<string>;
  /** @default - TLS where the server demands it, with the system's authorities */
  readonly tls?: ProviderTlsArgs;
  /** JetStream domain. Excludes `apiPrefix`. @default - the account's own */
  readonly domain?: pulumi.Input<string>;
  /** Prefix of the JetStream API, for an account that imports it. @default "$JS.API" */
  readonly apiPrefix?: pulumi.Input<string>;
  /** Prefix of reply subjects, for users that may subscribe to little. @default "_INBOX" */
  readonly inboxPrefix?: pulumi.Input<string>;
  /** Deadline of one operation with its retries. @default "30s" */
  readonly timeout?: pulumi.Input<Duration>;
  /** How long to wait for the first connection, all servers together; at least 1 s each. @default "10s" */
  readonly connectTimeout?: pulumi.Input<Duration>;
  /**
   * Servers of a cluster that may be just being made: what fails because some are not there yet is tried again, for as long
   * as `connectTimeout` says.
   * @default - the cluster is complete
   */
  readonly waitForServers?: pulumi.Input<number>;
  /**
   * Reach servers in Kubernetes from outside, through its API: a listener on 127.0.0.1 whose connections end at a ready pod
   * behind a Service. `servers` stays the address within Kubernetes: certificates are for that name.
   * Needs `@kubernetes/client-node`.
   * @default false
   */
  readonly portForward?: ProviderPortForwardArgs | false;
  /** Name of the connection, as the server's monitoring shows it. @default "headwater" */
  readonly connectionName?: pulumi.Input<string>;
}

/** TLS of a connection: PEM texts, or files on the machine that runs Pulumi. */
export interface ProviderTlsArgs {
  /** Authority to trust, PEM. @default - the system's */
  readonly ca?: pulumi.Input<string>;
  readonly caFile?: pulumi.Input<string>;
  /** Client certificate, PEM. @default - none */
  readonly cert?: pulumi.Input<string>;
  readonly certFile?: pulumi.Input<string>;
  /** Key of the client certificate, PEM. Secret. @default - none */
  readonly key?: pulumi.Input<string>;
  readonly keyFile?: pulumi.Input<string>;
  /** TLS before the server's greeting; the server must be set so too. @default false */
  readonly handshakeFirst?: pulumi.Input<boolean>;
}

/** A Service in Kubernetes, and how to reach Kubernetes. */
export interface ProviderPortForwardArgs {
  readonly namespace: pulumi.Input<string>;
  readonly service: pulumi.Input<string>;
  /** Port of the Service. @default 4222 */
  readonly port?: pulumi.Input<number>;
  /** Context of the kubeconfig. @default - its current context */
  readonly context?: pulumi.Input<string>;
  /** Path or text of a kubeconfig. Secret. @default - `KUBECONFIG`, `~/.kube/config`, or the pod this runs in */
  readonly kubeconfig?: pulumi.Input<string>;
}

const SECRETS: ReadonlySet<string> = new Set([
  "password",
  "token",
  "nkey",
  "jwt",
  "creds",
  "key",
  "portForwardKubeconfig",
]);

/**
 * The connection to one NATS account. Resources get it as `provider`, components as `providers: [p]`. Without one, the
 * stack's configuration counts: `pulumi config set nats:servers …`, `pulumi config set --secret nats:password …`.
 *
 * @example
 * const eu = new hw.Provider("eu", { servers: "nats://eu:4222", user: "deploy", password: config.requireSecret("password") });
 * new hw.Stream("ORDERS", { subjects: ["orders.>"] }, { provider: eu });
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    super("pulumi-nodejs", name, toProperties(args), opts);
  }
}

function toProperties({
  servers,
  tls,
  connectionName,
  portForward,
  ...rest
}: ProviderArgs): Record<string, pulumi.Input<string>> {
  const given = pulumi.output(servers as pulumi.Input<unknown>) as pulumi.Output<string | string[]>;
  const list = given.apply((value) => [value].flat().join(","));
  const values = { ...rest, ...tls, ...(tls && { tls: true }), servers: list, name: connectionName };
  const forward = portForward ? forwardProperties(portForward) : {};
  const entries = Object.entries({ ...values, ...forward }).filter(([, value]) => value !== undefined);
  // Provider properties are texts, under keys with a namespace: only those reach the provider process.
  return Object.fromEntries(
    entries.map(([key, value]) => [`nats:${key}`, asText(key, value as pulumi.Input<unknown>)]),
  );
}

function forwardProperties({ namespace, service, port = 4222, context, kubeconfig }: ProviderPortForwardArgs) {
  return {
    portForward: pulumi.interpolate`${namespace}/${service}:${port}`,
    portForwardContext: context,
    portForwardKubeconfig: kubeconfig,
  };
}

function asText(key: string, value: pulumi.Input<unknown>): pulumi.Output<string> {
  const text = (pulumi.output(value) as pulumi.Output<unknown>).apply((known) => String(known ?? ""));
  return SECRETS.has(key) ? pulumi.secret(text) : text;
}
