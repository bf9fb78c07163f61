import * as pulumi from "@pulumi/pulumi";
import * as hw from "headwater";
import { type Registered, runWithMocks, unknownPaths } from "../../support/cluster-mocks";

let warned: jest.SpyInstance;
beforeEach(() => {
  warned = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  warned.mockClear();
});

const NATIVE: hw.NativeEventBusArgs = {
  type: "native",
  name: "default",
  namespace: "argo",
  version: "2.10.29",
  persistence: { volumeSize: "20GiB" },
  settings: { maxFileStore: "16GiB" },
};
const EXOTIC: hw.ExoticEventBusArgs = {
  type: "exotic",
  url: "nats://nats:4222",
  tls: { caCertSecret: { secretName: "nats-ca", key: "ca.crt" } },
};
const bus = (args: hw.EventBusArgs, opts?: pulumi.ComponentResourceOptions) => () => new hw.EventBus("bus", args, opts);
const find = (all: readonly Registered[], name: string) => all.find((each) => each.name === name);
const children = (all: readonly Registered[]) =>
  all.filter(({ parent }) => parent === "bus").map(({ type, name }) => `${type} ${name}`);

it("makes a native bus, its guard and its disruption budget", async () => {
  const all = await runWithMocks(bus({ ...NATIVE, maxUnavailable: 2 }));
  expect(find(all, "bus")?.type).toBe("headwater:index:EventBus");
  expect(children(all)).toEqual([
    "pulumi-nodejs:dynamic/nats:EventBusChange bus-change",
    "kubernetes:argoproj.io/v1alpha1:EventBus bus-object",
    "kubernetes:policy/v1:PodDisruptionBudget bus-budget",
  ]);
  expect(find(all, "bus-object")).toMatchObject({
    dependsOn: ["bus-change"],
    inputs: {
      metadata: { name: "default", namespace: "argo" },
      spec: {
        jetstream: {
          version: "2.10.29",
          persistence: { volumeSize: "20Gi" },
          settings: "max_file_store: 16GB\n",
        },
      },
    },
  });
  expect(find(all, "bus-budget")?.inputs).toMatchObject({
    spec: { maxUnavailable: 2, selector: { matchLabels: { "eventbus-name": "default" } } },
  });
  expect(find(all, "bus-change")?.inputs).toMatchObject({
    cluster: "default",
    spec: { type: "native", version: "2.10.29" },
  });
});

it.each<[string, Partial<hw.NativeEventBusArgs>]>([
  ["where none is wanted", { maxUnavailable: false }],
  ["for a single server", { replicas: 1 }],
])("makes no disruption budget %s", async (_, args) => {
  const all = await runWithMocks(bus({ ...NATIVE, ...args }));
  expect(find(all, "bus-budget")).toBeUndefined();
});

it("manages the stream of an exotic bus, before the bus is there", async () => {
  const stream = { replicas: 3, maxAge: "7d", compression: "s2" } as const;
  const all = await runWithMocks(() => {
    const provider = new hw.Provider("eu", { servers: "nats://nats:4222" });
    bus({ ...EXOTIC, stream, manageStream: { onDelete: "retain", adopt: true } }, { providers: [provider] })();
  });
  expect(children(all)).toEqual([
    "pulumi-nodejs:dynamic/nats:EventBusChange bus-change",
    "pulumi-nodejs:dynamic/nats:Stream bus-stream",
    "kubernetes:argoproj.io/v1alpha1:EventBus bus-object",
  ]);
  const made = find(all, "bus-stream");
  expect(made?.provider).toContain("::eu::");
  expect(made?.dependsOn).toEqual(["bus-change"]);
  expect(made?.inputs).toMatchObject({
    name: "default",
    subjects: ["default.*.*"],
    ...stream,
    onDelete: "retain",
    adopt: true,
  });
  expect(find(all, "bus-object")).toMatchObject({
    inputs: {
      metadata: { name: "bus" },
      spec: { jetstreamExotic: { url: "nats://nats:4222", streamConfig: "maxAge: 168h\nreplicas: 3\n" } },
    },
  });
  expect([...(find(all, "bus-object")?.dependsOn ?? [])].sort()).toEqual(["bus-change", "bus-stream"]);
});

it("leaves the stream to Argo where it is told to", async () => {
  const all = await runWithMocks(bus({ ...EXOTIC, manageStream: false }));
  expect(find(all, "bus-stream")).toBeUndefined();
});

it("takes an address that is not known yet", async () => {
  const all = await runWithMocks(
    () => {
      const other = new hw.Provider("other", { servers: "nats://nats:4222" });
      bus({ ...EXOTIC, url: other.id })();
    },
    { preview: true },
  );
  expect(unknownPaths(find(all, "bus-object")?.sent)).toEqual(["spec.jetstreamExotic.url"]);
  expect(unknownPaths(find(all, "bus-change")?.sent)).toEqual(["spec.url"]);
});

it("says everything that is wrong before anything is made", async () => {
  const program = runWithMocks(bus({ ...NATIVE, replicas: 2, streamConfig: { replicas: 1, maxAge: "1m" } }));
  await expect(program).rejects.toThrow(
    'EB102 event bus "default": replicas is 2: Argo Events refuses it, and two servers have no majority when one is away. Set 1 or 3.\nEB108 event bus "default": streamConfig.duplicateWindow is "5m" where none is set (5m), more than maxAge "1m": nats-server never makes the stream. Set it to "1m" or less.',
  );
});

it("prints warnings", async () => {
  await runWithMocks(bus({ ...NATIVE, version: "latest" }));
  expect(warned.mock.calls.map(([message]) => message)).toEqual([
    'EB201 event bus "default": version is "latest": nats-server 2.10.29 today, another one after an update of the controller. Set "2.10.29".',
  ]);
});
