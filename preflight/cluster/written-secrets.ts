import { isObject } from "../../model/walk";

/** Names under which the servers' configuration has secrets. */
export const CONFIG_SECRETS = /^(pass|password|token|key|ek|encryption_key|prev_key|prev_ek|prev_encryption_key)$/i;
/** Names under which values of the chart have secrets, variables of containers among them. */
export const CHART_SECRETS = /^(pass|password|token|contents)$|(^|_)(PASS|PASSWORD|TOKEN|SECRET|SEED|CREDS|KEY)$/;

// A variable stands for a secret.
const VARIABLE = /^<<\s*\$.*>>$/;
const HASH = /^\$2[aby]\$/;
// What is a secret under any name: a login in a URL, the seed of an nkey, a private key.
const TELLTALE = /:\/\/[^@/\s:"]*:[^@/\s"]+@|\bS[AUOCNX][A-Z2-7]{56}\b|-----BEGIN [A-Z ]*(PRIVATE KEY|SEED)-----/;

/** True for a hash made by bcrypt, which a server takes in place of the password. */
export const isHash = (text: string) => HASH.test(text);

/** A secret that stands where others can read it. */
export interface WrittenSecret {
  readonly path: string;
  /** The hash of one. */
  readonly hash: boolean;
}

/** Secrets written out at any depth of a value. Paths only, never the secret. */
export function writtenSecrets(value: unknown, path: string, names: RegExp): WrittenSecret[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => writtenSecrets(item, `${path}[${i}]`, names));
  if (typeof value === "string") return TELLTALE.test(value) ? [{ path, hash: false }] : [];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const isSecret = typeof item === "string" && names.test(key) && item !== "" && !VARIABLE.test(item);
    return isSecret ? [{ path: `${path}.${key}`, hash: isHash(item) }] : writtenSecrets(item, `${path}.${key}`, names);
  });
}
