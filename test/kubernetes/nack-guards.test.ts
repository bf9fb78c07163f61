import type { NatsConnection } from "@nats-io/transport-node";
import type { WireConfig } from "../../model/wire";
import { type NackOptions, toNack } from "../../render/nack/to-nack";
import { apply, describeWith, type Forward, forward, kubectl } from "../support/kubernetes";
import { nackDefinitions } from "../support/kubernetes-programs/definitions";
import { liveConfig, messagesIn } from "../support/kubernetes-programs/live-config";
import { removeNack, startNack } from "../support/kubernetes-programs/nack-controller";
import { eventually, withConnection } from "../support/nats";

const NAMESPACE = "nack-guards";
const SYNC_MS = 2_000;

describeWith(nackDefinitions.missing, "data under NACK's controller", () => {
  let tunnel: Forward;
  beforeAll(async () => {
    await startNack(NAMESPACE, { interval: `${SYNC_MS}ms` });
    tunnel = await forward(NAMESPACE, "nats");
  });
  afterAll(async () => {
    tunnel?.close();
    await removeNack(NAMESPACE);
  });

  const onServer = <T>(use: (nc: NatsConnection) => Promise<T>) =>
    withConnection(`nats://127.0.0.1:${tunnel.port}`, use, { ignoreClusterUpdates: true });
  const live = (stream: string) => onServer((nc) => liveConfig(nc, stream));

  /** Applies a stream as it is rendered, and waits until the controller has done with it what it does. */
  async function stream(name: string, fields: object, options: NackOptions = {}): Promise<WireConfig | undefined> {
    const spec = { name, subjects: [`${name}.>`], ...fields };
    const { object } = toNack("stream", spec, { namespace: NAMESPACE, ...options });
    await apply([object]);
    await eventually("the controller", async () => {
      const resource = `stream.jetstream.nats.io/${object.metadata.name}`;
      const { metadata, status } = JSON.parse(await kubectl("get", resource, "-n", NAMESPACE, "-o", "json"));
      const ready = status?.conditions?.[0];
      if (ready?.status !== "True" || status.observedGeneration < metadata.generation) throw new Error(ready?.message);
    });
    return live(name);
  }

  const removed = (name: string) =>
    kubectl("delete", `stream.jetstream.nats.io/${name}`, "-n", NAMESPACE, "--timeout=60s");
  const published = (name: string) =>
    onServer(async (nc) => {
      for (let i = 0; i < 20; i++) await nc.request(`${name}.new`, "message");
      return messagesIn(nc, name);
    });

  it.each([
    ["keeps", "kept", {}, 20],
    ["keeps", "retained", { onDelete: "retain" }, 20],
    ["deletes", "dropped", { onDelete: "delete" }, undefined],
  ] as const)("%s a stream whose resource goes: %s", async (_, name, options, messages) => {
    await stream(name, {}, options);
    expect(await published(name)).toBe(20);
    await removed(name);
    const left = await live(name);
    expect(left && (await onServer((nc) => messagesIn(nc, name)))).toBe(messages);
  });

  it.each([
    ["leaves alone", "unjudged", {}, 20],
    ["leaves alone", "frozen", { updates: "never", judged: true }, 20],
    ["makes", "judged", { judged: true }, 5],
    ["makes", "careless", { updates: "apply" }, 5],
  ] as const)("%s an edit that discards messages: %s", async (_, name, options, messages) => {
    await stream(name, {});
    await published(name);
    const edited = await stream(name, { maxMsgs: 5 }, options);
    expect(edited).toMatchObject({ max_msgs: messages === 5 ? 5 : -1 });
    expect(await onServer((nc) => messagesIn(nc, name))).toBe(messages);
  });

  it("never turns off a switch, and calls that done", async () => {
    const on = { noAck: true, allowDirect: true };
    await stream("switches", on, { updates: "apply" });
    const edited = await stream("switches", { noAck: false, description: "edited" }, { updates: "apply" });
    expect(edited).toMatchObject({ description: "edited", no_ack: true, allow_direct: true });
  });

  it.each([
    ["mends", "mended", { updates: "apply" }, 100],
    ["does not mend", "drifting", {}, 7],
  ] as const)("%s what others changed: %s", async (_, name, options, maxMsgs) => {
    const config = await stream(name, { maxMsgs: 100 }, options);
    const update = JSON.stringify({ ...config, max_msgs: 7 });
    await onServer((nc) => nc.request(`$JS.API.STREAM.UPDATE.${name}`, update));
    await new Promise((resolve) => setTimeout(resolve, 3 * SYNC_MS));
    expect(await live(name)).toMatchObject({ max_msgs: maxMsgs });
  });
});

describeWith(nackDefinitions.missing, "NACK's older mode", () => {
  const namespace = "nack-legacy";
  beforeAll(() => startNack(namespace, { loop: false }));
  afterAll(() => removeNack(namespace));

  it("makes streams and consumers, and never looks at a bucket", async () => {
    const options = { namespace };
    const resources = [
      toNack("stream", { name: "ORDERS", subjects: ["orders.>"], maxMsgs: 10 }, options),
      toNack("consumer", { stream: "ORDERS", name: "ship", kind: "pull", ackPolicy: "explicit" }, options),
      toNack("key-value bucket", { name: "settings", history: 5 }, options),
    ];
    await apply(resources.map(({ object }) => object));
    await kubectl("wait", "stream/orders", "-n", namespace, "--for=condition=Ready", "--timeout=90s");
    await kubectl("wait", "consumer/orders-ship", "-n", namespace, "--for=condition=Ready", "--timeout=90s");
    const bucket = JSON.parse(await kubectl("get", "keyvalue/settings", "-n", namespace, "-o", "json"));
    expect(bucket.status).toBeUndefined();
    const tunnel = await forward(namespace, "nats");
    await withConnection(
      `nats://127.0.0.1:${tunnel.port}`,
      async (nc) => {
        expect(await liveConfig(nc, "ORDERS")).toMatchObject({ max_msgs: 10, storage: "file", max_age: 0 });
        expect(await liveConfig(nc, "KV_settings")).toBeUndefined();
      },
      { ignoreClusterUpdates: true },
    ).finally(() => tunnel.close());
  });
});
