import * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { isObject } from "../../../model/walk";
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

/** `made` are secrets that were made here, and never change under their path. */
export function collectSecrets(secretName: string, made: ReadonlySet<unknown> = new Set()): ClusterSecrets {
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
      // Files and variables are nothing Kubernetes has: what is judged says so.
      if (isElsewhere(value)) return value as never;
      const secret = secretOf(value);
      if (!made.has(value)) given.push(secret);
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

const isElsewhere = (value: unknown) =>
  isObject(value) && !pulumi.Output.isInstance(value) && ("file" in value || "env" in value);

function asReference(value: unknown): SecretKeyRef | undefined {
  const isReference = typeof value === "object" && value !== null && "secretName" in value && "key" in value;
  return isReference ? (value as SecretKeyRef) : undefined;
}

/** The text of a secret, where a program gave it as one; a key of a Secret has none here. */
export function givenText(value: unknown): pulumi.Input<string> | undefined {
  const text = secretOf(value);
  const isText = typeof text === "string" || pulumi.Output.isInstance(text) || (text as unknown) instanceof Promise;
  return isText ? text : undefined;
}

function secretOf(value: unknown): pulumi.Input<string> {
  const isWrapped = typeof value === "object" && value !== null && !pulumi.Output.isInstance(value) && "value" in value;
  return isWrapped ? (value as { value: string }).value : (value as pulumi.Input<string>);
}

type Fields = Readonly<Record<string, unknown>>;

/** The spec with a reference in place of every secret a program gave. */
export function placeSecrets(spec: Fields, secrets: ClusterSecrets): ClusterSpec {
  // What has not the shape it should is left as it is: it is judged later.
  const at = (path: string, holder: unknown, keys: readonly string[]) => {
    if (!isObject(holder)) return holder;
    const held = keys.filter((key) => holder[key] !== undefined);
    return {
      ...holder,
      ...Object.fromEntries(held.map((key) => [key, secrets.place(`${path}.${key}`, holder[key])])),
    };
  };
  const { authorization, accounts, leafNodes } = spec;
  const each = (path: string, list: unknown, keys: readonly string[]) =>
    Array.isArray(list) ? list.map((item, i) => at(`${path}[${i}]`, item, keys)) : list;
  const account = (name: string, value: unknown) =>
    isObject(value) && value.users !== undefined
      ? { ...value, users: each(`accounts.${name}.users`, value.users, ["password"]) }
      : value;
  return {
    ...spec,
    ...(authorization !== undefined && { authorization: at("authorization", authorization, ["password", "token"]) }),
    ...(isObject(accounts) && {
      accounts: Object.fromEntries(Object.entries(accounts).map(([name, value]) => [name, account(name, value)])),
    }),
    ...(isObject(leafNodes) && {
      leafNodes: {
        ...leafNodes,
        ...(leafNodes.remotes !== undefined && {
          remotes: each("leafNodes.remotes", leafNodes.remotes, ["password", "credentials"]),
        }),
      },
    }),
  } as unknown as ClusterSpec;
}
