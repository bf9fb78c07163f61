import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { ClusterSecret } from "../../model/cluster/secrets-of";
import { serverVariables } from "../server-environment";

/** The variables of every service, and those they are filled from. */
export interface ComposeVariables {
  readonly environment: Record<string, string>;
  readonly variables: readonly string[];
}

/**
 * What `env` names is asked for by that name, every other secret by a name of its own. Compose stops with the name of a
 * variable that is missing. A value is written as it is: without double quotes, and percent-encoded in the password of a
 * leaf node.
 */
export function composeVariables(spec: ClusterSpec): ComposeVariables {
  const known = serverVariables(spec).filter((variable) => variable.kind !== "keyTag");
  const entries = known.map((variable) => {
    if (variable.kind === "secret") return [variable.name, `"${asked(variable.secret)}"`] as const;
    // A dollar sign of the text itself is written twice.
    const [before, after] = [variable.before, variable.after].map((part) => part.replaceAll("$", "$$$$"));
    return [variable.name, `"${before}${asked(variable.password)}${after}"`] as const;
  });
  const secrets = known.map((variable) => nameOf(variable.kind === "secret" ? variable.secret : variable.password));
  return { environment: Object.fromEntries(entries), variables: [...new Set(secrets)] };
}

const nameOf = ({ source, variable }: ClusterSecret) => ("env" in source ? source.env : variable);

const asked = (secret: ClusterSecret) => `\${${nameOf(secret)}:?is not set}`;
