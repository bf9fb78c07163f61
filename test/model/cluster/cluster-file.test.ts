import { readClusters } from "../../../model/cluster/cluster-file";
import { formatFinding } from "../../../model/finding";
import { formatPlace, type LocatedFinding, type Place } from "../../../model/place";
import { mergeTopologies } from "../../../model/topology-file";
import { readTopologyText } from "../../../model/topology-text";

const HEAD = "apiVersion: headwater.dev/v1\nkind: Cluster\n";
const sources = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).flatMap(([file, text]) => readTopologyText(file, text).sources);
const written = (finding: LocatedFinding) => `${formatPlace(finding as Place)} ${formatFinding(finding)}`;

describe("readClusters", () => {
  it("reads clusters beside topologies, each for its own reader", () => {
    const read = sources({
      "a.yaml": `${HEAD}metadata: {name: nats}\nsize: 3\n---\napiVersion: headwater.dev/v1\nkind: Topology\nstreams: {A: {}}\n`,
      "b.yaml": `${HEAD}metadata: {name: other}\n`,
    });
    const { clusters, findings } = readClusters(read);
    expect(findings).toEqual([]);
    expect(clusters.map(({ name, spec, place }) => [name, spec, formatPlace(place)])).toEqual([
      ["nats", { name: "nats", size: 3 }, "a.yaml:1:1"],
      ["other", { name: "other" }, "b.yaml:1:1"],
    ]);
    const set = mergeTopologies(read);
    expect([set.findings, set.assets.map(({ name }) => name)]).toEqual([[], ["A"]]);
  });

  it("takes what a program exports", () => {
    const program = (value: unknown) => ({
      file: "a.ts",
      value,
      place: () => ({ file: "a.ts" }),
      isProgram: true as const,
    });
    const read = [program({ name: "nats", size: 3 }), program({ streams: { A: {} } })];
    expect(readClusters(read).clusters.map(({ spec }) => spec)).toEqual([{ name: "nats", size: 3 }]);
    expect(mergeTopologies(read)).toMatchObject({ findings: [], topology: { streams: { A: {} } } });
  });

  it.each([
    [
      "another apiVersion",
      "kind: Cluster\napiVersion: v2\nmetadata: {name: a}\n",
      'a.yaml:2:1 TF102 file "a.yaml": apiVersion must be "headwater.dev/v1", got "v2". Set apiVersion: headwater.dev/v1.',
    ],
    [
      "a key of metadata that is none",
      `${HEAD}metadata: {name: a, labels: {}}\n`,
      'a.yaml:3:21 TF104 file "a.yaml": metadata.labels is not a known key. Remove it: metadata has a name only.',
    ],
    [
      "a name in the wrong place",
      `${HEAD}metadata: {name: a}\nname: a\n`,
      'a.yaml:4:1 TF104 file "a.yaml": name is given by metadata.name. Remove it.',
    ],
    [
      "a second cluster of a name",
      `${HEAD}metadata: {name: a}\n---\n${HEAD}metadata: {name: a}\n`,
      'a.yaml:5:1 TF105 cluster "a": is declared more than once, first at a.yaml:1:1. Remove one of the two, or give it another name.',
    ],
  ])("reports %s", (_, text, problem) => {
    expect(readClusters(sources({ "a.yaml": text })).findings.map(written)).toEqual([problem]);
  });

  it("gives a finding about the name its place in metadata, and others theirs", () => {
    const { clusters } = readClusters(
      sources({ "a.yaml": `${HEAD}metadata:\n  name: A\njetstream:\n  domain: a.b\n` }),
    );
    const about = (field: string) =>
      ({
        code: "CL101",
        severity: "error",
        kind: "cluster",
        name: "A",
        field,
        problem: "is wrong",
        remedy: "Stop.",
      }) as const;
    expect(clusters[0]?.locate([about("name"), about("jetstream.domain")]).map(written)).toEqual([
      'a.yaml:4:3 CL101 cluster "A": metadata.name is wrong. Stop.',
      'a.yaml:6:3 CL101 cluster "A": jetstream.domain is wrong. Stop.',
    ]);
  });
});
