import { apply, kubectl, remove } from "../kubernetes";
import { nackDefinitions } from "./definitions";
import { natsPod, natsUrl, podReady } from "./nats-pod";

const NAME = "jetstream-controller";
const everything = ["streams", "consumers", "keyvalues", "objectstores", "accounts"];

/** How a controller is started. */
export interface NackStart {
  /** Lines added to the server's configuration. */
  readonly config?: string;
  /** Reconciles all the time, the only mode that knows key-value buckets and object stores. @default true */
  readonly loop?: boolean;
  /** How often it looks again at what is as it should be. @default "1m" */
  readonly interval?: string;
}

/** Starts a server and NACK's controller in a namespace, for what is in that namespace. */
export async function startNack(namespace: string, { config, loop = true, interval = "1m" }: NackStart = {}) {
  await nackDefinitions.install();
  await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }]);
  await apply(natsPod(namespace, { config }));
  await podReady(namespace, "nats");
  await startController(namespace, { loop, interval });
}

/** Starts the controller alone, in a namespace that is there; `server` is where resources mean that say nothing. */
export async function startController(
  namespace: string,
  { loop = true, interval = "1m", server = natsUrl(namespace) }: Omit<NackStart, "config"> & { server?: string } = {},
): Promise<void> {
  const mode = loop ? ["--control-loop", `--sync-interval=${interval}`] : [];
  await apply(nackController(namespace, [`-s=${server}`, ...mode]));
  await kubectl("rollout", "status", `deployment/${NAME}`, "-n", namespace, "--timeout=60s");
}

/** Removes such a namespace. Nobody is asked what becomes of the assets: their servers go too. */
export async function removeNack(namespace: string): Promise<void> {
  await kubectl("delete", "deployment", NAME, "-n", namespace, "--ignore-not-found");
  await kubectl("delete", "pod", "-l", `app=${NAME}`, "-n", namespace, "--wait", "--timeout=30s");
  const kinds = everything.map((kind) => `${kind}.jetstream.nats.io`).join(",");
  const names = (await kubectl("get", kinds, "-n", namespace, "-o", "name")).split("\n").filter(Boolean);
  const free = ["--type=merge", "-p", '{"metadata":{"finalizers":null}}'];
  if (names.length > 0) await kubectl("patch", ...names, "-n", namespace, ...free);
  await remove(namespace);
}

// For one namespace, with what it may do there.
function nackController(namespace: string, options: readonly string[]): object[] {
  const metadata = { name: NAME, namespace };
  const args = [`--namespace=${namespace}`, ...options];
  const container = {
    name: NAME,
    image: "natsio/jetstream-controller:0.22.4",
    imagePullPolicy: "IfNotPresent",
    command: [NAME, ...args, "--cache-dir=/cache"],
    volumeMounts: [{ name: "cache", mountPath: "/cache" }],
  };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata, rules },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: NAME },
      subjects: [{ kind: "ServiceAccount", name: NAME, namespace }],
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        replicas: 1,
        strategy: { type: "Recreate" },
        selector: { matchLabels: { app: NAME } },
        template: {
          metadata: { labels: { app: NAME } },
          spec: {
            serviceAccountName: NAME,
            terminationGracePeriodSeconds: 1,
            containers: [container],
            volumes: [{ name: "cache", emptyDir: {} }],
          },
        },
      },
    },
  ];
}

const ALL = ["get", "list", "watch", "create", "update", "patch", "delete"];
const rules = [
  { apiGroups: [""], resources: ["events"], verbs: ["create", "update", "patch"] },
  { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list", "watch"] },
  {
    apiGroups: ["jetstream.nats.io"],
    resources: everything.flatMap((kind) => [kind, `${kind}/status`, `${kind}/finalizers`]),
    verbs: ALL,
  },
];
