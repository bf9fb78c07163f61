import { formatFinding } from "../../model/finding";
import { formatPlace, type LocatedFinding, type Place } from "../../model/place";
import { mergeTopologies } from "../../model/topology-file";
import { readTopologyText } from "../../model/topology-text";
import { preflight } from "../../preflight/preflight";

const HEAD = "apiVersion: headwater.dev/v1\nkind: Topology\n";
const merge = (files: Readonly<Record<string, string>>) =>
  mergeTopologies(Object.entries(files).flatMap(([file, text]) => readTopologyText(file, text).sources));
const written = (finding: LocatedFinding) => `${formatPlace(finding as Place)} ${formatFinding(finding)}`;
const problemsOf = (text: string) => merge({ "a.yaml": text }).findings.map(written);

describe("mergeTopologies", () => {
  it("makes one set of several documents and files", () => {
    const { topology, assets, findings } = merge({
      "a.yaml": `${HEAD}metadata: {name: a}\nstreams: {A: {replicas: 3}}\nconsumers: [{stream: A, name: x}]\n---\n${HEAD}keyValues: {k: }\n`,
      "b.json":
        '{"apiVersion": "headwater.dev/v1", "kind": "Topology", "objectStores": {"o": {}}, "external": {"E": null}}',
    });
    expect(findings).toEqual([]);
    expect(topology).toEqual({
      streams: { A: { replicas: 3 } },
      consumers: [{ stream: "A", name: "x" }],
      keyValues: { k: {} },
      objectStores: { o: {} },
      external: { E: {} },
    });
    expect(assets.map(({ kind, name, place }) => `${kind} ${name} ${formatPlace(place)}`)).toEqual([
      "stream A a.yaml:4:11",
      "consumer A/x a.yaml:5:13",
      "key-value bucket k a.yaml:9:13",
      "object store o b.json:1:73",
    ]);
  });

  it.each([
    [
      "no apiVersion",
      "kind: Topology\n",
      'a.yaml:1:1 TF102 file "a.yaml": apiVersion is required. Set apiVersion: headwater.dev/v1.',
    ],
    [
      "another apiVersion",
      "kind: Topology\napiVersion: v2\n",
      'a.yaml:2:1 TF102 file "a.yaml": apiVersion must be "headwater.dev/v1", got "v2". Set apiVersion: headwater.dev/v1.',
    ],
    [
      "no kind",
      "apiVersion: headwater.dev/v1\nstreams: {}\n",
      'a.yaml:1:1 TF103 file "a.yaml": kind is required. Set kind: Topology for streams, consumers and buckets, Cluster for servers, EventBus for Argo Events.',
    ],
    [
      "another kind",
      "apiVersion: headwater.dev/v1\nkind: Stream\n",
      'a.yaml:2:1 TF103 file "a.yaml": kind must be one of "Topology", "Cluster", "EventBus", got "Stream". Set kind: Topology for streams, consumers and buckets, Cluster for servers, EventBus for Argo Events.',
    ],
    [
      "no map",
      "- a\n",
      'a.yaml:1:1 TF104 file "a.yaml": must be a map, got ["a"]. Begin it with apiVersion and kind, followed by streams, consumers or buckets.',
    ],
    [
      "an unknown key",
      `${HEAD}stream: {}\n`,
      'a.yaml:3:1 TF104 file "a.yaml": stream is not a known key. Correct its spelling: a topology has apiVersion, kind, metadata, streams, keyValues, objectStores, consumers, external.',
    ],
    [
      "streams as a list",
      `${HEAD}streams: [A]\n`,
      'a.yaml:3:1 TF104 file "a.yaml": streams must be a map by name, got ["A"]. Write streams: {NAME: {…}}.',
    ],
    [
      "consumers as a map",
      `${HEAD}consumers: {A: {}}\n`,
      'a.yaml:3:1 TF104 file "a.yaml": consumers must be a list, got {"A":{}}. Write one item for each consumer.',
    ],
    [
      "a consumer that is a text",
      `${HEAD}consumers:\n  - A\n`,
      'a.yaml:4:5 TF104 file "a.yaml": consumers[0] must be a map of its fields, got "A". Write stream, name and kind of the consumer.',
    ],
    [
      "a stream that is a number",
      `${HEAD}streams:\n  A: 5\n`,
      'a.yaml:4:3 TF104 stream "A": must be a map of its fields, got 5. Write the fields below its name.',
    ],
    [
      "a second name",
      `${HEAD}keyValues:\n  A:\n    name: B\n`,
      'a.yaml:5:5 TF104 key-value bucket "A": name is given by the key of the map. Remove it.',
    ],
    [
      "wrong subjects of an external stream",
      `${HEAD}external:\n  A: {subjects: a}\n`,
      'a.yaml:4:7 TF104 file "a.yaml": external.A.subjects must be a list, got "a". A stream that exists elsewhere has a list of subjects, or nothing.',
    ],
    [
      "another field of an external stream",
      `${HEAD}external:\n  A: {replicas: 3}\n`,
      'a.yaml:4:7 TF104 file "a.yaml": external.A.replicas is not a known key. A stream that exists elsewhere has a list of subjects, or nothing.',
    ],
    [
      "metadata that is no map",
      `${HEAD}metadata: x\n`,
      'a.yaml:3:1 TF104 file "a.yaml": metadata must be a map, got "x". Write metadata: {name: …}.',
    ],
    [
      "labels",
      `${HEAD}metadata: {name: 5, labels: {}}\n`,
      'a.yaml:3:12 TF104 file "a.yaml": metadata.name must be a text, got 5. Correct the value.',
      'a.yaml:3:21 TF104 file "a.yaml": metadata.labels is not a known key. Remove it: metadata has a name only.',
    ],
    [
      "a stream declared twice",
      `${HEAD}streams:\n  A: {}\n---\n${HEAD}streams:\n  A: {}\n`,
      'a.yaml:9:3 TF105 stream "A": is declared more than once, first at a.yaml:4:3. Remove one of the two, or give it another name.',
    ],
    [
      "a consumer declared twice",
      `${HEAD}consumers:\n  - {stream: A, name: x}\n  - {stream: A, name: x}\n`,
      'a.yaml:5:5 TF105 consumer "A/x": is declared more than once, first at a.yaml:4:5. Remove one of the two, or give it another name.',
    ],
    [
      "an external stream with other subjects",
      `${HEAD}external: {A: {subjects: [a]}}\n---\n${HEAD}external: {A: {subjects: [b]}}\n`,
      'a.yaml:7:12 TF105 stream "A": is external with other subjects at a.yaml:3:12. Write the same subjects in both, or leave them out in one.',
    ],
  ])("reports %s", (_, text, ...problems) => expect(problemsOf(text)).toEqual(problems));

  it.each(["Cluster", "EventBus"])("leaves documents of kind %s to others", (kind) => {
    expect(merge({ "a.yaml": `apiVersion: headwater.dev/v1\nkind: ${kind}\n` })).toMatchObject({
      findings: [],
      assets: [],
    });
  });

  it("names both files of a name declared twice, and keeps the first", () => {
    const { topology, findings } = merge({
      "a.yaml": `${HEAD}streams: {A: {replicas: 1}}`,
      "b.yaml": `${HEAD}streams: {A: {replicas: 3}}`,
    });
    expect(findings.map(written)).toEqual([
      'b.yaml:3:11 TF105 stream "A": is declared more than once, first at a.yaml:3:11. Remove one of the two, or give it another name.',
    ]);
    expect(topology.streams).toEqual({ A: { replicas: 1 } });
  });

  it("lets several files refer to the same stream elsewhere", () => {
    const { topology, findings } = merge({
      "a.yaml": `${HEAD}external: {A: {}}`,
      "b.yaml": `${HEAD}external: {A: {subjects: [b, a]}}`,
      "c.yaml": `${HEAD}external: {A: {subjects: [a, b]}}`,
    });
    expect(findings).toEqual([]);
    expect(topology.external).toEqual({ A: { subjects: ["b", "a"] } });
  });

  it("asks a program's topology for no apiVersion and kind", () => {
    const place = () => ({ file: "a.ts" });
    const source = { file: "a.ts", value: { streams: { A: {} } }, place, isProgram: true as const };
    expect(mergeTopologies([source]).findings).toEqual([]);
  });
});

describe("locate", () => {
  const text = `${HEAD}streams:
  ORDERS:
    subjects: [orders.>, orders.new]
    maxAge: 7 days
keyValues:
  k:
    history: 70
consumers:
  - stream: ORDERS
    kind: pull
    ackPolicy: explicit
  - kind: pull
    name: second
    ackPolicy: explicit
    stream: ORDERS
    maxDelivery: 3
  - {stream: ORDERS, kind: pull, ackPolicy: explicit, maxDelivery: 3}
`;

  it("finds the field in the document, or what contains it", () => {
    const { topology, locate } = merge({ "a.yaml": text });
    expect(
      locate(preflight(topology)).map((finding) => `${formatPlace(finding as Place)} ${finding.name} ${finding.field}`),
    ).toEqual([
      "a.yaml:6:5 ORDERS maxAge",
      "a.yaml:5:26 ORDERS subjects[1]",
      "a.yaml:9:5 k history",
      "a.yaml:11:5 ORDERS/? name",
      "a.yaml:18:5 ORDERS/second maxDelivery",
      "a.yaml:19:5 ORDERS/? name",
      "a.yaml:19:55 ORDERS/? maxDelivery",
    ]);
  });

  it("finds an item of a list", () => {
    const { topology, locate } = merge({ "a.yaml": text.replace("7 days", "7d") });
    const [first] = locate(preflight(topology));
    expect(written(first as LocatedFinding)).toBe(
      'a.yaml:5:26 SP104 stream "ORDERS": subjects[1] "orders.new" overlaps subjects[0] "orders.>". Remove subjects[1]: subjects[0] already covers it.',
    );
  });

  it("leaves a finding about nothing declared without a place", () => {
    const finding = {
      code: "SP201",
      severity: "error",
      kind: "stream",
      name: "NONE",
      field: "subjects",
      problem: "is not here",
      remedy: "None.",
    } as const;
    expect(merge({ "a.yaml": text }).locate([finding])).toEqual([finding]);
  });
});
