import { SECRET_PLACES, type SecretPlace } from "../../model/cluster/secrets-of";
import { unlessHidden } from "../../preflight/asset";
import {
  CHART_SECRETS,
  CONFIG_SECRETS,
  isHash,
  type WrittenSecret,
  writtenSecrets,
} from "../../preflight/cluster/written-secrets";
import { CONFIG_MERGES } from "../../render/helm/value-origins";
import { flag } from "../options";
import { defineRule } from "../rule";
import type { ClusterAsset } from "../system";

/** Whoever reads the code does not read the secrets. */
export const clusterSecretsByReference = defineRule({
  id: "jetstream-cluster-secrets-by-reference",
  title: "Secrets of a cluster are named, not written out",
  severity: "critical",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A secret that is written into a file or program is in its history forever, and with everybody who has a copy. It cannot be rotated without a change of code, and nobody knows who has read it.",
  fix: "Name where the secret is: { secretName, key }, { file } or { env }. Rotate the secret: it has been read.",
  topics: ["security", "secrets"],
  frameworks: ["ISO/IEC 27001:2022 A.5.17", "ISO/IEC 27001:2022 A.8.24", "SOC 2 CC6.1"],
  waivable: false,
  options: { hashes: flag(false, "Let hashes of passwords, made by bcrypt, be written out.") },
  on: "cluster",
  example: {
    fails: {
      name: "nats",
      size: 3,
      accounts: { SHOP: { users: [{ user: "deploy", password: { value: "hunter2" } }] } },
    },
    passes: {
      name: "nats",
      size: 3,
      accounts: { SHOP: { users: [{ user: "deploy", password: { secretName: "nats-logins", key: "deploy" } }] } },
    },
  },
  *find({ spec }, { hashes }) {
    yield* typedSecrets(spec, hashes);
    const written = [
      ...(unlessHidden(() => writtenSecrets(spec.extraConfig, "extraConfig", CONFIG_SECRETS)) ?? []),
      ...(unlessHidden(() => inValues(spec.kubernetes?.extraValues ?? {})) ?? []),
    ];
    for (const { path, hash } of written)
      if (!hash || !hashes)
        yield {
          field: path,
          problem: "is a secret written out, and would be written as it is, where others can read it",
          remedy: path.startsWith("kubernetes.extraValues") ? BY_CHART : BY_VARIABLE,
        };
  },
});

function* typedSecrets(spec: ClusterAsset["spec"], hashes: boolean) {
  for (const [field, read] of places(spec)) {
    const source = unlessHidden(read);
    if (source === undefined || !("value" in source)) continue;
    const isAllowed = hashes && unlessHidden(() => isHash(source.value));
    if (!isAllowed) yield { field, problem: "is written out: whoever reads this knows the secret" };
  }
}

const BY_VARIABLE = 'Name a variable of the servers: "<< $NAME >>". Rotate the secret: it has been read.';
const BY_CHART = "Refer to a Secret of Kubernetes in its place. Rotate the secret: it has been read.";

function places(spec: ClusterAsset["spec"]): SecretPlace[] {
  return [
    ...SECRET_PLACES.flatMap((part) => unlessHidden(() => part(spec)) ?? []),
    ...(unlessHidden(() => spec.leafNodes?.remotes) ?? []).map(
      (_, i): SecretPlace => [`leafNodes.remotes[${i}].credentials`, () => spec.leafNodes?.remotes?.[i]?.credentials],
    ),
  ];
}

// Below `merge` the servers' own words are used; elsewhere `key` is the name of a file or of a Secret's key.
function inValues(values: Readonly<Record<string, unknown>>): WrittenSecret[] {
  const path = "kubernetes.extraValues";
  const merges = Object.keys(CONFIG_MERGES).map((block) => `${path}.${block}`);
  const isMerge = (at: string) => merges.some((merge) => at.startsWith(`${merge}.`));
  const found = writtenSecrets(values, path, CONFIG_SECRETS).filter((secret) => isMerge(secret.path));
  const others = writtenSecrets(values, path, CHART_SECRETS).filter((secret) => !isMerge(secret.path));
  return [...found, ...others];
}
