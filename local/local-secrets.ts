import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { SecretSource } from "../model/cluster/secret-source";
import { type Finding, throwFindings } from "../model/finding";
import { confText, serverVariables } from "../render/server-environment";
import { generateKey } from "../secrets/generate-key";
import { KEY_TAG, keyId, PREVIOUS_KEY_TAG } from "../secrets/key-id";
import { localFinding } from "./finding";
import { type LocalHome, secretsFolder } from "./home";
import type { LocalRun } from "./run";
import { makePrivateFolder, writeWhole } from "./state";

/** File of a secret that is made here: what stands for a key of a Kubernetes Secret. */
export function secretFile(home: LocalHome, secretName: string, key: string): string {
  return join(secretsFolder(home), `${secretName}.${key}`.replace(/[^\w.-]/g, "_"));
}

/** Where a person finds a secret, in words; never the secret. */
export function whereIs(home: LocalHome, cwd: string, source: SecretSource): string {
  if ("secretName" in source) return secretFile(home, source.secretName, source.key);
  if ("file" in source) return resolve(cwd, source.file);
  return "env" in source ? `$${source.env}` : "in the program";
}

/** The text of a secret. What the spec takes from a Kubernetes Secret is made here once, and kept. */
export function readSecret({ home, env, cwd }: LocalRun, source: SecretSource): string | undefined {
  if ("value" in source) return source.value;
  if ("env" in source) return env[source.env] || undefined;
  const file = "file" in source ? resolve(cwd, source.file) : secretFile(home, source.secretName, source.key);
  if (existsSync(file)) return readFileSync(file, "utf8").trim() || undefined;
  return "file" in source ? undefined : keep(home, file, generateKey());
}

function keep(home: LocalHome, file: string, secret: string): string {
  makePrivateFolder(secretsFolder(home));
  writeWhole(file, `${secret}\n`);
  return secret;
}

/** The environment a server's configuration refers to. Every secret that is missing is said at once. */
export function readVariables(run: LocalRun, spec: ClusterSpec): Record<string, string> {
  const findings: Finding[] = [];
  const read = ({ path, source }: { path: string; source: SecretSource }) => {
    const secret = readSecret(run, source);
    if (secret === undefined) findings.push(missing(run, path, source));
    return secret ?? "";
  };
  const variables = serverVariables(spec).map((wanted): [string, string] => {
    if (wanted.kind === "secret") return [wanted.name, confText(read(wanted.secret))];
    if (wanted.kind === "keyTag")
      return [wanted.name, confText(`${wanted.previous ? PREVIOUS_KEY_TAG : KEY_TAG}${keyId(read(wanted.key))}`)];
    return [wanted.name, confText(`${wanted.before}${encodeURIComponent(read(wanted.password))}${wanted.after}`)];
  });
  throwFindings([...new Map(findings.map((finding) => [finding.field, finding])).values()]);
  return Object.fromEntries(variables);
}

function missing({ home, cwd }: LocalRun, path: string, source: SecretSource): Finding {
  const where = whereIs(home, cwd, source);
  const problem =
    "env" in source
      ? `is taken from the variable ${source.env}, which is not set`
      : `is in ${where}, which cannot be read or is empty`;
  const remedy = "env" in source ? `Set ${source.env}.` : "Write the secret there.";
  return localFinding("LC105", home.name, path, problem, remedy);
}

/** A fingerprint from which nothing can be guessed back: made with a key of this cluster's own. */
export function fingerprint(home: LocalHome, text: string): string {
  const file = join(secretsFolder(home), "fingerprint");
  const key = existsSync(file) ? readFileSync(file, "utf8").trim() : keep(home, file, randomBytes(32).toString("hex"));
  return createHmac("sha256", key).update(text).digest("hex").slice(0, 32);
}
