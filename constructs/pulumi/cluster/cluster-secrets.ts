import * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { secretText } from "../../../render/kubernetes/secret-refs";

/** Secrets of a program, collected for one Secret of the cluster while the spec gets references to it. */
export interface ClusterSecrets {
  /** Name of the Secret in Kubernetes. */
  readonly secretName: string;
  /** Takes a secret over; answers the reference that stands in its place. A reference stays as it is. */
  readonly place: (path: string, value: unknown) => SecretKeyRef;
  /** A further entry, under a key of its own. */
  readonly add: (key: string, text: pulumi.Input<string>) => SecretKeyRef;
  /** What the Secret holds. */
  readonly data: () => Readonly<Record<string, pulumi.Output<string>>>;
  /** Values a program gave, whose changes nobody sees but by looking at them. */
  readonly given: () => readonly pulumi.Input<string>[];
}

export interface SecretKeyRef {
  readonly secretName: string;
  readonly key: string;
}

export function collectSecrets(secretName: string): ClusterSecrets {
  const data = new Map<string, pulumi.Output<string>>();
  const given: pulumi.Input<string>[] = [];
  const add = (key: string, text: pulumi.Input<string>) => {
    data.set(key, pulumi.secret(text));
    return { secretName, key };
  };
  return {
    secretName,
    add,
    place: (path, value) => {
      const known = asReference(value);
      if (known) return known;
      const secret = secretOf(value);
      given.push(secret);
      return add(
        keyOf(path),
        pulumi.output(secret).apply((text) => secretText(path, text)),
      );
    },
    data: () => Object.fromEntries(data),
    given: () => given,
  };
}

/** `accounts.A.users[0].password` as a key of a Secret. */
function keyOf(path: string): string {
  return path.replace(/[^A-Za-z0-9]+/g, ".").replace(/\.$/, "");
}

function asReference(value: unknown): SecretKeyRef | undefined {
  const isReference = typeof value === "object" && value !== null && "secretName" in value && "key" in value;
  return isReference ? (value as SecretKeyRef) : undefined;
}

function secretOf(value: unknown): pulumi.Input<string> {
  const isWrapped = typeof value === "object" && value !== null && !pulumi.Output.isInstance(value) && "value" in value;
  return isWrapped ? (value as { value: string }).value : (value as pulumi.Input<string>);
}

type Fields = Readonly<Record<string, unknown>>;

/** The spec with a reference in place of every secret a program gave. */
export function placeSecrets(spec: Fields, secrets: ClusterSecrets): ClusterSpec {
  const at = (path: string, holder: Fields | undefined, keys: readonly string[]) =>
    holder && {
      ...holder,
      ...Object.fromEntries(
        keys
          .filter((key) => holder[key] !== undefined)
          .map((key) => [key, secrets.place(`${path}.${key}`, holder[key])]),
      ),
    };
  const { authorization, accounts, leafNodes } = spec as Record<string, Fields | undefined>;
  const users = (name: string, list: readonly Fields[]) =>
    list.map((user, i) => at(`accounts.${name}.users[${i}]`, user, ["password"]));
  const remotes = (leafNodes?.remotes ?? []) as readonly Fields[];
  return {
    ...spec,
    ...(authorization && { authorization: at("authorization", authorization, ["password", "token"]) }),
    ...(accounts && {
      accounts: Object.fromEntries(
        Object.entries(accounts as Record<string, Fields>).map(([name, account]) => [
          name,
          account.users ? { ...account, users: users(name, account.users as Fields[]) } : account,
        ]),
      ),
    }),
    ...(leafNodes?.remotes !== undefined && {
      leafNodes: {
        ...leafNodes,
        remotes: remotes.map((remote, i) => at(`leafNodes.remotes[${i}]`, remote, ["password", "credentials"])),
      },
    }),
  } as unknown as ClusterSpec;
}
