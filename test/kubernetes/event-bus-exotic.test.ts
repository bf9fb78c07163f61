import type { ExoticEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { BUS_STREAM, eventBusStream } from "../../model/event-bus/event-bus-stream";
import { sensorBucket, sensorConsumer } from "../../model/event-bus/sensor";
import { jetStreamApi } from "../../provider/api";
import { planAssets } from "../../provider/plan-assets";
import { readSettings, type Settings } from "../../provider/settings";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { makeAuthority } from "../support/certificates";
import { closeConnections, handlerOf, type Managed, manage } from "../support/handlers";
import { apply, describeWith, type Forward, forward, kubectl, secret } from "../support/kubernetes";
import { clock, logger, startArgo, stopArgo } from "../support/kubernetes-programs/argo-controller";
import { argoDefinitions } from "../support/kubernetes-programs/definitions";
import { natsPod, podReady } from "../support/kubernetes-programs/nats-pod";
import { until } from "../support/nats";

const NAMESPACE = "exotic";
const key = (name: string) => ({ secretName: "bus", key: name });

const bus: ExoticEventBusSpec = {
  type: "exotic",
  name: "ours",
  namespace: NAMESPACE,
  url: `nats://nats.${NAMESPACE}.svc:4222`,
  accessSecret: key("login"),
  tls: { caCertSecret: key("ca") },
  stream: { maxAge: "1d", maxBytes: "64MiB", duplicateWindow: "2m", compression: "s2", denyDelete: true },
};
const dependency = { name: "tick", eventSourceName: "clock", eventName: "tick" };
const consumer = sensorConsumer({ sensor: "writer", trigger: "write", dependency });

// Argo's clients connect to no server without TLS.
const config = `
authorization { user: bus, password: secret-bus }
tls { cert_file: /etc/nats-tls/cert, key_file: /etc/nats-tls/key }`;

describeWith(argoDefinitions.missing, "an event bus on servers of our own, with Argo Events' own clients", () => {
  let tunnel: Forward;
  let stream: Managed;
  let login: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const authority = await makeAuthority();
    const { cert, key: privateKey } = await authority.sign([`nats.${NAMESPACE}.svc`, "localhost"]);
    await startArgo();
    await apply([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
      secret(NAMESPACE, "bus", { login: "username: bus\npassword: secret-bus\n", ca: authority.cert }),
      secret(NAMESPACE, "nats-tls", { cert, key: privateKey }),
      ...natsPod(NAMESPACE, { config, tlsSecret: "nats-tls" }),
    ]);
    await podReady(NAMESPACE, "nats");
    tunnel = await forward(NAMESPACE, "nats");
    login = {
      "nats:servers": `tls://localhost:${tunnel.port}`,
      "nats:user": "bus",
      "nats:password": "secret-bus",
      "nats:ca": authority.cert,
    };
    stream = manage(await handlerOf("stream", login));
    await stream.apply(eventBusStream(bus) as never);
    await apply([toEventBus(bus), clock(NAMESPACE, "clock", bus.name), logger(NAMESPACE, "writer", bus.name, "clock")]);
  });
  afterAll(async () => {
    await closeConnections();
    tunnel?.close();
    await stopArgo(NAMESPACE);
  });

  const changes = async (...declared: Parameters<typeof planAssets>[1]) => {
    const { settings } = readSettings((name) => login[name]);
    const plans = await planAssets(jetStreamApi(settings as Settings), declared);
    return plans.map(({ action }) => action);
  };
  const messages = async () => {
    const { settings } = readSettings((name) => login[name]);
    const info = await jetStreamApi(settings as Settings).request(`STREAM.INFO.${BUS_STREAM}`);
    return Number((info.state as { last_seq: number }).last_seq);
  };

  it("is taken by the controller as it is declared", async () => {
    await kubectl("wait", `eventbus/${bus.name}`, "-n", NAMESPACE, "--for=condition=Deployed", "--timeout=60s");
    const { spec, status } = JSON.parse(await kubectl("get", "eventbus", bus.name, "-n", NAMESPACE, "-o", "json"));
    expect(spec).toEqual(toEventBus(bus).spec);
    expect(status.config.jetstream).toEqual(spec.jetstreamExotic);
  });

  it("gets its events into the stream we manage, which Argo's clients leave as it is", async () => {
    await until("events", async () => (await messages()) > 3, 120_000);
    expect(await changes({ kind: "stream", spec: eventBusStream(bus) as never })).toEqual(["none"]);
  });

  it("is read by a sensor with the consumer we predict, and the bucket", async () => {
    const exists = async () => (await changes({ kind: "consumer", spec: consumer as never }))[0] !== "create";
    await until("the sensor", exists, 120_000);
    expect(await changes({ kind: "consumer", spec: consumer as never })).toEqual(["none"]);
    expect(await changes({ kind: "key-value bucket", spec: { name: sensorBucket("writer") } })).toEqual(["none"]);
  });

  it("keeps its events while the stream is edited, which Argo itself never does", async () => {
    const longer = { ...bus, stream: { ...bus.stream, maxAge: "2d" } } as const;
    const before = await messages();
    await stream.apply(eventBusStream(longer) as never);
    await until("more events", async () => (await messages()) > before + 2);
    expect(await changes({ kind: "stream", spec: eventBusStream(longer) as never })).toEqual(["none"]);
  });

  it("holds events for a sensor that comes later, by a consumer made beforehand", async () => {
    const later = sensorConsumer({ sensor: "later", trigger: "write", dependency });
    const early = manage(await handlerOf("consumer", login));
    await early.apply(later as never);
    const pending = async () => {
      const { settings } = readSettings((name) => login[name]);
      const info = await jetStreamApi(settings as Settings).request(`CONSUMER.INFO.${BUS_STREAM}.${later.name}`);
      return info as unknown as { num_pending: number; delivered: { consumer_seq: number } };
    };
    await until("events for the sensor", async () => (await pending()).num_pending > 2);
    await apply([logger(NAMESPACE, "later", bus.name, "clock")]);
    await until("the sensor", async () => (await pending()).delivered.consumer_seq > 3, 120_000);
    expect((await pending()).num_pending).toBeLessThan(3);
  });
});
