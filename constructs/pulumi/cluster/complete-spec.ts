import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { isObject } from "../../../model/walk";
import type { NatsClusterArgs } from "../nats-cluster-args";

type Fields = Readonly<Record<string, unknown>>;

/** The user the resources of a cluster ask its servers with. */
export const SYSTEM_USER = "headwater";

/** What a program asks for, with what it leaves to the component: accounts, users of the system account. */
export interface CompleteSpec {
  /** A spec whose secrets are still the program's. */
  readonly spec: Fields;
  /** Users without a password of their own, which get one: `[account, index]`. */
  readonly passwords: readonly (readonly [account: string, index: number])[];
  /** Name of the system account; none where logins are not by accounts. */
  readonly systemAccount?: string;
}

const COMPONENT_ONLY: ReadonlySet<string> = new Set([
  "mode",
  "createNamespace",
  "portForward",
  "systemCredentials",
  "credentials",
  "authority",
  "clientCertificate",
  "ca",
]);

export function completeSpec(name: string, args: NatsClusterArgs): CompleteSpec {
  const own = Object.fromEntries(
    Object.entries(args).filter(([key, value]) => !COMPONENT_ONLY.has(key) && value !== undefined),
  );
  const spec = { ...own, name: args.name ?? name };
  if (args.operator || args.authorization) return { spec, passwords: [] };
  const systemAccount = args.systemAccount ?? "SYS";
  const given: unknown = args.accounts ?? { APP: { users: [{ user: "app" }] } };
  if (!isObject(given)) return { spec, passwords: [] };
  const system = given[systemAccount] ?? {};
  const accounts = { ...given, [systemAccount]: withSystemUser(system) };
  return {
    spec: { ...spec, accounts, systemAccount },
    systemAccount,
    passwords: mapsCertificates(args)
      ? []
      : Object.entries(accounts).flatMap(([account, each]) => withoutPassword(account, each)),
  };
}

function withSystemUser(system: unknown): unknown {
  if (!isObject(system)) return system;
  const { users = [] } = system;
  return Array.isArray(users) ? { ...system, users: [...users, { user: SYSTEM_USER }] } : system;
}

/** Whether the certificates of clients are their logins. */
export const mapsCertificates = ({ tls }: Pick<ClusterSpec, "tls">) => tls?.client?.verifyAndMap === true;

function withoutPassword(account: string, each: unknown): [string, number][] {
  if (!isObject(each) || !Array.isArray(each.users)) return [];
  return each.users.flatMap((user: unknown, i): [string, number][] =>
    isObject(user) && user.user !== undefined && user.password === undefined && user.nkey === undefined
      ? [[account, i]]
      : [],
  );
}
