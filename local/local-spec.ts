import type { AccountSpec, UserSpec } from "../model/cluster/account-spec";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";

/** The user of the system account that moves streams and removes servers. */
export const SYSTEM_USER = "headwater-system";
const SYSTEM_ACCOUNT = "SYS";
const LOGIN_VARIABLE = "HEADWATER_AUTHORIZATION_PASSWORD";

/** A local cluster where nobody has said otherwise. */
export function defaultSpec(name: string, size: number): ClusterSpec {
  return { name, size, jetstream: { maxFileStore: "100GiB", maxMemoryStore: "1GiB" } };
}

/**
 * What the processes of a spec run with here: the key that is kept here, and a user of the system account. Where nobody
 * has to log in, nobody has to: servers let clients without a login into the global account.
 */
export function localSpec(spec: ClusterSpec, version: string, key?: string): ClusterSpec {
  return withSystemUser(withKey({ ...spec, version: spec.version ?? version }, key));
}

/** False where the system account is somebody else's: operator mode, or one token for everybody. */
export function hasSystemUser({ operator, authorization }: ClusterSpec): boolean {
  return operator === undefined && authorization?.token === undefined;
}

function withKey(spec: ClusterSpec, key: string | undefined): ClusterSpec {
  const { encryption } = spec.jetstream ?? {};
  if (!encryption || key === undefined) return spec;
  const { previousKey: _, ...kept } = encryption;
  return { ...spec, jetstream: { ...spec.jetstream, encryption: { ...kept, key: { value: key } } } };
}

function withSystemUser(spec: ClusterSpec): ClusterSpec {
  if (!hasSystemUser(spec)) return spec;
  const name = effectiveCluster(spec).systemAccount ?? SYSTEM_ACCOUNT;
  const account: AccountSpec = spec.accounts?.[name] ?? {};
  const users = [...(account.users ?? []), systemUser(spec)];
  const { authorization, ...rest } = spec;
  const accounts = { ...spec.accounts, [name]: { ...account, users } };
  const opened = { ...rest, accounts, systemAccount: name };
  return authorization?.user ? withLogin(opened, authorization) : opened;
}

// With client certificates as logins, a certificate is the user.
function systemUser({ tls }: ClusterSpec): UserSpec {
  if (tls?.client?.verifyAndMap) return { user: SYSTEM_USER };
  return { user: SYSTEM_USER, password: { secretName: "system", key: "password" } };
}

// One login for everybody and accounts exclude each other, a list of users of the global account does not.
function withLogin(spec: ClusterSpec, { user, timeout }: NonNullable<ClusterSpec["authorization"]>): ClusterSpec {
  const users = [{ user, password: `<< $${LOGIN_VARIABLE} >>` }];
  const authorization = { users, ...(timeout && { timeout }) };
  return { ...spec, extraConfig: { authorization, ...spec.extraConfig } };
}
