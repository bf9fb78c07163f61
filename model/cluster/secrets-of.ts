import type { ClusterSpec } from "./cluster-spec";
import type { SecretSource } from "./secret-source";

/** A secret of a cluster that the server's configuration refers to by a variable. */
export interface ClusterSecret {
  /** Where the spec has it, `accounts.A.users[0].password`. */
  readonly path: string;
  readonly source: SecretSource;
  /** Name of the environment variable that carries it, the same wherever the cluster runs. */
  readonly variable: string;
}

/** Every secret that travels as a variable, in the order of the spec. Credentials files of leaf nodes are mounted instead. */
export function secretsOf(spec: ClusterSpec): ClusterSecret[] {
  const { encryption } = spec.jetstream ?? {};
  const { authorization } = spec;
  const found: [path: string, source: SecretSource | undefined][] = [
    ["jetstream.encryption.key", encryption?.key],
    ["jetstream.encryption.previousKey", encryption?.previousKey],
    ["authorization.password", authorization?.password],
    ["authorization.token", authorization?.token],
    ...Object.entries(spec.accounts ?? {}).flatMap(([account, { users }]) =>
      (users ?? []).map((user, i): [string, SecretSource | undefined] => [
        `accounts.${account}.users[${i}].password`,
        user.password,
      ]),
    ),
    ...(spec.leafNodes?.remotes ?? []).map((remote, i): [string, SecretSource | undefined] => [
      `leafNodes.remotes[${i}].password`,
      remote.password,
    ]),
  ];
  const taken = new Set<string>();
  return found.flatMap(([path, source]) => (source ? [{ path, source, variable: variableOf(path, taken) }] : []));
}

// Two paths may differ in signs a variable cannot have.
function variableOf(path: string, taken: Set<string>): string {
  const base = `HEADWATER_${path
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/_$/, "")}`;
  let name = base;
  for (let i = 2; taken.has(name); i++) name = `${base}_${i}`;
  taken.add(name);
  return name;
}
