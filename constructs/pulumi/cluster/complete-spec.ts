import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
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
  const given = (args.accounts ?? { APP: { users: [{ user: "app" }] } }) as Record<string, Fields>;
  const system = given[systemAccount] ?? {};
  const users = (system.users ?? []) as readonly Fields[];
  const accounts: Record<string, Fields> = {
    ...given,
    [systemAccount]: { ...system, users: [...users, { user: SYSTEM_USER }] },
  };
  return {
    spec: { ...spec, accounts, systemAccount },
    systemAccount,
    passwords: mapsCertificates(args)
      ? []
      : Object.entries(accounts).flatMap(([account, each]) => without(account, each)),
  };
}

/** Whether the certificates of clients are their logins. */
export const mapsCertificates = ({ tls }: Pick<ClusterSpec, "tls">) => tls?.client?.verifyAndMap === true;

function without(account: string, { users }: Fields): [string, number][] {
  return ((users ?? []) as Fields[]).flatMap(({ user, password, nkey }, i) =>
    user !== undefined && password === undefined && nkey === undefined ? [[account, i] as [string, number]] : [],
  );
}
