import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import type { Finding } from "../../model/finding";
import { type AccountOptions, accountObject } from "../../render/nack/account-object";
import { CREDENTIALS, type NackConnection, withCredentials } from "../../render/nack/connection";
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
    const { jsDomain, name = metadataName({ kind: "stream", spec: { name: id } }), ...given } = props ?? {};
    const servers = isTexts(given.servers) ? given.servers : [];
    const options = { ...given, servers };
    const namespace = options.namespace ?? Chart.of(this).namespace;
    this.name = name;
    const { tlsFirst } = options;
    this.connection = { account: name, ...(tlsFirst && { tlsFirst }), ...(jsDomain !== undefined && { jsDomain }) };
    new ApiObject(this, "Resource", accountObject({ ...options, name, ...(namespace && { namespace }) }));
    register({
      construct: this,
      findings: serverFindings(name, servers),
      resource: { kind: "account", namespace: namespace ?? "", name },
    });
  }
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

function serverFindings(name: string, servers: readonly string[]): Finding[] {
  const head = { severity: "error", kind: "topology", name } as const;
  const problem = "must be a list of URLs";
  const wrong: Finding = { ...head, code: "CD108", field: "servers", problem, remedy: "Correct the value." };
  if (servers.length === 0) return [wrong];
  return withCredentials(servers).map((field) => ({ ...head, ...CREDENTIALS, field }));
}
