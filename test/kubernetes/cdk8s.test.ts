import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Chart } from "cdk8s";
import { parseAllDocuments } from "yaml";
import { Account, NatsCluster, Topology } from "../../constructs/cdk8s/index";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { found as helm } from "../support/helm";
import { apply, describeWith, forward, kubectl, missing, ready, remove, secret } from "../support/kubernetes";
import { nackDefinitions } from "../support/kubernetes-programs/definitions";
import { lost } from "../support/kubernetes-programs/dry-run";
import { liveConfig } from "../support/kubernetes-programs/live-config";
import { removeNack, startController } from "../support/kubernetes-programs/nack-controller";
import { withConnection } from "../support/nats";

const NAME = "app";
const password = (key: string) => ({ secretName: "logins", key });
const spec = {
  size: 1,
  standalone: true,
  jetstream: { volume: { size: "10GiB" }, maxFileStore: "1GiB" },
  accounts: {
    SYS: { users: [{ user: "sys", password: password("sys") }] },
    APP: { users: [{ user: "app", password: password("app") }] },
  },
  kubernetes: { chart: { path: process.env.HEADWATER_NATS_CHART }, spread: "none", minReady: "0s" },
} as const;

/** A cluster and everything on it, in one app, as manifests. */
function manifests(folder: string): KubernetesObject[] {
  const app = new App({ outdir: folder });
  const chart = new Chart(app, "messaging", { namespace: NAME });
  const cluster = new NatsCluster(chart, NAME, { ...spec, helmExecutable: helm } as never);
  const account = new Account(chart, "account", {
    servers: [cluster.url],
    user: { secretName: "logins", userKey: "user", passwordKey: "app" },
  });
  new Topology(chart, "orders", {
    connection: account,
    streams: { ORDERS: { subjects: ["orders.>"], maxAge: "7d", maxBytes: "1MiB" } },
    keyValues: { settings: { history: 5, maxBytes: "1MiB" } },
    consumers: [{ stream: "ORDERS", name: "ship", kind: "pull", ackPolicy: "explicit" }],
  });
  app.synth();
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject));
}

describeWith(missing.chart || nackDefinitions.missing, "a cdk8s app with a cluster and a topology on it", () => {
  let folder: string;
  beforeAll(async () => {
    await remove(NAME);
    folder = mkdtempSync(join(tmpdir(), "headwater-cdk8s-"));
    await nackDefinitions.install();
    await apply([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: NAME } },
      secret(NAME, "logins", { sys: "secret-sys", user: "app", app: "secret-app" }),
    ]);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await removeNack(NAME);
  });

  it("becomes servers, and NACK makes the assets on them", async () => {
    await apply(manifests(folder));
    await ready({ ...spec, name: NAME } as never);
    await startController(NAME, { interval: "5s" });
    const made = ["stream/orders", "consumer/orders-ship", "keyvalue/settings"];
    await kubectl("wait", ...made, "-n", NAME, "--for=condition=Ready", "--timeout=120s");
    const tunnel = await forward(NAME, NAME);
    await withConnection(
      `nats://127.0.0.1:${tunnel.port}`,
      async (nc) => {
        expect(await liveConfig(nc, "ORDERS")).toMatchObject({ max_bytes: 2 ** 20, storage: "file" });
        expect(await liveConfig(nc, "ORDERS", "ship")).toMatchObject({ ack_policy: "explicit" });
        expect(await liveConfig(nc, "KV_settings")).toMatchObject({ max_msgs_per_subject: 5 });
      },
      { user: "app", pass: "secret-app", ignoreClusterUpdates: true },
    ).finally(() => tunnel.close());
  });

  it("keeps what it declares, whatever NACK writes back", async () => {
    const again = mkdtempSync(join(tmpdir(), "headwater-cdk8s-"));
    const assets = manifests(again).filter(({ apiVersion }) => apiVersion.startsWith("jetstream.nats.io"));
    rmSync(again, { recursive: true, force: true });
    const stored = await Promise.all(
      assets.map(async ({ kind, metadata }) =>
        JSON.parse(await kubectl("get", `${kind}.jetstream.nats.io`, metadata.name, "-n", NAME, "-o", "json")),
      ),
    );
    const gone = assets.flatMap(({ kind, spec }, i) => lost(spec, stored[i].spec, kind));
    expect(gone).toEqual([]);
  });
});
