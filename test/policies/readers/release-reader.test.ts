import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatFinding } from "../../../model/finding";
import { formatPlace, type LocatedFinding } from "../../../model/place";
import { readTopologyText } from "../../../model/topology-text";
import { buildSystem } from "../../../policies/build-system";
import { checkSystem } from "../../../policies/check";
import { type Release, readReleases } from "../../../policies/readers/release/release-reader";
import { manifestDocuments } from "../../../render/kubernetes/manifest-documents";

const text = readFileSync(join(__dirname, "../../fixtures/manifests/release.yaml"), "utf8");
const edited = (from: string, to: string) => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

function released(manifest: string) {
  const { objects, findings } = manifestDocuments(readTopologyText("release.yaml", manifest).sources);
  const set = readReleases(objects);
  return { clusters: set.clusters, findings: [...findings, ...set.findings].map(written) };
}

const written = ({ file = "", line, column, ...finding }: LocatedFinding) =>
  `${formatPlace({ file, line, column })} ${formatFinding(finding as LocatedFinding)}`;

function judged(manifest: string, of = "") {
  const { clusters } = released(manifest);
  const { findings, waived } = checkSystem(buildSystem([], clusters), { today: new Date("2026-06-01") });
  const about = (clusters[0] as Release).locate(findings).filter(({ code }) => code.includes(of));
  return { lines: about.map(written), waived: waived.map(({ finding }) => finding.code) };
}

it("finds what is wrong with a release, at its places in the manifest", () => {
  const { lines, waived } = judged(text);
  expect(lines.map((line) => line.replace(/: (?=\D).*$/, ""))).toEqual([
    'release.yaml:43:1 jetstream-cluster-disruption-budget cluster "bus"',
    'release.yaml:21:7 jetstream-cluster-file-store-below-volume cluster "bus"',
    'release.yaml:63:11 jetstream-cluster-version-pinned cluster "bus"',
    'release.yaml:10:5 jetstream-cluster-tls cluster "bus"',
    'release.yaml:25:22 jetstream-cluster-secrets-by-reference cluster "bus"',
    'release.yaml:29:11 jetstream-cluster-secrets-by-reference cluster "bus"',
  ]);
  expect(waived).toEqual(["jetstream-cluster-hard-spread"]);
  expect(lines.join("\n")).not.toContain("hunter");
});

it("takes what it is not told for not known, rather than absent", () => {
  const [set = ""] = text.split("---\n").slice(-1);
  const { clusters, findings } = released(set);
  expect(findings).toEqual([
    'release.yaml:1:1 MF101 cluster "bus": has a configuration that is not among these objects. What the configuration decides is not judged.',
  ]);
  expect(clusters).toHaveLength(1);
  expect(judged(set).lines.map((line) => line.split(" ")[1])).toEqual(["jetstream-cluster-version-pinned"]);
});

it.each<[string, string, string, string[]]>([
  ["a digest", "nats:2.15-alpine", `nats@sha256:${"a".repeat(64)}`, []],
  ["a version", "nats:2.15-alpine", "registry.example.com:5000/nats:2.15.1-alpine", []],
  ["no tag", "nats:2.15-alpine", "nats", ["version-pinned"]],
])("reads the image: %s", (_, from, to, found) => {
  expect(judged(edited(from, to), "version-pinned").lines).toHaveLength(found.length);
});

it("does not take a version for known that is somebody's own", () => {
  const [one] = released(edited("nats:2.15-alpine", "ours/broker:1.4.2")).clusters;
  expect(one?.isUnknown(one.spec.version)).toBe(true);
});

it.each([
  ["minAvailable: 1", "maxUnavailable: 1"],
  ["minAvailable: 1", "minAvailable: 2"],
  ["minAvailable: 1", "minAvailable: 60%"],
])("counts who may be away: %s becomes %s", (from, to) => {
  expect(judged(edited(from, to), "disruption-budget").lines).toEqual([]);
});

it("reports a budget for other pods as none", () => {
  const lines = judged(
    edited("  selector: { matchLabels: { app: bus } }\n---", "  selector: { matchLabels: { app: other } }\n---"),
    "budget",
  ).lines;
  expect(lines).toEqual([
    'release.yaml:47:1 jetstream-cluster-disruption-budget cluster "bus": kubernetes.extraValues.podDisruptionBudget.enabled turns the budget off: any number of servers may be away at once. Remove it: kubernetes.maxUnavailable says how many servers may be away.',
  ]);
});

it("does not know the size of a volume that may have been grown, or is somebody else's", () => {
  expect(judged(edited("9GiB", "11GiB"), "file-store").lines).toEqual([]);
  const foreign = edited(
    "- { name: config, configMap: { name: bus-config } }",
    "- { name: config, configMap: { name: bus-config } }\n        - { name: disk, hostPath: { path: /disk } }",
  ).replace("{ name: store, mountPath: /data }", "{ name: disk, mountPath: /data }");
  expect(judged(foreign, "file-store").lines).toEqual([]);
  expect(judged(edited("mountPath: /data", "mountPath: /elsewhere"), "file-store").lines).toHaveLength(1);
});

it("says where a configuration cannot be read, and judges the rest", () => {
  expect(released(edited("    system_account: SYS", "    }")).findings).toEqual([]);
  expect(released(edited("max_file_store: 9GiB", "max_file_store: [9GiB")).findings).toEqual([
    'release.yaml:23:5 MF101 cluster "bus": has a configuration that cannot be read: has no value. What the configuration decides is not judged.',
  ]);
  const included = edited("    system_account: SYS", "    include other.conf");
  expect(released(included).findings).toEqual([
    'release.yaml:33:5 MF101 cluster "bus": has a configuration that cannot be read: it includes other.conf, which is not beside it. What the configuration decides is not judged.',
  ]);
});

it("knows no configuration that options go before", () => {
  expect(released(edited("args: [--config,", "args: [--user, app, --config,")).findings).toEqual([
    'release.yaml:47:1 MF101 cluster "bus": is started with --user, which goes before its configuration. What the configuration decides is not judged.',
  ]);
});

it("reports waivers that are none, at their place", () => {
  const { findings } = released(edited(`'[{"rule"`, `'{"rule"`));
  expect(findings).toEqual([
    'release.yaml:53:5 MF103 cluster "bus": metadata.annotations["headwater.dev/waive"] must be a list of waivers in JSON. Correct it, or remove the annotation.',
  ]);
});

it("reads lists, and says where nothing is known", () => {
  const items = [{ apiVersion: "v1", kind: "Service", metadata: { name: "a" } }];
  expect(released(JSON.stringify({ apiVersion: "v1", kind: "List", items })).findings).toEqual([
    'release.yaml MF102 file "release.yaml": has objects of Kubernetes only of kinds nothing is known of: nothing of it was checked. Name the file with the streams, servers or event buses, or leave this one out.',
  ]);
});
