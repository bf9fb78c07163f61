import { parseBytes } from "../../model/units";
import { addedKeys } from "../../render/added-config";
import { texts } from "../options";
import { defineRule } from "../rule";
import { unjudgedPatches } from "../unjudged-patches";

/** What is on the volumes can be read with a key alone. */
export const clusterEncryptionAtRest = defineRule({
  id: "jetstream-cluster-encryption-at-rest",
  title: "What JetStream stores is encrypted",
  severity: "high",
  levels: { dev: "disabled", staging: "mandatory", prod: "mandatory" },
  why: "Without a key, messages lie on the volumes as they were sent. Snapshots of volumes, backups and disks that are given back can then be read by anybody who gets hold of them.",
  fix: "Set jetstream.encryption.key to a reference to a random key of 32 characters or more, and keep a copy of the key elsewhere.",
  topics: ["security", "encryption"],
  frameworks: ["ISO/IEC 27001:2022 A.8.24", "SOC 2 CC6.1"],
  options: { ciphers: texts(["chacha", "aes"], "Ciphers that may be used, of chacha and aes.") },
  on: "cluster",
  example: {
    fails: { name: "nats", size: 3, jetstream: { volume: { size: "100GiB" } } },
    passes: {
      name: "nats",
      size: 3,
      jetstream: {
        volume: { size: "100GiB" },
        encryption: { key: { secretName: "nats-keys", key: "jetstream" } },
      },
    },
  },
  *find({ spec }, { ciphers }) {
    const { encryption, maxFileStore } = spec.jetstream ?? {};
    const added = new Map(addedKeys(spec).map((entry) => [entry.key, entry]));
    const isOff = added.get("jetstream.enabled")?.value === false || added.get("jetstream.enable")?.value === false;
    if (isOff || parseBytes(maxFileStore) === 0n) return;
    yield* unjudgedPatches(spec, ["jetstream.key", "jetstream.cipher"], "encryption");
    if (!encryption && !added.has("jetstream.key")) {
      const problem = "is not set: what is stored can be read by whoever gets hold of a volume";
      yield { field: "jetstream.encryption", problem };
      return;
    }
    const own = encryption ? undefined : added.get("jetstream.cipher");
    const cipher = String(own?.value ?? encryption?.cipher ?? "chacha").toLowerCase();
    if (ciphers.includes(cipher)) return;
    const field = own?.field ?? "jetstream.encryption.cipher";
    const problem = `${JSON.stringify(cipher)} is not among the ciphers that may be used`;
    yield { field, value: cipher, problem, remedy: `Use ${ciphers.join(" or ")}.` };
  },
});
