import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { HeadwaterError } from "../../model/finding";
import { helmValues } from "../../render/helm-values";
import { certificateObjects } from "../../render/kubernetes/certificates";
import { clusterPaths } from "../support/cluster-paths";
import { certificateFields, configFields, unrendered, valueAt, valueFields } from "../support/rendered-fields";

it("has every field of a cluster in some rendering", () => {
  const rendered = [...configFields, ...valueFields, ...certificateFields].map(([field]) => field);
  expect(clusterPaths().filter((path) => !rendered.includes(path) && !unrendered.includes(path))).toEqual([]);
  expect(rendered.filter((field) => !clusterPaths().includes(field))).toEqual([]);
});

it.each(valueFields)("%s: %j is in the values", (_, spec, path, value) => {
  expect(valueAt(helmValues({ name: "eu", ...spec }), path)).toEqual(value);
});

it.each(certificateFields)("%s: %j is in the certificate", (_, spec, path, value) => {
  expect(valueAt(certificateObjects({ name: "eu", ...spec })[0], path)).toEqual(value);
});

const messages = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof HeadwaterError) return error.message.split("\n");
    throw error;
  }
  return [];
};

describe("secrets", () => {
  const secrets: ClusterSpec = {
    name: "eu",
    jetstream: { encryption: { key: { value: "Kabcdefghijklmnopqrstuvwxyz123456" } } },
    accounts: {
      A: {
        users: [
          { user: "a", password: { env: "A" } },
          { user: "b", password: { secretName: "users", key: "b" } },
        ],
      },
    },
    leafNodes: { remotes: [{ urls: ["nats-leaf://hub:7422"], account: "A", credentials: { file: "a.creds" } }] },
    tls: { client: { certFile: "c.pem", keyFile: "k.pem" } },
  };

  it("says all that cannot go into manifests, and no secret", () => {
    const remedy = 'Create a Secret and name it: { secretName: "…", key: "…" }.';
    expect(messages(() => helmValues(secrets))).toEqual([
      `RN101 cluster "eu": jetstream.encryption.key is a text, and Kubernetes needs a key of a Secret. ${remedy}`,
      `RN101 cluster "eu": accounts.A.users[0].password is an environment variable, and Kubernetes needs a key of a Secret. ${remedy}`,
      `RN101 cluster "eu": leafNodes.remotes[0].credentials is a file, and Kubernetes needs a key of a Secret. ${remedy}`,
      'RN102 cluster "eu": tls.client.certFile is a file, and pods have no files of this machine. Create a Secret of type kubernetes.io/tls and set secretName, or set issuer.',
    ]);
  });

  it("takes the Secrets the caller made", () => {
    const at = (key: string) => ({ secretName: "made", key });
    const values = helmValues(
      { ...secrets, tls: undefined },
      {
        secretRefs: {
          "jetstream.encryption.key": at("key"),
          "accounts.A.users[0].password": at("a"),
          "leafNodes.remotes[0].credentials": at("creds"),
        },
        keyTags: { key: "headwater-key:0123" },
        secretsVersion: "7",
      },
    );
    const from = (name: string, key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
    expect(valueAt(values, "container.env")).toEqual({
      HEADWATER_JETSTREAM_ENCRYPTION_KEY: from("made", "key"),
      HEADWATER_KEY_TAG: '"headwater-key:0123"',
      HEADWATER_ACCOUNTS_A_USERS_0_PASSWORD: from("made", "a"),
      HEADWATER_ACCOUNTS_A_USERS_1_PASSWORD: from("users", "b"),
    });
    expect(valueAt(values, "config.merge.server_tags")).toEqual(["<< $HEADWATER_KEY_TAG >>"]);
    expect(valueAt(values, "config.merge.leafnodes.remotes.0.credentials")).toBe("/etc/nats-creds/leaf-remote-0/creds");
    expect(valueAt(values, "podTemplate.merge.metadata.annotations.headwater.dev/secrets-version")).toBe("7");
    expect(JSON.stringify(values)).not.toContain("Kabcdef");
  });

  it("lets Kubernetes put a password into a URL", () => {
    const password = { secretName: "hub", key: "password" };
    const remotes = [{ urls: ["nats-leaf://hub:7422"], user: "u", password }];
    const values = helmValues({ name: "eu", leafNodes: { remotes } });
    expect(valueAt(values, "container.env")).toEqual({
      HEADWATER_LEAFNODES_REMOTES_0_PASSWORD: { valueFrom: { secretKeyRef: { name: "hub", key: "password" } } },
      HEADWATER_LEAFNODES_REMOTES_0_URL_0: '"nats-leaf://u:$(HEADWATER_LEAFNODES_REMOTES_0_PASSWORD)@hub:7422"',
    });
  });
});

describe("contradictions", () => {
  const clash = (path: string, origin: string) =>
    `RN103 cluster "eu": ${path} contradicts ${origin}. Set ${origin} alone, and remove this key.`;

  it.each<[Omit<ClusterSpec, "name">, string, string]>([
    [{ maxPayload: "1MiB", extraConfig: { max_payload: 5 } }, "extraConfig.max_payload", "maxPayload"],
    [{ extraConfig: { lame_duck_duration: "1m" } }, "extraConfig.lame_duck_duration", "lameDuck.duration"],
    [{ extraConfig: { JetStream: { max_mem: 5 } } }, "extraConfig.JetStream.max_mem", "jetstream.maxMemoryStore"],
    [{ extraConfig: { http: "0.0.0.0:1" } }, "extraConfig.http", "ports.monitor"],
    [{ extraConfig: { cluster: { routes: [] } } }, "extraConfig.cluster.routes", "size"],
    [{ extraConfig: { cluster: { pool_size: 3 } } }, "extraConfig.cluster.pool_size", "standalone"],
    [
      { kubernetes: { extraValues: { config: { merge: { cluster: { pool_size: 3 } } } } } },
      "kubernetes.extraValues.config.merge.cluster.pool_size",
      "standalone",
    ],
    [{ extraConfig: { jetstream: false } }, "extraConfig.jetstream", "jetstream"],
    [{ size: 3, extraConfig: { cluster: { name: "x" } } }, "extraConfig.cluster.name", "name"],
    [
      { accounts: { A: { users: [] } }, extraConfig: { accounts: { A: { users: [{}] } } } },
      "extraConfig.accounts.A.users",
      "accounts",
    ],
    [
      { size: 3, kubernetes: { extraValues: { config: { cluster: { replicas: 5 } } } } },
      "kubernetes.extraValues.config.cluster.replicas",
      "size",
    ],
    [
      { kubernetes: { extraValues: { container: { image: { tag: "x" } } } } },
      "kubernetes.extraValues.container.image.tag",
      "version",
    ],
    [
      { kubernetes: { extraValues: { config: { merge: { lame_duck_duration: "1m" } } } } },
      "kubernetes.extraValues.config.merge.lame_duck_duration",
      "lameDuck.duration",
    ],
    [
      {
        jetstream: { domain: "a" },
        kubernetes: { extraValues: { config: { jetstream: { merge: { domain: "b" } } } } },
      },
      "kubernetes.extraValues.config.jetstream.merge.domain",
      "jetstream.domain",
    ],
  ])("%j", (spec, path, origin) => {
    expect(messages(() => helmValues({ name: "eu", ...spec }))).toEqual([clash(path, origin)]);
  });

  it.each<Omit<ClusterSpec, "name">>([
    { extraConfig: { max_payload: 5, jetstream: { max_buffered_msgs: 5 }, accounts: { B: {} } } },
    { extraConfig: { lame_duck_duration: "30s" }, size: 3 },
    {
      kubernetes: {
        extraValues: { service: { enabled: false }, podTemplate: { merge: { spec: { hostNetwork: true } } } },
      },
    },
    { size: 3, kubernetes: { extraValues: { config: { cluster: { replicas: 3, noAdvertise: false } } } } },
    { accounts: { A: {} }, extraConfig: { accounts: { A: { mappings: { a: "b" } } } } },
  ])("takes what adds or repeats: %j", (spec) => {
    expect(messages(() => helmValues({ name: "eu", ...spec }))).toEqual([]);
  });
});

describe("replacing pods", () => {
  const stamp = (spec: Omit<ClusterSpec, "name">) =>
    valueAt(helmValues({ name: "eu", ...spec }), "podTemplate.merge.metadata.annotations.headwater.dev/restart-config");

  it.each<Omit<ClusterSpec, "name">>([
    { jetstream: { domain: "hub" } },
    { websocket: {} },
    { maxPending: "1MiB" },
    { lameDuck: { duration: "1m" } },
  ])("%j replaces them", (spec) => expect(stamp(spec)).not.toBe(stamp({})));

  it.each<Omit<ClusterSpec, "name">>([
    { tls: { client: { secretName: "s" } } },
    { accounts: { A: {} } },
    { maxPayload: "2MiB" },
    { serverTags: ["a"] },
  ])("%j does not", (spec) => expect(stamp(spec)).toBe(stamp({})));
});
