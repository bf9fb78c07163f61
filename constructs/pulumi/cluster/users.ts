import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import type { NatsClusterArgs } from "../nats-cluster-args";
import type { ProviderArgs } from "../provider";
import { mapsCertificates, SYSTEM_USER } from "./complete-spec";

/** A login of the cluster, as a provider takes it. */
export interface ClusterUser {
  readonly account: string;
  readonly user: string;
  readonly login: Partial<ProviderArgs>;
  /** May manage streams. */
  readonly manages: boolean;
  /** Belongs to the servers' own account. */
  readonly system: boolean;
}

const MANAGING: ReadonlySet<unknown> = new Set([undefined, "admin", "applier"]);

/** One login for each account: of the first user that may manage streams, and of the cluster's own in the system account. */
export function clusterUsers(
  spec: ClusterSpec,
  args: NatsClusterArgs,
  passwords: Readonly<Record<string, pulumi.Input<string>>>,
): ClusterUser[] {
  if (spec.operator) return operatorUsers(args);
  if (spec.authorization) return [authorizationUser(args)];
  return Object.entries(spec.accounts ?? {}).flatMap(([account, { users = [], jetstream }]) => {
    const system = account === spec.systemAccount;
    const found = users.find(({ user, role, permissions }) =>
      system ? user === SYSTEM_USER : user !== undefined && permissions === undefined && MANAGING.has(role),
    );
    if (!found?.user) return [];
    const { user, inboxPrefix } = found;
    const password = passwords[`${account}/${user}`];
    if (password === undefined && !mapsCertificates(spec)) return [];
    const login = { ...(password !== undefined && { user, password }), ...(inboxPrefix && { inboxPrefix }) };
    return [{ account, user, login, system, manages: !system && jetstream !== false }];
  });
}

function operatorUsers({ systemCredentials, credentials }: NatsClusterArgs): ClusterUser[] {
  const common = { user: SYSTEM_USER };
  return [
    ...(systemCredentials
      ? [{ ...common, account: "system", login: { creds: systemCredentials }, system: true, manages: false }]
      : []),
    ...(credentials
      ? [{ ...common, account: "default", login: { creds: credentials }, system: false, manages: true }]
      : []),
  ];
}

function authorizationUser({ authorization }: NatsClusterArgs): ClusterUser {
  const { user = SYSTEM_USER, password, token } = (authorization ?? {}) as Record<string, never>;
  const login = token === undefined ? { user, password } : { token };
  return { account: "$G", user, login, system: false, manages: true };
}
