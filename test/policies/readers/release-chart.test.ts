import { stringify } from "yaml";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { formatFinding } from "../../../model/finding";
import { readTopologyText } from "../../../model/topology-text";
import { buildSystem, type ClusterInput } from "../../../policies/build-system";
import { type Release, readReleases } from "../../../policies/readers/release/release-reader";
import { rules } from "../../../policies/rules";
import { runRules } from "../../../policies/run-rules";
import { resolveSettings } from "../../../policies/settings";
import { preflightCluster } from "../../../preflight/cluster/preflight-cluster";
import { helmValues } from "../../../render/helm-values";
import { manifestDocuments } from "../../../render/kubernetes/manifest-documents";
import { witnessObjects } from "../../../render/kubernetes/witness";
import { clusterShapes } from "../../support/cluster-shapes";
import { helmTemplate, missing } from "../../support/helm";
import * as baseline from "../support/baseline";

const withChart = missing ? it.skip : it;
const settings = resolveSettings(
  rules.filter(({ id }) => id.startsWith("jetstream-cluster-")),
  "prod",
);
const of = (input: ClusterInput) =>
  runRules(buildSystem([], [input]), settings)
    .map(formatFinding)
    .sort();

function released(spec: ClusterSpec) {
  const objects = [...helmTemplate(helmValues(spec), spec.kubernetes?.namespace ?? spec.name), ...witnessObjects(spec)];
  const text = objects.map((object) => stringify(object)).join("---\n");
  const { objects: placed, findings } = manifestDocuments(readTopologyText("release.yaml", text).sources);
  const read = readReleases(placed);
  return { ...read, findings: [...findings, ...read.findings] };
}

const shapes = clusterShapes({
  secret: (name) => ({ secretName: "secrets", key: name }),
  credentials: { secretName: "secrets", key: "creds" },
  tls: { secretName: "tls" },
});
const changed = (fields: object) =>
  ({ ...(structuredClone(baseline.cluster) as ClusterSpec), ...fields }) as ClusterSpec;
const side = { secretName: "tls" };
const password = { secretName: "logins", key: "app" };
const volume = { size: "100GiB" };
const merge = (config: object) => ({ kubernetes: { extraValues: { config } } });

/** What the tests of the rules judge, as far as it can be rendered. */
const fixtures: Readonly<Record<string, object>> = {
  "no TLS": { tls: undefined },
  "TLS of clients": { tls: { client: side } },
  "a single server": { size: 1, tls: { client: side } },
  "a single server of a cluster": { size: 1, standalone: false, tls: { client: side } },
  "a gateway in the clear": { gateway: {} },
  "leaf nodes in the clear": { leafNodes: { listen: true } },
  "a websocket in the clear": { websocket: {} },
  "a hub in the clear": { leafNodes: { remotes: [{ urls: ["nats-leaf://hub:7422"] }] } },
  "hubs with TLS": { leafNodes: { remotes: [{ urls: ["tls://hub:7422", "wss://hub:443"], user: "edge", password }] } },
  MQTT: { extraConfig: { mqtt: { port: 1883 } } },
  "MQTT with TLS": { extraConfig: { mqtt: { port: 1883, tls: { cert_file: "/c", key_file: "/k" } } } },
  "clients without TLS": { extraConfig: { allow_non_tls: true } },
  "no accounts": { accounts: undefined },
  "one login": { accounts: undefined, authorization: { user: "app", password } },
  "a token": { accounts: undefined, authorization: { token: password } },
  "an account without users": { accounts: { SHOP: {} } },
  "the system account alone": { accounts: { SYS: { users: [{ user: "admin", password }] } } },
  "the system account and an empty one": { accounts: { SYS: { users: [{ user: "admin", password }] }, SHOP: {} } },
  "another system account": { accounts: { ADMIN: { users: [{ user: "admin", password }] } }, systemAccount: "ADMIN" },
  "a guest": { noAuthUser: "deploy" },
  "a guest without a password": { accounts: { SHOP: { users: [{ user: "guest" }] } }, noAuthUser: "guest" },
  "a name alone": { accounts: { SHOP: { users: [{ user: "app" }] } } },
  "an nkey": { accounts: { SHOP: { users: [{ nkey: "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4" }] } } },
  certificates: {
    accounts: { SHOP: { users: [{ user: "app" }] } },
    tls: { client: { ...side, verifyAndMap: true }, cluster: side },
  },
  "a guest of websockets": { websocket: {}, extraConfig: { websocket: { no_auth_user: "deploy" } } },
  "routes with a password": {
    extraConfig: { cluster: { authorization: { user: "route", password: "hunter2-hunter2" } } },
  },
  "no encryption": { jetstream: { volume } },
  "another cipher": { jetstream: { volume, encryption: { key: password, cipher: "aes" } } },
  "no JetStream": { jetstream: undefined, extraConfig: { jetstream: { enabled: false } } },
  "no files": { jetstream: { maxFileStore: "0B" } },
  "a store that fills its volume": { jetstream: { volume, maxFileStore: "95GiB" } },
  "no volume": { jetstream: { maxFileStore: "1GiB" } },
  "no volume and no size": { jetstream: undefined },
  "a grown volume": { jetstream: { volume: { size: "100GiB", initialSize: "50GiB" } } },
  "four servers": { size: 4 },
  "two servers": { size: 2 },
  "five servers": { size: 5 },
  "a tag that moves": { image: { tag: "latest" } },
  "a short version": { image: { tag: "2.15" } },
  "a digest": { image: { digest: `sha256:${"a".repeat(64)}` } },
  "an image of one's own": { image: { registry: "registry.example.com:5000", repository: "ours/nats", tag: "stable" } },
  "a reloader that moves": { kubernetes: { extraValues: { reloader: { image: { tag: "latest" } } } } },
  "a budget of two": { kubernetes: { maxUnavailable: 2 } },
  "a budget of none": { kubernetes: { maxUnavailable: 0 } },
  "no budget": { kubernetes: { extraValues: { podDisruptionBudget: { enabled: false } } } },
  "two of five": { size: 5, kubernetes: { maxUnavailable: 2 } },
  "a spread that is a wish": { kubernetes: { spread: "soft" } },
  "no spread": { kubernetes: { spread: "none" } },
  "an anti-affinity": {
    kubernetes: {
      spread: "none",
      extraValues: {
        podTemplate: {
          merge: {
            spec: {
              affinity: {
                podAntiAffinity: {
                  requiredDuringSchedulingIgnoredDuringExecution: [
                    { topologyKey: "kubernetes.io/hostname", labelSelector: {} },
                  ],
                },
              },
            },
          },
        },
      },
    },
  },
  "values in the servers' words": merge({ merge: { ping_interval: "20s" } }),
};

const specs: Readonly<Record<string, ClusterSpec>> = {
  ...shapes,
  ...Object.fromEntries(Object.entries(fixtures).map(([name, fields]) => [name, changed(fields)])),
};

withChart.each(Object.entries(specs))("finds the same in a release as in its cluster: %s", (_, spec) => {
  const { clusters, findings } = released(spec);
  expect(findings).toEqual([]);
  expect(clusters).toHaveLength(1);
  const [cluster] = clusters;
  // The chart writes out the version there is by default.
  const expected = of({ spec }).filter((one) => !one.includes(": version is not set"));
  expect(cluster && of(cluster)).toEqual(expected);
  // Of a release servers say no more than of its cluster.
  const said = preflightCluster(spec).map(formatFinding);
  const { isUnknown } = cluster as Release;
  expect(said).toEqual(
    expect.arrayContaining(preflightCluster((cluster as Release).spec, { isUnknown }).map(formatFinding)),
  );
});
