import type { SecretSource } from "../../../model/cluster/secret-source";
import { type Bare, type ConfigValue, isBare } from "../../../render/config-tree";
import { mapsAt, textAt } from "../../../render/kubernetes/placed-object";
import { UNKNOWN } from "../../unknown-value";
import { readNatsConf } from "./nats-conf";

/** What a container's variables say. */
export interface PodVariables {
  /** The text of a variable with what it is made of; `undefined` where it comes from elsewhere. */
  readonly text: (name: string) => string | undefined;
  /** Where a secret comes from that a configuration has as a variable or as a text; not known for anything else. */
  readonly secret: (value: ConfigValue) => SecretSource | typeof UNKNOWN;
  /** A value with a variable replaced, where its text is known. */
  readonly value: (value: ConfigValue | undefined) => ConfigValue | typeof UNKNOWN | undefined;
}

/** The variables of a container. What it gets from a whole Secret or ConfigMap, or has in its image, stays a reference. */
export function podVariables(container: unknown): PodVariables {
  const env = new Map(mapsAt(container, "env").map((entry) => [textAt(entry, "name") ?? "", entry]));
  const text = (name: string) => textAt(env.get(name), "value");
  const fromSecret = (name: string): SecretSource | undefined => {
    const [secretName, key] = ["name", "key"].map((part) => textAt(env.get(name), "valueFrom", "secretKeyRef", part));
    return secretName && key ? { secretName, key } : undefined;
  };
  const source = (name: string): SecretSource => {
    const own = text(name);
    // Kubernetes puts other variables in: $(NAME).
    const inner = own === undefined ? undefined : /\$\(([^)]+)\)/.exec(own)?.[1];
    if (inner !== undefined) return fromSecret(inner) ?? { env: inner };
    return own === undefined ? (fromSecret(name) ?? { env: name }) : { value: own };
  };
  return {
    text,
    secret(value) {
      if (isBare(value)) return source(nameOf(value));
      if (typeof value === "number") return { value: String(value) };
      return typeof value === "string" && value !== "" ? { value } : UNKNOWN;
    },
    value(value) {
      if (!isBare(value)) return value;
      const own = text(nameOf(value));
      if (own === undefined) return UNKNOWN;
      const read = readNatsConf(`value: ${own}\n`);
      return "tree" in read ? (read.tree.value ?? UNKNOWN) : UNKNOWN;
    },
  };
}

const nameOf = ({ bare }: Bare) => bare.replace(/^\$/, "");
