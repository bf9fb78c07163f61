import { formatFinding } from "../../../model/finding";
import { formatPlace, type Place } from "../../../model/place";
import { mergeTopologies } from "../../../model/topology-file";
import { readTopologyText } from "../../../model/topology-text";
import { preflight } from "../../../preflight/preflight";
import { manifestSources } from "../../../render/nack/manifest-sources";

const MANIFEST = `apiVersion: jetstream.nats.io/v1beta2
kind: Stream
metadata:
  name: orders
  annotations:
    headwater.dev/waive: '[{"rule":"r","reason":"soon","expires":"2027-03-31"}]'
spec:
  name: ORDERS
  subjects: [orders.>]
  maxAge: 50ms
  preventDelete: true
  sources:
    - name: B
      externalApiPrefix: $JS.hub.API
    - name: A
      typo: 1
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
  - apiVersion: jetstream.nats.io/v1beta2
    kind: Consumer
    metadata: { name: c }
    spec:
      streamName: ORDERS
      durableName: ship
      ackPolicy: explicit
      ackWait: 30s
      heartbeatInterval: never
  - apiVersion: jetstream.nats.io/v1beta2
    kind: KeyValue
    metadata: { name: k }
    spec: { bucket: CONFIG, history: 5, storage: file }
  - apiVersion: jetstream.nats.io/v1beta2
    kind: Account
    metadata: { name: a }
    spec: { servers: ["nats://n"] }
---
apiVersion: headwater.dev/v1
kind: Topology
streams:
  OTHER: {}
`;

const read = manifestSources(readTopologyText("m.yaml", MANIFEST).sources);
const assets = read.sources.filter(({ value }) => (value as { kind?: string }).kind === "Topology");

it("makes topologies of resources, and leaves everything else alone", () => {
  const { topology, findings } = mergeTopologies(assets);
  expect(findings).toEqual([]);
  expect(Object.keys(topology.streams ?? {})).toEqual(["ORDERS", "OTHER"]);
  expect(topology.streams?.ORDERS).toMatchObject({
    maxAge: "50ms",
    storage: "memory",
    waive: [{ rule: "r", reason: "soon", expires: "2027-03-31" }],
  });
  expect(topology.keyValues).toMatchObject({ CONFIG: { history: 5 } });
  expect(topology.consumers).toMatchObject([{ stream: "ORDERS", name: "ship", kind: "pull", ackPolicy: "explicit" }]);
  expect(read.sources.filter((source) => !assets.includes(source)).map(({ value }) => value)).toEqual([
    { apiVersion: "v1", kind: "ConfigMap" },
  ]);
});

it("reports what cannot be read where it is written", () => {
  const places = read.findings.map((finding) => `${formatPlace(finding as Place)} ${formatFinding(finding)}`);
  expect(places).toEqual([
    'm.yaml:16:7 NK303 stream "ORDERS": spec.sources[1].typo is not a field of the resource: Kubernetes drops it. Correct its spelling, or remove it.',
    'm.yaml:31:7 NK302 consumer "ORDERS/ship": spec.heartbeatInterval must be a duration of Go such as "90s" or "1h30m", got "never". Correct the value.',
  ]);
});

it("places findings about assets in the manifest", () => {
  const set = mergeTopologies(assets);
  const located = set.locate(preflight(set.topology));
  const maxAge = located.find(({ field }) => field === "maxAge");
  expect(maxAge).toMatchObject({ kind: "stream", name: "ORDERS", line: 10, column: 3 });
  const [stream, , bucket] = set.assets;
  expect(formatPlace(stream?.place as Place)).toBe("m.yaml:1:1");
  expect(bucket && formatPlace(bucket.place)).toBe("m.yaml:32:5");
});

it.each([
  [["streams", "ORDERS", "sources", 0, "external", "api"], "m.yaml:14:7"],
  [["streams", "ORDERS", "sources", 1, "name"], "m.yaml:15:7"],
  [["streams", "ORDERS", "sources", 1, "filterSubject"], "m.yaml:15:7"],
  [["streams", "ORDERS", "waive", 0, "rule"], "m.yaml:6:5"],
  [["streams", "ORDERS", "storage"], "m.yaml:7:1"],
])("%j is at %s", (path, place) => expect(formatPlace(assets[0]?.place(path) as Place)).toBe(place));
