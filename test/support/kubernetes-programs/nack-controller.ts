const NAME = "jetstream-controller";
const everything = ["streams", "consumers", "keyvalues", "objectstores", "accounts"];

/**
 * NACK's controller for one namespace, with what it may do there; connects where a resource does not say to `server`.
 * `loop` is the mode that reconciles all the time, the only one that knows key-value buckets and object stores.
 */
export function nackController(namespace: string, server: string, { loop = true } = {}): object[] {
  const metadata = { name: NAME, namespace };
  const args = [`--namespace=${namespace}`, `-s=${server}`, ...(loop ? ["--control-loop", "--sync-interval=3s"] : [])];
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
