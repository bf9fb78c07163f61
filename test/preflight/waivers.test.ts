import { readClusters } from "../../model/cluster/cluster-file";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { formatFinding } from "../../model/finding";
import { formatPlace, type LocatedFinding, type Place } from "../../model/place";
import { mergeTopologies } from "../../model/topology-file";
import type { TopologySpec } from "../../model/topology-spec";
import { readTopologyText } from "../../model/topology-text";
import { checkCluster } from "../../preflight/cluster/check-cluster";
import { preflightCluster } from "../../preflight/cluster/preflight-cluster";
import { judgeInTurn, preflight } from "../../preflight/preflight";
import { renderCluster, TARGETS } from "../../render/render-cluster";

const WAIVER = { rule: "jetstream-retention-bounded", reason: "sized in July", expires: "2026-07-31" };
const stream = (waive: unknown) =>
  preflight({ streams: { A: { subjects: ["a"], waive } } } as unknown as TopologySpec).map(formatFinding);

it("accepts waivers of every kind of asset", () => {
  const waive = [WAIVER, { ...WAIVER, ticket: "OPS-12" }];
  const consumer = { stream: "A", name: "a_b", kind: "pull", ackPolicy: "explicit", waive } as const;
  const topology = {
    streams: { A: { subjects: ["a"], waive } },
    keyValues: { k: { waive } },
    objectStores: { o: { waive: [] } },
    consumers: [consumer],
  };
  expect(preflight(topology)).toEqual([]);
});

it.each<[string, unknown, string]>([
  [
    "no list",
    WAIVER,
    `waive must be a list, got {"rule":"jetstream-retention-bounded","reason":"sized in July","expires":"202.... Correct the value.`,
  ],
  ["a text", "all", 'waive must be a list, got "all". Correct the value.'],
  [
    "no map",
    ["jetstream-retention-bounded"],
    'waive[0] must be a map, got "jetstream-retention-bounded". Correct the value.',
  ],
  ["no reason", [{ ...WAIVER, reason: undefined }], "waive[0].reason is required. Set it."],
  ["an empty reason", [{ ...WAIVER, reason: " " }], 'waive[0].reason must be a reason, got " ". Correct the value.'],
  ["no date", [WAIVER, { ...WAIVER, expires: undefined }], "waive[1].expires is required. Set it."],
  [
    "no day of the calendar",
    [{ ...WAIVER, expires: "2026-02-29" }],
    'waive[0].expires must be a date such as "2026-12-31", got "2026-02-29". Correct the value.',
  ],
  [
    "an instant",
    [{ ...WAIVER, expires: "2026-07-31T00:00:00Z" }],
    'waive[0].expires must be a date such as "2026-12-31", got "2026-07-31T00:00:00Z". Correct the value.',
  ],
  ["no rule", [{ ...WAIVER, rule: 3 }], "waive[0].rule must be the name of a rule, got 3. Correct the value."],
  ["an empty ticket", [{ ...WAIVER, ticket: "" }], 'waive[0].ticket must be a ticket, got "". Correct the value.'],
  ["a field that is none", [{ ...WAIVER, expire: "x" }], "waive[0].expire is not a known field. Did you mean expires?"],
])("reports %s", (_, waive, whole) => expect(stream(waive)).toEqual([`SP101 stream "A": ${whole}`]));

it("reports all of them beside what else is wrong, for each kind", () => {
  const waive = [{ ...WAIVER, reason: undefined }];
  const topology = {
    streams: { A: { subjects: ["a"], storage: "tape", waive } },
    keyValues: { k: { waive } },
    objectStores: { o: { waive } },
    consumers: [{ stream: "A", name: "a_b", kind: "pull", ackPolicy: "explicit", waive }],
  } as unknown as TopologySpec;
  expect(preflight(topology).map(formatFinding)).toEqual([
    'SP101 stream "A": storage must be one of "file", "memory", got "tape". Use one of these.',
    'SP101 stream "A": waive[0].reason is required. Set it.',
    'SP101 key-value bucket "k": waive[0].reason is required. Set it.',
    'SP101 object store "o": waive[0].reason is required. Set it.',
    'SP101 consumer "A/a_b": waive[0].reason is required. Set it.',
  ]);
});

it("waits for what is not known yet", () => {
  const unknown = Symbol("not known yet");
  const judge = (waive: unknown) =>
    judgeInTurn()({ kind: "stream", spec: { name: "A" }, isUnknown: (value) => value === unknown, waive });
  expect(judge(unknown)).toEqual([]);
  expect(judge([{ ...WAIVER, reason: unknown }])).toEqual([]);
  expect(judge([{ ...WAIVER, reason: unknown, expires: "soon" }])).toHaveLength(1);
});

describe("in topology files", () => {
  const written = (finding: LocatedFinding) => `${formatPlace(finding as Place)} ${formatFinding(finding)}`;
  const sources = (kind: string, body: string) =>
    readTopologyText("a.yaml", `apiVersion: headwater.dev/v1\nkind: ${kind}\n${body}`).sources;
  const judged = (body: string) => {
    const set = mergeTopologies(sources("Topology", body));
    return [...set.findings, ...set.locate(preflight(set.topology))].map(written);
  };
  const GOOD = "{rule: jetstream-retention-bounded, reason: sized in July, expires: 2026-07-31}";

  it("are read as they are written", () => {
    const consumers = `consumers:\n  - {stream: A, name: a_b, kind: pull, ackPolicy: explicit, waive: [${GOOD}]}\n`;
    const body = `streams: {A: {waive: [${GOOD}]}}\nkeyValues: {k: {waive: [${GOOD}]}}\nobjectStores: {o: {waive: [${GOOD}]}}\n${consumers}`;
    expect(judged(body)).toEqual([]);
    const { topology } = mergeTopologies(sources("Topology", body));
    const { streams, keyValues, objectStores } = topology;
    const all = [streams?.A, keyValues?.k, objectStores?.o, topology.consumers?.[0]];
    expect(all.map((asset) => asset?.waive)).toEqual([[WAIVER], [WAIVER], [WAIVER], [WAIVER]]);
  });

  it.each([
    [
      "streams:\n  A:\n    waive:\n      - rule: jetstream-retention-bounded\n        reason: sized\n        expires: soon\n",
      'a.yaml:8:9 SP101 stream "A": waive[0].expires must be a date such as "2026-12-31", got "soon". Correct the value.',
    ],
    [
      "keyValues:\n  k:\n    waive:\n      rule: jetstream-retention-bounded\n",
      'a.yaml:5:5 SP101 key-value bucket "k": waive must be a list, got {"rule":"jetstream-retention-bounded"}. Correct the value.',
    ],
    [
      "objectStores:\n  o:\n    waive:\n      - {rule: a, expires: 2026-07-31}\n",
      'a.yaml:6:9 SP101 object store "o": waive[0].reason is required. Set it.',
    ],
    [
      "streams: {A: }\nconsumers:\n  - stream: A\n    name: a_b\n    kind: pull\n    ackPolicy: explicit\n    waive:\n      - {reason: sized, expires: 2026-07-31}\n",
      'a.yaml:10:9 SP101 consumer "A/a_b": waive[0].rule is required. Set it.',
    ],
  ])("are reported with their place: %j", (body, whole) => expect(judged(body)).toEqual([whole]));

  it("are read and reported for clusters", () => {
    const cluster = (waive: string) => {
      const [read] = readClusters(sources("Cluster", `metadata: {name: nats}\nwaive: [${waive}]\n`)).clusters;
      return read?.spec as ClusterSpec;
    };
    expect(cluster(GOOD)).toEqual({ name: "nats", waive: [WAIVER] });
    expect(checkCluster(cluster(GOOD))).toEqual([]);
    expect(preflightCluster(cluster("{rule: a, reason: b}")).map(formatFinding)).toEqual([
      'CL101 cluster "nats": waive[0].expires is required. Set it.',
    ]);
  });
});

it.each(TARGETS)("say nothing to the servers of a cluster: %s", (target) => {
  const spec: ClusterSpec = { name: "nats", size: 3 };
  expect(renderCluster({ ...spec, waive: [WAIVER] }, target)).toEqual(renderCluster(spec, target));
});
