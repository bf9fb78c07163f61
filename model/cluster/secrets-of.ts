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

/** Where a spec may have a secret, and what is there; reading it is left to the caller. */
export type SecretPlace = readonly [path: string, read: () => SecretSource | undefined];

/** The places of secrets that travel as variables, part by part, in the order of the spec. */
export const SECRET_PLACES: readonly ((spec: ClusterSpec) => readonly SecretPlace[])[] = [
  ({ jetstream }) => [
    ["jetstream.encryption.key", () => jetstream?.encryption?.key],
    ["jetstream.encryption.previousKey", () => jetstream?.encryption?.previousKey],
  ],
  ({ authorization }) => [
    ["authorization.password", () => authorization?.password],
    ["authorization.token", () => authorization?.token],
  ],
  ({ accounts = {} }) =>
    Object.entries(accounts).flatMap(([account, { users = [] }]) =>
      users.map((user, i): SecretPlace => [`accounts.${account}.users[${i}].password`, () => user.password]),
    ),
  ({ leafNodes }) =>
    (leafNodes?.remotes ?? []).map((remote, i) => [`leafNodes.remotes[${i}].password`, () => remote.password]),
];

/** Every secret that travels as a variable, in the order of the spec. Credentials files of leaf nodes are mounted instead. */
export function secretsOf(spec: ClusterSpec): ClusterSecret[] {
  const taken = new Set<string>();
  return SECRET_PLACES.flatMap((places) => places(spec)).flatMap(([path, read]) => {
    const source = read();
    return source ? [{ path, source, variable: variableOf(path, taken) }] : [];
  });
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
