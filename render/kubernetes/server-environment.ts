import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { confText, type ServerVariable, serverVariables } from "../server-environment";
import type { SecretKey, SecretRefs } from "./secret-refs";

/** A variable of a container: its text, or the key of a Secret that holds it. */
export type EnvironmentValue =
  | string
  | { readonly valueFrom: { readonly secretKeyRef: { name: string; key: string } } };

/** The variables of a server's container. Nothing secret is in them: they name keys of Secrets. */
export function serverEnvironment(spec: ClusterSpec, refs: SecretRefs): Record<string, EnvironmentValue> {
  const entries = serverVariables(spec).flatMap((variable) => entriesOf(variable, refs));
  return Object.fromEntries(entries);
}

type Entry = readonly [name: string, value: EnvironmentValue];

function entriesOf(variable: ServerVariable, refs: SecretRefs): Entry[] {
  if (variable.kind === "keyTag") {
    const tag = variable.previous ? refs.keyTags?.previousKey : refs.keyTags?.key;
    if (tag === undefined) return [];
    return [[variable.name, typeof tag === "string" ? confText(tag) : fromSecret(tag)]];
  }
  const { path, source, variable: name } = variable.kind === "url" ? variable.password : variable.secret;
  const key = refs.find(path, source);
  if (!key) return [];
  if (variable.kind === "secret") return [[name, fromSecret(key)]];
  // Kubernetes puts the password in: the name of the variable it comes from sorts before this one.
  return [
    [name, fromSecret(key)],
    [variable.name, `"${variable.before}$(${name})${variable.after}"`],
  ];
}

const fromSecret = ({ secretName, key }: SecretKey): EnvironmentValue => ({
  valueFrom: { secretKeyRef: { name: secretName, key } },
});
