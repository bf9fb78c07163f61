import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { type ClusterSecret, secretsOf } from "../model/cluster/secrets-of";

/** The tags of the keys a server runs with, as variables: a server shows what it was started with. */
export const KEY_TAG_VARIABLE = "HEADWATER_KEY_TAG";
export const PREVIOUS_KEY_TAG_VARIABLE = "HEADWATER_PREVIOUS_KEY_TAG";

/** A variable a server's environment must have, as its configuration refers to it. */
export type ServerVariable =
  /** Carries a secret, as {@link confText}. */
  | { readonly kind: "secret"; readonly name: string; readonly secret: ClusterSecret }
  /** Carries the tag of a key, as {@link confText}: `"headwater-key:0f3a…"`. */
  | { readonly kind: "keyTag"; readonly name: string; readonly key: ClusterSecret; readonly previous: boolean }
  /** Carries a URL with a login, as {@link confText}: `before`, the percent-encoded secret, `after`. */
  | {
      readonly kind: "url";
      readonly name: string;
      readonly before: string;
      readonly password: ClusterSecret;
      readonly after: string;
    };

/** Name of the variable that carries a URL of a leaf node remote with its login; sorts after the password's variable. */
export const leafUrlVariable = (remote: number, url: number) => `HEADWATER_LEAFNODES_REMOTES_${remote}_URL_${url}`;

/** Every variable a server's environment must have. A server does not start where one is missing. */
export function serverVariables(spec: ClusterSpec): ServerVariable[] {
  const secrets = secretsOf(spec);
  return secrets.flatMap((secret): ServerVariable[] => {
    const remote = /^leafNodes\.remotes\[(\d+)\]\.password$/.exec(secret.path);
    if (remote) return leafUrls(spec, Number(remote[1]), secret);
    const self: ServerVariable = { kind: "secret", name: secret.variable, secret };
    if (secret.path === "jetstream.encryption.key")
      return [self, { kind: "keyTag", name: KEY_TAG_VARIABLE, key: secret, previous: false }];
    if (secret.path === "jetstream.encryption.previousKey")
      return [self, { kind: "keyTag", name: PREVIOUS_KEY_TAG_VARIABLE, key: secret, previous: true }];
    return [self];
  });
}

function leafUrls(spec: ClusterSpec, index: number, password: ClusterSecret): ServerVariable[] {
  const { urls = [], user = "" } = spec.leafNodes?.remotes?.[index] ?? {};
  return urls.map((url, i) => {
    const [scheme, rest] = url.split("://") as [string, string];
    const before = `${scheme}://${encodeURIComponent(user)}:`;
    return { kind: "url", name: leafUrlVariable(index, i), before, password, after: `@${rest}` };
  });
}

/** A text as the server's configuration reads it, in double quotes: for files and for values of variables. */
export function confText(text: string): string {
  const escaped = text.replace(/[\\"\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign);
  return `"${escaped}"`;
}

// conf/lex.go lexStringEscape.
const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
