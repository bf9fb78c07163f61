import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { type AccountOptions, accountObject } from "../../render/nack/account-object";
import type { NackConnection } from "../../render/nack/connection";
import { metadataName } from "../../render/nack/metadata-name";
import { register } from "./registry";

/** Servers and credentials of an account; credentials are keys of Secrets that exist. */
export interface AccountProps extends Omit<AccountOptions, "name" | "namespace"> {
  /**
   * Name of the resource.
   * @default - made from the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of the resource, and of the assets that name it.
   * @default - the chart's
   */
  readonly namespace?: string;
  /**
   * JetStream domain of the assets.
   * @default - the domain of the servers
   */
  readonly jsDomain?: string;
}

/**
 * How the controller reaches the servers of an account: NACK's `Account`. Assets name it as their `connection`.
 *
 * @example
 * const account = new hw.Account(this, "nats", { servers: [cluster.url], user: { secretName: "nats-app", userKey: "user", passwordKey: "password" } });
 * new hw.Stream(this, "ORDERS", { subjects: ["orders.>"], connection: account });
 */
export class Account extends Construct {
  /** Name of the resource. */
  readonly name: string;
  /** What assets name to live in this account. */
  readonly connection: NackConnection;

  constructor(scope: Construct, id: string, props: AccountProps) {
    super(scope, id);
    const { jsDomain, name = metadataName({ kind: "stream", spec: { name: id } }), ...options } = props;
    const namespace = options.namespace ?? Chart.of(this).namespace;
    this.name = name;
    const { tlsFirst } = options;
    this.connection = { account: name, ...(tlsFirst && { tlsFirst }), ...(jsDomain !== undefined && { jsDomain }) };
    new ApiObject(this, "Resource", accountObject({ ...options, name, ...(namespace && { namespace }) }));
    register({ construct: this, findings: [], resource: { kind: "account", namespace: namespace ?? "", name } });
  }
}
