import { effectiveCluster } from "../../model/cluster/effective";
import { eventBusBudget } from "../../render/event-bus/event-bus-budget";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { helmValues } from "../../render/helm-values";
import { provisioningJob } from "../../render/job/provisioning-job";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { kubernetesObjects } from "../../render/render-cluster";
import { clusterShapes } from "../support/cluster-shapes";
import { helmTemplate } from "../support/helm";
import { describeWith, missing } from "../support/kubernetes";
import { argoDefinitions, installDefinitions, openDefinition } from "../support/kubernetes-programs/definitions";
import { dryRun, lost } from "../support/kubernetes-programs/dry-run";

/** Fields the API server does not know are refused; what it stores otherwise than it was sent is told. */
async function changed(objects: readonly KubernetesObject[]): Promise<string[]> {
  const here = objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: "default" } }));
  const stored = await dryRun(here);
  // `stringData` of a Secret is written only.
  return here
    .flatMap((object, i) => lost(object, stored[i], `${object.kind} ${object.metadata.name}`))
    .filter((path) => !path.endsWith(".stringData"));
}

describeWith(missing.cluster, "a provisioning job, by the API server", () => {
  const key = (name: string) => ({ secretName: "nats", key: name });
  const topology = { streams: { ORDERS: { subjects: ["orders.>"] } } };
  const common = { name: "persistence", image: "headwater:1", servers: ["nats://nats:4222"], topology };

  it.each([
    ["as little as can be said", common],
    [
      "everything that can be said",
      {
        ...common,
        imagePullPolicy: "IfNotPresent",
        imagePullSecrets: ["registry"],
        login: { user: "applier", password: key("password") },
        tls: { ca: key("ca"), cert: key("cert"), key: key("key") },
        domain: "hub",
        inboxPrefix: "_INBOX.applier",
        owner: "persistence/prod",
        prune: true,
        adopt: true,
        timeout: "30s",
        backoffLimit: 2,
        activeDeadlineSeconds: 300,
        ttlSecondsAfterFinished: 3600,
        resources: { requests: { cpu: "50m" }, limits: { memory: "256Mi" } },
        labels: { team: "orders" },
        annotations: { "headwater.dev/checked": "yes" },
      },
    ],
    ["credentials from a file", { ...common, login: { creds: key("creds") } }],
  ] as const)("is taken as it is: %s", async (_, args) => {
    expect(await changed(provisioningJob(args))).toEqual([]);
  });
});

const clusters = clusterShapes({
  secret: (key) => ({ secretName: "secrets", key }),
  credentials: { secretName: "secrets", key: "hub.creds" },
  tls: { secretName: "certificates" },
});

describeWith(missing.chart, "the objects of a NATS cluster, by the API server", () => {
  beforeAll(() =>
    installDefinitions([
      openDefinition("cert-manager.io", "v1", "Certificate", "certificates"),
      openDefinition("monitoring.coreos.com", "v1", "PodMonitor", "podmonitors"),
    ]),
  );

  it.each(Object.entries(clusters))("are taken as they are: %s", async (_, spec) => {
    const chart = helmTemplate(helmValues(spec), effectiveCluster(spec).namespace);
    expect(await changed([...kubernetesObjects(spec), ...chart])).toEqual([]);
  });
});

describeWith(argoDefinitions.missing, "an event bus, by the API server", () => {
  beforeAll(() => argoDefinitions.install());

  it("is taken as it is, with its budget", async () => {
    const native = {
      type: "native",
      name: "default",
      version: "2.10.29",
      persistence: { storageClassName: "standard", volumeSize: "20GiB" },
      settings: { maxFileStore: "16GiB" },
      streamConfig: { maxAge: "1d", maxMsgs: "9007199254740993" },
    } as const;
    const exotic = { type: "exotic", name: "ours", url: "nats://nats:4222" } as const;
    const budget = eventBusBudget(native) as KubernetesObject;
    expect(await changed([toEventBus(native), budget, toEventBus(exotic)])).toEqual([]);
  });
});
