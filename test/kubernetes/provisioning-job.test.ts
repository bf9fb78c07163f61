import type { NatsConnection } from "@nats-io/transport-node";
import { provisioningJob } from "../../render/job/provisioning-job";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { apply, describeWith, type Forward, forward, kubectl, missing, remove, secret } from "../support/kubernetes";
import { defined, liveConfig } from "../support/kubernetes-programs/live-config";
import { natsPod, natsUrl, podReady } from "../support/kubernetes-programs/nats-pod";
import { eventually, withConnection } from "../support/nats";

const NAMESPACE = "provisioning";
const config = "authorization { user: applier, password: secret-applier }";

const topology = {
  streams: {
    ORDERS: { subjects: ["orders.>"], maxAge: "7d", maxBytes: "1MiB", duplicateWindow: "5m" },
    ORDERS_DLQ: { subjects: ["dlq.orders"], retention: "workqueue" },
  },
  keyValues: { settings: { history: 5, maxBytes: "1MiB" } },
  objectStores: { assets: { maxBytes: "1MiB" } },
  consumers: [{ stream: "ORDERS", name: "ship", kind: "pull", ackPolicy: "explicit", maxDeliver: 5 }],
} as const;

const jobOf = (more: object = {}) =>
  provisioningJob({
    name: "persistence",
    namespace: NAMESPACE,
    image: process.env.HEADWATER_IMAGE as string,
    imagePullPolicy: "IfNotPresent",
    servers: [natsUrl(NAMESPACE)],
    login: { user: "applier", password: { secretName: "logins", key: "password" } },
    owner: "persistence/prod",
    backoffLimit: 0,
    topology,
    ...more,
  });

const nameOf = (objects: readonly KubernetesObject[]) =>
  objects.find(({ kind }) => kind === "Job")?.metadata.name as string;

/** Runs a job to its end; answers how it ended and what it wrote. */
async function run(objects: readonly KubernetesObject[]): Promise<{ ended: string; log: string }> {
  const job = nameOf(objects);
  await apply(objects);
  const ended = await ending(job);
  return { ended, log: await kubectl("logs", `job/${job}`, "-n", NAMESPACE) };
}

async function ending(job: string): Promise<string> {
  const path = '-o=jsonpath={.status.conditions[?(@.status=="True")].type}';
  return eventually(
    "the job to end",
    async () => {
      const conditions = await kubectl("get", "job", job, "-n", NAMESPACE, path);
      return defined(/Complete|Failed$/.exec(conditions)?.[0]);
    },
    90_000,
  );
}

describeWith(missing.image, "a provisioning job", () => {
  let tunnel: Forward;
  beforeAll(async () => {
    await remove(NAMESPACE);
    await apply([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
      secret(NAMESPACE, "logins", { password: "secret-applier" }),
      ...natsPod(NAMESPACE, { config }),
    ]);
    await podReady(NAMESPACE, "nats");
    tunnel = await forward(NAMESPACE, "nats");
  });
  afterAll(async () => {
    tunnel?.close();
    await remove(NAMESPACE);
  });

  const onServer = <T>(use: (nc: NatsConnection) => Promise<T>) =>
    withConnection(`nats://127.0.0.1:${tunnel.port}`, use, {
      user: "applier",
      pass: "secret-applier",
      ignoreClusterUpdates: true,
    });

  it("makes what the topology declares, and nothing the second time", async () => {
    const first = await run(jobOf());
    expect(first).toMatchObject({ ended: "Complete" });
    await onServer(async (nc) => {
      expect(await liveConfig(nc, "ORDERS")).toMatchObject({ max_bytes: 2 ** 20, duplicate_window: 300_000_000_000 });
      expect(await liveConfig(nc, "ORDERS", "ship")).toMatchObject({ durable_name: "ship", max_deliver: 5 });
      expect(await liveConfig(nc, "KV_settings")).toMatchObject({ max_msgs_per_subject: 5 });
      expect(await liveConfig(nc, "OBJ_assets")).toMatchObject({ max_bytes: 2 ** 20 });
    });
    const writes = await heard(() => again(jobOf()));
    expect(writes).toEqual([]);
  });

  it("refuses to discard messages, and says what would be lost", async () => {
    await onServer(async (nc) => {
      for (let i = 0; i < 20; i++) await nc.request("orders.new", "x".repeat(10_000));
    });
    const smaller = {
      ...topology,
      streams: { ...topology.streams, ORDERS: { ...topology.streams.ORDERS, maxMsgs: 5 } },
    };
    const { ended, log } = await run(jobOf({ topology: smaller }));
    expect(ended).toBe("Failed");
    expect(log).toContain('DL101 stream "ORDERS": maxMsgs');
    expect(await onServer((nc) => liveConfig(nc, "ORDERS"))).toMatchObject({ max_msgs: -1 });
  });

  // The same manifests are the same job: it is removed for another run.
  async function again(objects: readonly KubernetesObject[]): Promise<void> {
    await kubectl("delete", "job", nameOf(objects), "-n", NAMESPACE, "--wait", "--timeout=60s");
    expect(await run(objects)).toMatchObject({ ended: "Complete" });
  }

  /** The requests that write, as the server hears them. */
  async function heard(during: () => Promise<void>): Promise<string[]> {
    return onServer(async (nc) => {
      const subjects: string[] = [];
      nc.subscribe("$JS.API.>", { callback: (_, message) => void subjects.push(message.subject) });
      await during();
      await nc.flush();
      expect(subjects.length).toBeGreaterThan(0);
      return subjects.filter((subject) => /\.(CREATE|UPDATE|DELETE|PURGE)\./.test(subject));
    });
  }
});
