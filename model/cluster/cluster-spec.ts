import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";
import { bytesField, durationField, intField, setField } from "../fields";
import { waiversSchema } from "../waiver-schema";
import { accountSchema } from "./account-spec";
import { clusterJetStreamSchema } from "./jetstream-spec";
import { kubernetesSchema } from "./kubernetes-spec";
import { gatewaySchema, leafNodesSchema, websocketSchema } from "./links-spec";
import { operatorSchema } from "./operator-spec";
import { secretSourceSchema } from "./secret-source";
import { tlsSchema } from "./tls-spec";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const port = () => intField(1, 65_535);

/** The container image of the servers. */
export const imageSchema = z.strictObject({
  /**
   * Registry.
   * @default - the container runtime's
   */
  registry: text("a registry").optional(),
  /**
   * Repository.
   * @default "nats"
   */
  repository: text("a repository").optional(),
  /**
   * Tag.
   * @default - `VERSION-alpine`
   */
  tag: text("a tag").optional(),
  /**
   * Digest, `sha256:…`; decides over the tag.
   * @default - none
   */
  digest: z
    .string("must be a digest")
    .regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest, "sha256:…"')
    .optional(),
  /**
   * When the image is pulled.
   * @default - as Kubernetes decides
   */
  pullPolicy: z.enum(["Always", "IfNotPresent", "Never"]).optional(),
  /**
   * Secrets to pull it with.
   * @default - none
   */
  pullSecretNames: z.array(text("the name of a Secret")).optional(),
});

/** Ports the servers listen on. Local clusters choose free ones. */
export const portsSchema = z.strictObject({
  /**
   * Clients.
   * @default 4222
   */
  client: port().optional(),
  /**
   * Servers of the cluster.
   * @default 6222
   */
  cluster: port().optional(),
  /**
   * Monitoring.
   * @default 8222
   */
  monitor: port().optional(),
  /**
   * Leaf nodes.
   * @default 7422
   */
  leafNodes: port().optional(),
  /**
   * Gateways.
   * @default 7222
   */
  gateway: port().optional(),
  /**
   * Websocket.
   * @default 8080
   */
  websocket: port().optional(),
});

/** One login for everybody, where no accounts are declared. Excludes `accounts` and `operator`. */
export const authorizationSchema = z.strictObject({
  /**
   * Name. With `password`.
   * @default - none
   */
  user: text("a name").optional(),
  /**
   * Password, or its bcrypt hash.
   * @default - none
   */
  password: secretSourceSchema.optional(),
  /**
   * A token in place of user and password.
   * @default - none
   */
  token: secretSourceSchema.optional(),
  /**
   * How long a client may take to log in.
   * @default "2s"
   */
  timeout: durationField("1ms").optional(),
});

/** Ending a server gently. */
export const lameDuckSchema = z.strictObject({
  /**
   * Over which time clients are sent away.
   * @default "30s"
   */
  duration: durationField("1s").optional(),
  /**
   * How long before the first client is sent away; less than `duration`.
   * @default "10s"
   */
  gracePeriod: durationField("1ms").optional(),
});

/** Watching the servers. */
export const monitoringSchema = z.strictObject({
  /**
   * Monitoring over HTTPS, with the certificate of `tls.client`.
   * @default false
   */
  https: z.boolean().optional(),
  /**
   * A Prometheus exporter beside each server.
   * @default false
   */
  exporter: z.boolean().optional(),
  /**
   * A PodMonitor for the exporter, for the Prometheus operator.
   * @default false
   */
  podMonitor: z.boolean().optional(),
  /**
   * Labels of the PodMonitor, by which Prometheus finds it.
   * @default - none
   */
  podMonitorLabels: z.record(z.string(), z.string("must be a text")).optional(),
});

/** A NATS cluster with JetStream: its servers, what they store, who may do what, and how they run. */
export const clusterSchema = z.strictObject({
  /** Name of the cluster, and of what is made for it. Identity: cannot be changed. */
  name: z
    .string("must be a name")
    .regex(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/, "must be 1 to 40 lower-case letters, digits and -, a letter first"),
  /**
   * Version of nats-server.
   * @default "2.15.1"
   */
  version: z
    .string("must be a version")
    .regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/, 'must be a version such as "2.15.1"')
    .optional(),
  /**
   * The container image.
   * @default - the official image of the version
   */
  image: imageSchema.optional(),
  /**
   * Servers: 1, 3 or 5. Streams can have as many replicas. Growing is done in place; shrinking empties servers first.
   * @default 1
   */
  size: intField(1, 99).optional(),
  /**
   * A single server that is no cluster. It can never become one in place: its streams would be deleted. With `false` a
   * single server gets a witness, a second process that holds no data, because no cluster elects a leader alone.
   * @default - true for one server
   */
  standalone: z.boolean().optional(),
  /**
   * JetStream: what the servers store, and where.
   * @default - on, with the server's own limits
   */
  jetstream: clusterJetStreamSchema.optional(),
  /**
   * Accounts by name. Excludes `operator` and `authorization`.
   * @default - the global account, for everybody
   */
  accounts: z.record(text("the name of an account"), accountSchema).optional(),
  /**
   * The account of the servers themselves, one of `accounts`. It has no JetStream. Cannot be changed without a restart.
   * @default - "SYS" where it is declared
   */
  systemAccount: text("the name of an account").optional(),
  /**
   * User of clients that do not log in.
   * @default - everybody has to log in
   */
  noAuthUser: text("the name of a user").optional(),
  /**
   * One login for everybody.
   * @default - none
   */
  authorization: authorizationSchema.optional(),
  /**
   * Accounts by signed tokens.
   * @default - none
   */
  operator: operatorSchema.optional(),
  /**
   * TLS of each side.
   * @default - none
   */
  tls: tlsSchema.optional(),
  /**
   * This cluster as part of a super-cluster.
   * @default - none
   */
  gateway: gatewaySchema.optional(),
  /**
   * Leaf nodes, both ways.
   * @default - none
   */
  leafNodes: leafNodesSchema.optional(),
  /**
   * Clients over websocket.
   * @default - none
   */
  websocket: websocketSchema.optional(),
  /**
   * Ports.
   * @default - the usual ones
   */
  ports: portsSchema.optional(),
  /**
   * Tags of every server, by which streams are placed.
   * @default - none
   */
  serverTags: setField(text("a tag")).optional(),
  /**
   * Largest message, at most 64 MiB.
   * @default "1MiB"
   */
  maxPayload: bytesField(67_108_864n).optional(),
  /**
   * Most clients of a server.
   * @default 65536
   */
  maxConnections: intField(1).optional(),
  /**
   * Most bytes waiting for one client.
   * @default "64MiB"
   */
  maxPending: bytesField().optional(),
  /**
   * How long a write to a client may take.
   * @default "10s"
   */
  writeDeadline: durationField("1ms").optional(),
  /**
   * Ending a server gently.
   * @default - 30 s, after 10 s
   */
  lameDuck: lameDuckSchema.optional(),
  /**
   * Watching the servers.
   * @default - the monitoring port alone
   */
  monitoring: monitoringSchema.optional(),
  /**
   * How the servers run on Kubernetes.
   * @default - as each field says
   */
  kubernetes: kubernetesSchema.optional(),
  /**
   * More of the server's configuration, in its own words. A key that contradicts the rest is an error.
   * @default - none
   */
  extraConfig: z.record(z.string(), z.unknown()).optional(),
  /**
   * Policies that do not hold for the cluster, why, and until when. Never reaches a server.
   * @default - none
   */
  waive: waiversSchema.optional(),
});

export type ClusterSpec = DeepReadonly<z.infer<typeof clusterSchema>>;

/** Types a cluster while keeping its literal names: `const c = defineCluster({ name: "nats", size: 3 })`. */
export function defineCluster<const T extends ClusterSpec>(cluster: T): T {
  return cluster;
}
