import type * as mocks from "../support/cluster-mocks";
import { valueAt } from "../support/rendered-fields";
import { configOf, PROJECT, runStack } from "./run-stack";

type Fields = Record<string, unknown>;

const find = (all: readonly mocks.Registered[], name: string) =>
  all.find((each) => each.name === name && !each.read)?.inputs ?? {};
const streamNamed = (all: readonly mocks.Registered[], name: string) =>
  all.find(({ inputs }) => inputs.name === name)?.inputs ?? {};
const ofKind = (all: readonly mocks.Registered[], kind: string) => all.filter(({ type }) => type.endsWith(`:${kind}`));

it.each([
  ["staging", "persistence-staging", "4Gi", "3276MiB", "921MiB", 0.1],
  ["prod", "persistence", "20Gi", "16GiB", "3686MiB", 1],
])("has a cluster of its own in %s", async (stack, namespace, volume, store, goMemLimit, factor) => {
  const all = await runStack(stack);
  const values = find(all, "nats-chart").values;
  const expected = {
    "config.cluster.replicas": 3,
    "config.cluster.tls.enabled": true,
    "config.nats.tls.enabled": true,
    "config.jetstream.fileStore.pvc.size": volume,
    "config.jetstream.fileStore.maxSize": store,
    "config.jetstream.merge.key": "<< $HEADWATER_JETSTREAM_ENCRYPTION_KEY >>",
    "container.env.GOMEMLIMIT": goMemLimit,
    "podTemplate.merge.spec.priorityClassName": "messaging",
    "podTemplate.topologySpreadConstraints.kubernetes.io/hostname.whenUnsatisfiable": "DoNotSchedule",
    "podDisruptionBudget.merge.spec.maxUnavailable": 1,
    "promExporter.enabled": true,
    "promExporter.podMonitor.enabled": true,
    "promExporter.podMonitor.merge.metadata.labels": { release: "prometheus" },
  };
  expect(Object.fromEntries(Object.keys(expected).map((path) => [path, valueAt(values, path)]))).toEqual(expected);
  expect(find(all, "nats-namespace")).toMatchObject({ metadata: { name: namespace } });
  expect(valueAt(find(all, "nats-nats-client-tls"), "spec.issuerRef")).toMatchObject({ name: "internal-ca" });
  expect(ofKind(all, "Password")).toHaveLength(9);
  expect(ofKind(all, "EncryptionKey")).toHaveLength(1);

  const streams = ofKind(all, "Stream");
  expect(streams).toHaveLength(4);
  for (const { provider } of streams) expect(provider).toContain("::nats-PERSISTENCE::");
  expect(find(all, "nats-PERSISTENCE")).toMatchObject({ "nats:user": "deploy" });
  expect(streamNamed(all, "INGEST_RAW_V1")).toMatchObject({ replicas: 3, maxBytes: factor === 1 ? "10GiB" : "1GiB" });
  for (const { provider } of ofKind(all, "Consumer")) expect(provider).toContain("::nats-PERSISTENCE::");
});

it("lets everybody do what they are there for", async () => {
  const values = find(await runStack("prod"), "nats-chart").values;
  const users = valueAt(values, "config.merge.accounts.PERSISTENCE.users") as Fields[];
  const allowed = (name: string, path: string) => valueAt(users.find(({ user }) => user === name)?.permissions, path);
  expect(allowed("ingest", "publish.allow")).toEqual(expect.arrayContaining(["ingest.v1.raw", "ingest.v1.status"]));
  expect(allowed("ingest", "publish.allow")).not.toContain("consensus.v1.*");
  expect(allowed("realtime", "subscribe.allow")).toContain("deliver.realtime.v1.raw");
  expect(JSON.stringify(allowed("audit", "publish.allow"))).toContain("CONSENSUS_AUDIT_TAIL");
  expect(JSON.stringify(allowed("analytics", "publish.allow"))).not.toContain("CONSENSUS_AUDIT_TAIL");
});

it("turns to a new encryption key by configuration", async () => {
  const cluster = JSON.parse(configOf("prod")[`${PROJECT}:cluster`] as string) as Fields;
  const all = await runStack("prod", { [`${PROJECT}:cluster`]: JSON.stringify({ ...cluster, encryptionKeys: 2 }) });
  expect(find(all, "nats-encryption-key")).toMatchObject({ rotate: 2 });
});

it.each([
  ["dev", {}, 3],
  ["staging", { maxReplicas: "1" }, 1],
  ["prod", {}, 3],
])("needs no cluster in %s where servers run already", async (stack, config, replicas) => {
  const over = Object.fromEntries(Object.entries({ ...config, ...(stack !== "dev" && { cluster: "false" }) }));
  const all = await runStack(
    stack,
    Object.fromEntries(Object.entries(over).map(([key, value]) => [`${PROJECT}:${key}`, value])),
  );
  expect(all.map(({ type }) => type.split(":").at(-1)).sort()).toEqual([
    "Consumer",
    "Consumer",
    "Consumer",
    "Stream",
    "Stream",
    "Stream",
    "Stream",
    "Topology",
  ]);
  expect(streamNamed(all, "INGEST_RAW_V1").replicas).toBe(replicas);
});
