import type { AccountSpec, PermissionsSpec, UserSpec } from "../../model/cluster/account-spec";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { isOlder } from "../../model/version";
import { type ConfigTree, unlessEmpty, variable } from "../config-tree";
import { rolePermissions } from "../role-permissions";
import type { ServerPlace } from "../server-place";
import { amount, seconds, time } from "./amounts";

/** Accounts with their users, or one login for everybody. */
export function accountsConfig(spec: ClusterSpec, place: ServerPlace): ConfigTree {
  const { authorization } = spec;
  const secret = (path: string, source: UserSpec["password"]) => source && variable(place.variable(path, source));
  return {
    accounts: mapValues(spec.accounts, (account, name) => accountConfig(spec, place, name, account)),
    system_account: effectiveCluster(spec).systemAccount ?? spec.operator?.systemAccount,
    no_auth_user: spec.noAuthUser,
    authorization: authorization && {
      user: authorization.user,
      password: secret("authorization.password", authorization.password),
      token: secret("authorization.token", authorization.token),
      timeout: seconds(authorization.timeout),
    },
  };
}

function accountConfig(spec: ClusterSpec, place: ServerPlace, name: string, account: AccountSpec): ConfigTree {
  const isSystem = effectiveCluster(spec).systemAccount === name;
  return {
    jetstream: isSystem ? undefined : accountJetStream(spec, account.jetstream ?? true),
    users: account.users?.map((user, i) => userConfig(spec, place, `accounts.${name}.users[${i}]`, user)),
    exports: account.exports?.map((offer) => ({
      stream: offer.stream,
      service: offer.service,
      accounts: offer.accounts,
      response_type: offer.responseType,
      threshold: time(offer.responseThreshold),
    })),
    imports: account.imports?.map(({ stream, service, prefix, to }) => ({
      stream: stream && { account: stream.account, subject: stream.subject },
      service: service && { account: service.account, subject: service.subject },
      prefix,
      to,
    })),
    limits: account.limits && {
      max_connections: account.limits.maxConnections,
      max_subscriptions: account.limits.maxSubscriptions,
      max_payload: amount(account.limits.maxPayload),
      max_leafnodes: account.limits.maxLeafNodes,
    },
    default_permissions: account.defaultPermissions && permissionsConfig(account.defaultPermissions),
  };
}

function accountJetStream(spec: ClusterSpec, jetstream: NonNullable<AccountSpec["jetstream"]>): ConfigTree | boolean {
  if (typeof jetstream === "boolean") return jetstream;
  const limits = {
    max_memory: amount(jetstream.maxMemory),
    max_file: amount(jetstream.maxFile),
    max_streams: jetstream.maxStreams,
    max_consumers: jetstream.maxConsumers,
    max_ack_pending: jetstream.maxAckPending,
    max_bytes_required: jetstream.maxBytesRequired,
    memory_max_stream_bytes: amount(jetstream.memoryMaxStreamBytes),
    store_max_stream_bytes: amount(jetstream.storeMaxStreamBytes),
    cluster_traffic: isOlder(effectiveCluster(spec).version, "2.11.0") ? undefined : jetstream.clusterTraffic,
  };
  return unlessEmpty(limits) ?? true;
}

function userConfig(spec: ClusterSpec, place: ServerPlace, path: string, user: UserSpec): ConfigTree {
  const permissions = user.permissions ?? (user.role && rolePermissions(user, { domain: spec.jetstream?.domain }));
  return {
    user: user.user,
    password: user.password && variable(place.variable(`${path}.password`, user.password)),
    nkey: user.nkey,
    permissions: permissions && permissionsConfig(permissions),
    allowed_connection_types: user.allowedConnectionTypes,
  };
}

/** Permissions in the server's words. */
export function permissionsConfig({ publish, subscribe, allowResponses }: PermissionsSpec): ConfigTree {
  return {
    publish: publish && { allow: publish.allow, deny: publish.deny },
    subscribe: subscribe && { allow: subscribe.allow, deny: subscribe.deny },
    allow_responses: allowResponses && { max: allowResponses.max ?? 1, expires: time(allowResponses.expires ?? "2m") },
  };
}

function mapValues<T>(
  values: Readonly<Record<string, T>> | undefined,
  map: (value: T, key: string) => ConfigTree,
): ConfigTree | undefined {
  return values && Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]));
}
