import type { AccountSpec, UserSpec } from "../../model/cluster/account-spec";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { EffectiveCluster, PortName } from "../../model/cluster/effective";
import type { TlsSide, TlsSideName } from "../../model/cluster/tls-spec";

/** An entry of a spec, and where it is. */
export interface Member<T> {
  readonly path: string;
  readonly value: T;
}

export interface AccountMember<T> extends Member<T> {
  readonly account: string;
}

export function accountsOf({ accounts = {} }: ClusterSpec): AccountMember<AccountSpec>[] {
  return Object.entries(accounts).map(([account, value]) => ({ account, path: `accounts.${account}`, value }));
}

export function usersOf(spec: ClusterSpec): AccountMember<UserSpec>[] {
  return listsOf(spec, "users");
}

/** The entries of one list of every account. */
export function listsOf<K extends "users" | "exports" | "imports">(
  spec: ClusterSpec,
  list: K,
): AccountMember<NonNullable<AccountSpec[K]>[number]>[] {
  return accountsOf(spec).flatMap(({ account, path, value }) =>
    (value[list] ?? []).map((entry, i) => ({
      account,
      path: `${path}.${list}[${i}]`,
      value: entry as NonNullable<AccountSpec[K]>[number],
    })),
  );
}

/** A side of TLS, or TLS toward the hub of a leaf node remote. */
export interface TlsMember extends Member<TlsSide> {
  readonly side: TlsSideName | "remote";
}

export function tlsOf(spec: ClusterSpec): TlsMember[] {
  const sides = Object.entries(spec.tls ?? {}) as [TlsSideName, TlsSide | undefined][];
  const remotes = (spec.leafNodes?.remotes ?? []).map(({ tls }, i) => ["remote", tls, i] as const);
  return [
    ...sides.flatMap(([side, value]): TlsMember[] => (value ? [{ side, path: `tls.${side}`, value }] : [])),
    ...remotes.flatMap(([side, value, i]): TlsMember[] =>
      value ? [{ side, path: `leafNodes.remotes[${i}].tls`, value }] : [],
    ),
  ];
}

/** The ports the servers listen on, in the order they are declared. */
export function listening(spec: ClusterSpec, { standalone }: EffectiveCluster): readonly PortName[] {
  const on: Readonly<Record<PortName, boolean>> = {
    client: true,
    cluster: !standalone,
    monitor: true,
    leafNodes: spec.leafNodes?.listen === true,
    gateway: spec.gateway !== undefined,
    websocket: spec.websocket !== undefined,
  };
  return (Object.keys(on) as PortName[]).filter((port) => on[port]);
}

/** TLS of the sides that listen, and toward hubs. */
export function tlsInUse(spec: ClusterSpec, effective: EffectiveCluster): TlsMember[] {
  const on = new Set<string>([...listening(spec, effective), "remote"]);
  return tlsOf(spec).filter(({ side }) => on.has(side));
}
