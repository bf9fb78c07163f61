import type { NatsConnection } from "@nats-io/transport-node";
import { parse } from "yaml";
import { readStreamConfig } from "../../model/config";
import { effectiveStreamConfig } from "../../model/event-bus/bus-stream-config";
import type { NativeEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { normalizeSpec } from "../../model/normalize";
import { mergeStreamConfig } from "../../render/event-bus/merge-stream-config";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { apply, describeWith, forward, kubectl } from "../support/kubernetes";
import { clock, startArgo, stopArgo } from "../support/kubernetes-programs/argo-controller";
import { argoDefinitions } from "../support/kubernetes-programs/definitions";
import { defined, liveConfig, messagesIn } from "../support/kubernetes-programs/live-config";
import { podReady } from "../support/kubernetes-programs/nats-pod";
import { eventually, until, withConnection } from "../support/nats";

const NAMESPACE = "buses";

/** Native buses from next to nothing to nearly everything, small enough for one machine. */
const buses: readonly NativeEventBusSpec[] = [
  { type: "native", name: "plain", namespace: NAMESPACE, version: "2.10.29", replicas: 1 },
  {
    type: "native",
    name: "stored",
    namespace: NAMESPACE,
    version: "2.10.29",
    replicas: 1,
    labels: { team: "events" },
    persistence: { storageClassName: "standard", accessMode: "ReadWriteOnce", volumeSize: "10GiB" },
    streamConfig: { maxMsgs: 1_000, maxAge: "36h", maxBytes: "64MiB", duplicateWindow: "90s", discard: "new" },
    settings: { maxMemoryStore: "64MiB", maxFileStore: "1GiB", syncInterval: "30s", maxOutstandingCatchup: "32MiB" },
    maxPayload: "2MiB",
    startArgs: ["-D"],
    podLabels: { tier: "bus" },
    podAnnotations: { "headwater.dev/checked": "yes" },
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [{ key: "dedicated", operator: "Equal", value: "bus", effect: "NoSchedule" }],
    securityContext: { fsGroup: 1000 },
    priority: 0,
    containerTemplate: { resources: { requests: { cpu: "10m", memory: "64Mi" } } },
    reloaderContainerTemplate: { resources: { requests: { cpu: "5m" } } },
    metricsContainerTemplate: { resources: { requests: { cpu: "5m" } } },
    imagePullSecrets: ["registry"],
  },
  {
    type: "native",
    name: "three",
    namespace: NAMESPACE,
    version: "2.10.29",
    replicas: 3,
    streamConfig: { maxAge: "2d", replicas: 3, retention: "interest" },
  },
];
const busNames = buses.map(({ name }) => name);
const busNamed = (name: string) => buses.find((bus) => bus.name === name) as NativeEventBusSpec;

async function readBus(name: string) {
  return JSON.parse(await kubectl("get", "eventbus", name, "-n", NAMESPACE, "-o", "json"));
}

// The login the controller made for Argo's clients, and its certificate of its own.
async function withBus<T>(name: string, use: (nc: NatsConnection) => Promise<T>): Promise<T> {
  const secretName = `eventbus-${name}-js-client-auth`;
  const text = await kubectl("get", "secret", secretName, "-n", NAMESPACE, "-o", "jsonpath={.data.client-auth}");
  const { username, password } = parse(Buffer.from(text, "base64").toString());
  const tunnel = await forward(NAMESPACE, `eventbus-${name}-js-svc`);
  const login = { user: username, pass: password, tls: { rejectUnauthorized: false } as never };
  return withConnection(`tls://127.0.0.1:${tunnel.port}`, use, { ...login, ignoreClusterUpdates: true }).finally(() =>
    tunnel.close(),
  );
}

async function ask(pod: string, path: string) {
  const url = `http://127.0.0.1:8222${path}`;
  return JSON.parse(await kubectl("exec", "-n", NAMESPACE, pod, "-c", "main", "--", "wget", "-qO-", url));
}

describeWith(argoDefinitions.missing, "an event bus with Argo Events' own controller", () => {
  beforeAll(async () => {
    await startArgo();
    await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } }]);
    await apply(buses.map(toEventBus));
  });
  afterAll(() => stopArgo(NAMESPACE));

  it.each(busNames)(
    "%s: becomes servers that are ready, and nothing we say is unknown to the controller",
    async (name) => {
      const bus = busNamed(name);
      const sent = toEventBus(bus);
      await kubectl("wait", `eventbus/${name}`, "-n", NAMESPACE, "--for=condition=Deployed", "--timeout=60s");
      const pods = Array.from({ length: bus.replicas ?? 3 }, (_, i) => `eventbus-${name}-js-${i}`);
      await Promise.all(pods.map((pod) => podReady(NAMESPACE, pod)));
      // The controller has written the object back: what its types do not know is gone.
      const { spec, metadata, status } = await readBus(name);
      expect(metadata.finalizers).toEqual(["eventbus-controller"]);
      expect(spec).toEqual(sent.spec);
      const given = (sent.spec as { jetstream: { streamConfig?: string } }).jetstream.streamConfig;
      expect(parse(status.config.jetstream.streamConfig)).toEqual(mergeStreamConfig(undefined, given));
    },
  );

  it("configures servers with the settings, the largest message and the volume of the spec", async () => {
    const { config } = await ask("eventbus-stored-js-0", "/jsz");
    expect(config).toMatchObject({
      max_memory: 64 * 2 ** 20,
      max_storage: 2 ** 30,
      sync_interval: 30_000_000_000,
    });
    expect(await ask("eventbus-stored-js-0", "/varz")).toMatchObject({ max_payload: 2 * 2 ** 20 });
    const claims = await kubectl(
      "get",
      "pvc",
      "-n",
      NAMESPACE,
      "-o",
      "jsonpath={.items[*].spec.resources.requests.storage}",
    );
    expect(claims).toBe("10Gi");
  });

  it("holds its events in the stream the merged configuration describes", async () => {
    await apply(["plain", "stored"].map((name) => clock(NAMESPACE, `clock-${name}`, name)));
    for (const name of ["plain", "stored"])
      await withBus(name, async (nc) => {
        const config = await eventually("the stream", async () => defined(await liveConfig(nc, "default")));
        const expected = { name: "default", subjects: ["default.*.*"], ...effectiveStreamConfig(busNamed(name)) };
        expect(normalizeSpec("stream", readStreamConfig(config).spec)).toEqual(normalizeSpec("stream", expected));
        await until("an event", async () => (await messagesIn(nc, "default")) > 0);
      });
  });

  it.each<[string, string, object, RegExp]>([
    [
      "a stream configuration that changes",
      "stored",
      { streamConfig: { maxMsgs: 2_000 } },
      /streamConfig\\?" is immutable/,
    ],
    ["a stream configuration that goes", "three", { streamConfig: undefined }, /streamConfig\\?" is immutable/],
    ["two servers", "plain", { replicas: 2 }, /requires 1 replica or >= 3 replicas/],
    ["no version", "plain", { version: "" }, /a version for jetstream needs to be specified/],
  ])("is refused by the webhook: %s", async (_, name, edit, reason) => {
    await expect(async () => apply([toEventBus({ ...busNamed(name), ...edit } as never)])).rejects.toThrow(reason);
  });

  it("is refused by the webhook: servers of somebody else", async () => {
    const exotic = toEventBus({ type: "exotic", name: "plain", namespace: NAMESPACE, url: "nats://nats:4222" });
    await expect(async () => apply([exotic])).rejects.toThrow(/Can not change event bus implementation/);
  });

  it("runs one cluster of three", async () => {
    const { cluster } = await ask("eventbus-three-js-0", "/varz");
    expect(cluster.urls).toHaveLength(3);
    const { meta_cluster } = await ask("eventbus-three-js-0", "/jsz");
    expect(meta_cluster.cluster_size).toBe(3);
  });
});
