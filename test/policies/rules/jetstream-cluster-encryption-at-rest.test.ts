import { clusterEncryptionAtRest } from "../../../policies/rules/jetstream-cluster-encryption-at-rest";
import { messages, UNKNOWN } from "../support/judge";

const volume = { size: "100GiB" };
const key = { secretName: "nats-keys", key: "jetstream" };
const of = (fields: object, config?: object) =>
  messages(clusterEncryptionAtRest, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const UNSET = [
  'jetstream-cluster-encryption-at-rest cluster "nats": jetstream.encryption is not set: what is stored can be read by whoever gets hold of a volume. Set jetstream.encryption.key to a reference to a random key of 32 characters or more, and keep a copy of the key elsewhere.',
];

it("accepts a cluster with a key", () => expect(of({})).toEqual([]));

it.each([1, 3, 5])("reports %s servers without a key", (size) => {
  expect(of({ size, jetstream: { volume } })).toEqual(UNSET);
  expect(of({ size, jetstream: undefined })).toEqual(UNSET);
});

it("asks for no key where nothing is stored on file", () => {
  expect(of({ jetstream: { maxFileStore: "0B" } })).toEqual([]);
  expect(of({ jetstream: undefined, extraConfig: { jetstream: { enabled: false } } })).toEqual([]);
  expect(of({ jetstream: { maxFileStore: -1 } })).toEqual(UNSET);
});

it("knows a key in the servers' own words, and never shows it", () => {
  for (const name of ["key", "ek", "encryption_key"])
    expect(of({ jetstream: { volume }, extraConfig: { jetstream: { [name]: "<< $JS_KEY >>" } } })).toEqual([]);
  const given = { jetstream: { volume }, extraConfig: { jetstream: { key: "s3cret-s3cret", cipher: "aes" } } };
  expect(of(given, { ciphers: ["chacha"] })).toEqual([
    'jetstream-cluster-encryption-at-rest cluster "nats": extraConfig.jetstream.cipher "aes" is not among the ciphers that may be used. Use chacha.',
  ]);
});

it("can ask for a cipher", () => {
  const says = [
    'jetstream-cluster-encryption-at-rest cluster "nats": jetstream.encryption.cipher "chacha" is not among the ciphers that may be used. Use aes.',
  ];
  expect(of({}, { ciphers: ["aes"] })).toEqual(says);
  expect(of({ jetstream: { volume, encryption: { key, cipher: "aes" } } }, { ciphers: ["aes"] })).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(of({ jetstream: UNKNOWN })).toEqual([]);
  expect(of({ jetstream: { volume: { size: UNKNOWN } } })).toEqual(UNSET);
  expect(of({ jetstream: { volume, encryption: UNKNOWN } })).toEqual([]);
  expect(of({ jetstream: { volume, encryption: { key: { value: UNKNOWN } } } })).toEqual([]);
});

it("is off in dev", () => {
  expect(
    messages(clusterEncryptionAtRest, ({ cluster }) => Object.assign(cluster, { jetstream: { volume } }), {
      preset: "dev",
    }),
  ).toEqual([]);
});

it.each<[string, object, string]>([
  ["config.jetstream.patch[0]", { config: { jetstream: { patch: [{ op: "remove", path: "/key" }] } } }, "encryption"],
])("reports %s, which nobody judges", (field, extraValues, what) => {
  expect(of({ kubernetes: { extraValues } })).toEqual([
    `jetstream-cluster-encryption-at-rest cluster "nats": kubernetes.extraValues.${field} changes ${what} in a way that is not judged. Say it in fields of the cluster, or in extraConfig.`,
  ]);
});
