import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import { isObject } from "../../../model/walk";
import type { NatsClusterArgs } from "../nats-cluster-args";
import { Password } from "../password";
import { Provider } from "../provider";
import { type ClusterSecrets, collectSecrets, givenText, placeSecrets } from "./cluster-secrets";
import type { CompleteSpec } from "./complete-spec";
import type { Connections } from "./connections";
import type { PlacedEncryption } from "./encryption";
import { kubernetesSdk } from "./kubernetes-sdk";
import type { ClusterUser } from "./users";
import { claimName } from "./volumes";

type Fields = Readonly<Record<string, unknown>>;
type Options = pulumi.CustomResourceOptions;

/** A spec in which every user who needs one has a password, and the passwords by `ACCOUNT/USER`. */
export interface WithPasswords {
  readonly spec: Fields;
  readonly byUser: Readonly<Record<string, pulumi.Input<string>>>;
  /** Those that were made here. */
  readonly made: ReadonlySet<unknown>;
}

export function makePasswords(name: string, { spec, passwords }: CompleteSpec, opts: Options): WithPasswords {
  const without = new Set(passwords.map(([account, i]) => `${account}/${i}`));
  const made = new Set<unknown>();
  const byUser: Record<string, pulumi.Input<string>> = {};
  const withUsers = mapUsers(spec, (user, account, i) => {
    const isMade = without.has(`${account}/${i}`);
    const password = isMade ? new Password(`${name}-${account}-${user.user}`, opts).password : user.password;
    if (isMade) made.add(password);
    const text = givenText(password);
    if (text !== undefined) byUser[`${account}/${user.user}`] = text;
    return password === undefined ? user : { ...user, password };
  });
  return { spec: withUsers, byUser, made };
}

/** The spec as servers will see it, before anything is made: what is wrong with it is said first. */
export function specToJudge({ spec, passwords }: CompleteSpec, { jetstream }: NatsClusterArgs): ClusterSpec {
  const secrets = collectSecrets(`${spec.name}-secrets`);
  const made = new Set(passwords.map(([account, i]) => `${account}/${i}`));
  const accounts = mapUsers(spec, (user, account, i) =>
    made.has(`${account}/${i}`) ? { ...user, password: "" } : user,
  );
  const placed = placeSecrets(withoutEncryption(accounts), secrets);
  const { encryption } = jetstream ?? {};
  if (encryption === undefined) return placed;
  if (!isObject(encryption)) return { ...placed, jetstream: { ...placed.jetstream, encryption: encryption as never } };
  const { rotate: _, previous: __, allow: ___, key, previousKey, ...rest } = encryption as Fields;
  const judged = {
    ...rest,
    key: secrets.place("jetstream.encryption.key", key ?? ""),
    ...(previousKey !== undefined && { previousKey: secrets.place("jetstream.encryption.previousKey", previousKey) }),
  };
  return { ...placed, jetstream: { ...placed.jetstream, encryption: judged } };
}

function mapUsers(spec: Fields, change: (user: Fields, account: string, index: number) => Fields): Fields {
  if (!isObject(spec.accounts)) return spec;
  const accounts = Object.entries(spec.accounts).map(([account, each]) => [
    account,
    isObject(each) && Array.isArray(each.users)
      ? { ...each, users: each.users.map((user, i) => (isObject(user) ? change(user, account, i) : user)) }
      : each,
  ]);
  return { ...spec, accounts: Object.fromEntries(accounts) };
}

export function withoutEncryption(spec: Fields): Fields {
  if (!isObject(spec.jetstream)) return spec;
  const { encryption: _, ...jetstream } = spec.jetstream;
  return { ...spec, jetstream };
}

export function withEncryption(spec: ClusterSpec, placed: PlacedEncryption | undefined): ClusterSpec {
  return placed ? { ...spec, jetstream: { ...spec.jetstream, encryption: placed.spec } } : spec;
}

export function makeNamespace(name: string, namespace: string, opts: Options): pulumi.Resource {
  return new (kubernetesSdk().core.v1.Namespace)(`${name}-namespace`, { metadata: { name: namespace } }, opts);
}

export function makeSecret(name: string, namespace: string, secrets: ClusterSecrets, opts: Options): pulumi.Resource {
  const metadata = { name: secrets.secretName, namespace };
  return new (kubernetesSdk().core.v1.Secret)(`${name}-secrets`, { metadata, stringData: secrets.data() }, opts);
}

/** The login the cluster's own resources ask its servers with; none where nobody gave one. */
export function systemProvider(
  name: string,
  users: readonly ClusterUser[],
  connections: Connections,
  opts: Options,
): Provider | undefined {
  const found = users.find(({ system }) => system);
  return found && new Provider(`${name}-system`, connections.to(found.login, found.user), opts);
}

/** What the servers have to be once Kubernetes was told. */
export function membersOf(
  spec: ClusterSpec,
  placed: PlacedEncryption | undefined,
  version: pulumi.Output<string> | undefined,
): Fields {
  const { size, standalone, witness, namespace } = effectiveCluster(spec);
  const { waive: _, ...run } = spec;
  const indices = Array.from({ length: size }, (_, i) => i);
  return {
    cluster: spec.name,
    namespace,
    statefulSet: spec.name,
    servers: indices.map((i) => `${spec.name}-${i}`),
    ...(witness && { witness: `${spec.name}-witness-0` }),
    ...(spec.jetstream?.volume && { claims: indices.map((i) => claimName(spec.name, i)) }),
    standalone,
    keys: placed?.keys,
    spec: run,
    version,
  };
}
