import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { SecretSource } from "../../model/cluster/secret-source";
import { secretsOf } from "../../model/cluster/secrets-of";
import type { TlsSide } from "../../model/cluster/tls-spec";
import type { Finding } from "../../model/finding";
import { confText } from "../server-environment";

/** A key of a Kubernetes Secret. */
export interface SecretKey {
  readonly secretName: string;
  readonly key: string;
}

/** What the caller knows of a cluster's secrets on Kubernetes. */
export interface SecretContext {
  /** Secrets the caller made of what the spec has as text, file or variable: by path. Their text is {@link secretText}. */
  readonly secretRefs?: Readonly<Record<string, SecretKey>>;
  /**
   * Tags of the keys the servers are started with, `headwater-key:…`, or the keys of a Secret that hold them as
   * configuration reads them; without them servers show none.
   */
  readonly keyTags?: { readonly key: string | SecretKey; readonly previousKey?: string | SecretKey };
}

export interface SecretRefs {
  readonly keyTags: SecretContext["keyTags"];
  /** The key that holds a secret; `undefined` where none does. */
  readonly find: (path: string, source: SecretSource) => SecretKey | undefined;
}

export function secretRefsOf({ secretRefs = {}, keyTags }: SecretContext): SecretRefs {
  return { keyTags, find: (path, source) => secretRefs[path] ?? ("secretName" in source ? source : undefined) };
}

/**
 * The text a Secret made for a path must hold. Configuration reads a variable as it reads a value: in double quotes it is
 * a text whatever it contains. The password of a leaf node becomes a part of a URL; credentials are a file.
 */
export function secretText(path: string, secret: string): string {
  if (!path.startsWith("leafNodes.")) return confText(secret);
  return path.endsWith(".password") ? encodeURIComponent(secret) : secret;
}

/** What cannot go into manifests: secrets that are no keys of a Secret, and certificates that are files. */
export function unplacedFindings(spec: ClusterSpec, refs: SecretRefs): Finding[] {
  const credentials = (spec.leafNodes?.remotes ?? []).map((remote, i) => ({
    path: `leafNodes.remotes[${i}].credentials`,
    source: remote.credentials,
  }));
  const secrets = [...secretsOf(spec), ...credentials].flatMap(({ path, source }) =>
    source && !refs.find(path, source) ? [secretFinding(spec, path, source)] : [],
  );
  const remotes = (spec.leafNodes?.remotes ?? []).map(
    (remote, i) => [`leafNodes.remotes[${i}].tls`, remote.tls] as const,
  );
  const sides = Object.entries(spec.tls ?? {}).map(([side, tls]) => [`tls.${side}`, tls] as const);
  return [...secrets, ...[...sides, ...remotes].flatMap(([path, tls]) => (tls ? fileFindings(spec, path, tls) : []))];
}

const KINDS = { value: "a text", file: "a file", env: "an environment variable" } as const;

function secretFinding(spec: ClusterSpec, field: string, source: SecretSource): Finding {
  const kind = (["value", "file", "env"] as const).find((key) => key in source) ?? "value";
  return {
    code: "RN101",
    severity: "error",
    kind: "cluster",
    name: spec.name,
    field,
    problem: `is ${KINDS[kind]}, and Kubernetes needs a key of a Secret`,
    remedy: 'Create a Secret and name it: { secretName: "…", key: "…" }.',
  };
}

function fileFindings(spec: ClusterSpec, field: string, tls: TlsSide): Finding[] {
  if (tls.certFile === undefined) return [];
  return [
    {
      code: "RN102",
      severity: "error",
      kind: "cluster",
      name: spec.name,
      field: `${field}.certFile`,
      problem: "is a file, and pods have no files of this machine",
      remedy: "Create a Secret of type kubernetes.io/tls and set secretName, or set issuer.",
    },
  ];
}
