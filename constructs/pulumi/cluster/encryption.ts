import * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import type { SecretContext } from "../../../render/kubernetes/secret-refs";
import { confText } from "../../../render/server-environment";
import { KEY_TAG, keyId, PREVIOUS_KEY_TAG } from "../../../secrets/key-id";
import { EncryptionKey } from "../encryption-key";
import type { ManagedEncryption, NatsClusterJetStream } from "../nats-cluster-args";
import type { ClusterSecrets } from "./cluster-secrets";

type Encryption = NonNullable<NatsClusterJetStream["encryption"]>;

/** The encryption of a cluster, once its keys are in the Secret. */
export interface PlacedEncryption {
  /** How many keys there shall have been, where they are made here. */
  readonly generation?: number;
  readonly spec: NonNullable<NonNullable<ClusterSpec["jetstream"]>["encryption"]>;
  readonly keyTags?: SecretContext["keyTags"];
  /** Ids of the keys servers are to run with. */
  readonly keys: { readonly key: pulumi.Output<string>; readonly previousKey?: pulumi.Output<string> } | undefined;
}

const isManaged = (encryption: Encryption): encryption is ManagedEncryption => encryption.key === undefined;

/** Puts the keys into the Secret, the managed one made first; a Secret that exists is only referred to. */
export function placeEncryption(
  name: string,
  spec: ClusterSpec,
  encryption: Encryption,
  secrets: ClusterSecrets,
  opts: pulumi.CustomResourceOptions,
): PlacedEncryption {
  if (isManaged(encryption)) return managed(name, spec, encryption, secrets, opts);
  const { cipher, key, previousKey } = encryption;
  const placed = secrets.place("jetstream.encryption.key", key);
  const before = previousKey && secrets.place("jetstream.encryption.previousKey", previousKey);
  const text = (value: unknown) => pulumi.output(value as pulumi.Input<string | { value: string }>);
  const idOf = (value: unknown) => text(value).apply((known) => keyId(typeof known === "string" ? known : known.value));
  const base = { ...(cipher && { cipher }), key: placed, ...(before && { previousKey: before }) };
  // What a Secret of somebody else holds is not known here: servers show no tag, and nobody can judge a change.
  if (placed.secretName !== secrets.secretName) return { spec: base, keys: undefined };
  const ids = { key: idOf(key), ...(before && { previousKey: idOf(previousKey) }) };
  return { spec: base, keys: ids, keyTags: placeTags(secrets, "given", ids) };
}

function managed(
  name: string,
  spec: ClusterSpec,
  { cipher, rotate = 1, previous, allow }: ManagedEncryption,
  secrets: ClusterSecrets,
  opts: pulumi.CustomResourceOptions,
): PlacedEncryption {
  const { size, standalone } = effectiveCluster(spec);
  const key = new EncryptionKey(
    `${name}-encryption-key`,
    { rotate, previous, allow, servers: size, ...(standalone ? {} : { cluster: spec.name }) },
    opts,
  );
  // A key has an entry of its own: a server that restarts by itself during a rotation still finds the one it knows.
  const current = secrets.add(`encryption-key-${rotate}`, key.key);
  const holds = rotate > 1 && previous !== "drop";
  const before = holds
    ? secrets.add(
        `encryption-key-${rotate - 1}`,
        key.previousKey.apply((text) => text ?? ""),
      )
    : undefined;
  const tags = placeTags(secrets, String(rotate), { key: key.keyId });
  if (holds) placeTags(secrets, String(rotate - 1), { key: key.previousKeyId.apply((id) => id ?? "") });
  // A server of a cluster starts with the new key and an empty store: the one before helps it nothing.
  const alone = standalone && before;
  const ids = { key: key.keyId, ...(alone && { previousKey: key.previousKeyId.apply((id) => id ?? "") }) };
  return {
    generation: rotate,
    spec: { ...(cipher && { cipher }), key: current, ...(alone && { previousKey: before }) },
    keys: ids,
    keyTags: alone ? placeTags(secrets, String(rotate), ids) : tags,
  };
}

function placeTags(
  secrets: ClusterSecrets,
  generation: string,
  { key, previousKey }: { readonly key: pulumi.Output<string>; readonly previousKey?: pulumi.Output<string> },
): NonNullable<SecretContext["keyTags"]> {
  const add = (entry: string, prefix: string, id: pulumi.Output<string>) =>
    secrets.add(
      entry,
      id.apply((known) => confText(`${prefix}${known}`)),
    );
  return {
    key: add(`encryption-key-tag-${generation}`, KEY_TAG, key),
    ...(previousKey && { previousKey: add(`previous-key-tag-${generation}`, PREVIOUS_KEY_TAG, previousKey) }),
  };
}
