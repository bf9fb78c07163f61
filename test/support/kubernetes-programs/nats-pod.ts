import { kubectl } from "../kubernetes";

/** Where {@link natsPod} is found inside the cluster. */
export const natsUrl = (namespace: string, name = "nats") => `nats://${name}.${namespace}.svc:4222`;

/** What a server is started with besides JetStream. */
export interface NatsPod {
  /** @default "nats" */
  readonly name?: string;
  /** Lines added to its configuration. */
  readonly config?: string;
  /** A Secret whose keys are files in `/etc/nats-tls`. */
  readonly tlsSecret?: string;
}

/** One nats-server with JetStream as a pod behind a Service. */
export function natsPod(namespace: string, { name = "nats", config = "", tlsSecret }: NatsPod = {}): object[] {
  const metadata = { name, namespace, labels: { app: name } };
  const text = `listen: 0.0.0.0:4222\nhttp: 8222\njetstream { store_dir: /tmp/js }\n${config}`;
  const container = {
    name: "nats",
    image: "nats:2.15.1-alpine",
    imagePullPolicy: "IfNotPresent",
    command: ["nats-server", "-c", "/etc/nats-config/nats.conf"],
    ports: [{ containerPort: 4222 }],
    readinessProbe: { httpGet: { path: "/healthz", port: 8222 }, periodSeconds: 1 },
    volumeMounts: [
      { name: "config", mountPath: "/etc/nats-config" },
      ...(tlsSecret ? [{ name: "tls", mountPath: "/etc/nats-tls" }] : []),
    ],
  };
  return [
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "nats.conf": text } },
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: { app: name }, ports: [{ port: 4222 }] } },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata,
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [container],
        volumes: [
          { name: "config", configMap: { name } },
          ...(tlsSecret ? [{ name: "tls", secret: { secretName: tlsSecret } }] : []),
        ],
      },
    },
  ];
}

/** Waits until a pod is ready. */
export async function podReady(namespace: string, name: string): Promise<void> {
  await kubectl("wait", `pod/${name}`, "-n", namespace, "--for=condition=Ready", "--timeout=120s");
}
