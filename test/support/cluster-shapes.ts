import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { SecretSource } from "../../model/cluster/secret-source";
import type { TlsSide } from "../../model/cluster/tls-spec";
import { operatorTokens } from "./operator-tokens";

/** Where a shape's secrets and certificates come from: files for processes, Secrets for pods. */
export interface Material {
  readonly secret: (name: string) => SecretSource;
  readonly credentials: SecretSource;
  readonly tls: TlsSide;
}

/** Clusters of every kind, by name: together they use every block of the configuration. */
export function clusterShapes({ secret, credentials, tls }: Material): Readonly<Record<string, ClusterSpec>> {
  const encryption = { key: secret("key"), previousKey: secret("previous") };
  const mutual = { ...tls, verify: true };
  return {
    single: { name: "eu", jetstream: { volume: { size: "10GiB" } } },
    witnessed: { name: "eu", standalone: false, jetstream: { volume: { size: "10GiB" } } },
    "three with TLS and encryption": {
      name: "eu",
      size: 3,
      jetstream: {
        volume: { size: "10GiB", storageClass: "fast" },
        maxMemoryStore: "256MiB",
        syncInterval: "always",
        uniqueTag: "az:",
        encryption: { ...encryption, cipher: "aes" },
        limits: { maxAckPending: 1000, maxHaAssets: 100, maxRequestBatch: 500, duplicateWindow: "1d" },
        strict: true,
      },
      tls: {
        client: {
          ...mutual,
          verifyAndMap: true,
          timeout: "2500ms",
          minVersion: "1.2",
          cipherSuites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
          curvePreferences: ["X25519", "CurveP256"],
          handshakeFirst: "auto",
        },
        cluster: tls,
        gateway: tls,
        leafNodes: mutual,
        websocket: tls,
      },
      gateway: { advertise: "eu.example.com:7222", remotes: [{ name: "us", urls: ["tls://us.example.com:7222"] }] },
      leafNodes: { listen: true, advertise: "eu.example.com:7422" },
      websocket: {
        allowedOrigins: ["https://example.com"],
        sameOrigin: true,
        compression: true,
        handshakeTimeout: "3s",
      },
      serverTags: ["az:a", "disk:ssd"],
      monitoring: { https: true, exporter: true, podMonitor: true, podMonitorLabels: { release: "prometheus" } },
      lameDuck: { duration: "2m", gracePeriod: "20s" },
      maxPayload: "2MiB",
      maxConnections: 2_147_483_647,
      maxPending: "128MiB",
      writeDeadline: "5s",
      kubernetes: {
        resources: { requests: { cpu: "500m" }, limits: { memory: "2Gi" } },
        labels: { team: "data" },
        podAnnotations: { note: "a & b < c" },
        nodeSelector: { disk: "ssd" },
        tolerations: [{ key: "nats", operator: "Exists" }],
        priorityClassName: "high",
        natsBox: true,
        clusterDomain: "example.internal",
        maxUnavailable: 1,
      },
    },
    accounts: {
      name: "eu",
      size: 3,
      jetstream: { domain: "hub", maxFileStore: "1GiB" },
      noAuthUser: "guest",
      accounts: {
        SYS: { users: [{ user: "sys", password: secret("sys") }] },
        APP: {
          jetstream: { maxMemory: 0, maxFile: "500MiB", maxStreams: 10, maxConsumers: 10, maxBytesRequired: true },
          limits: { maxConnections: 10, maxSubscriptions: 100, maxPayload: "1KiB", maxLeafNodes: 1 },
          users: [
            { user: "admin", password: secret("admin"), role: "admin" },
            { user: 'od"d \\ name', password: secret("odd"), role: "planner", inboxPrefix: "_INBOX.plan" },
            { user: "apply", password: secret("apply"), role: "applier" },
            { user: "watch", password: secret("watch"), role: "monitor" },
            { user: "pub", password: secret("pub"), role: "publisher", subjects: ["orders.>"] },
            { user: "con", password: secret("con"), role: "consumer", consumers: ["ORDERS/worker", "BILLS/*"] },
            { nkey: "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4" },
            { user: "own", password: secret("own"), permissions: { publish: { deny: ["$JS.>"] }, allowResponses: {} } },
          ],
          exports: [
            { stream: "orders.>", accounts: ["GUEST"] },
            { service: "ask", responseType: "chunked", responseThreshold: "5s" },
          ],
          defaultPermissions: { subscribe: { allow: ["_INBOX.>"] } },
        },
        GUEST: {
          jetstream: false,
          users: [{ user: "guest", password: secret("guest"), allowedConnectionTypes: ["STANDARD", "WEBSOCKET"] }],
          imports: [
            { stream: { account: "APP", subject: "orders.>" }, prefix: "app" },
            { service: { account: "APP", subject: "ask" }, to: "help" },
          ],
        },
      },
    },
    leaf: {
      name: "edge",
      jetstream: { domain: "edge" },
      leafNodes: {
        remotes: [
          {
            urls: ["tls://hub-a.example.com:7422", "tls://hub-b.example.com:7422"],
            user: "edge",
            password: secret("hub"),
            tls,
            denyImports: ["local.>"],
            denyExports: ["private.>"],
          },
          { urls: ["nats-leaf://hub-c.example.com:7422"], credentials },
        ],
      },
    },
    token: { name: "eu", authorization: { token: secret("token"), timeout: "1500ms" } },
    login: { name: "eu", authorization: { user: "u", password: secret("login") } },
    "operator in memory": { name: "eu", size: 3, operator: operatorTokens() },
    "operator with a full resolver": {
      name: "eu",
      size: 3,
      operator: {
        ...operatorTokens(),
        resolver: { type: "full", allowDelete: true, hardDelete: true, interval: "5m", limit: 100, timeout: "3s" },
      },
    },
    "operator with a cache": {
      name: "eu",
      operator: { ...operatorTokens(), resolver: { type: "cache", ttl: "1d", limit: 10 } },
    },
    extra: {
      name: "eu",
      size: 3,
      extraConfig: { prof_port: 6060, jetstream: { max_outstanding_catchup: "<< 32MB >>" }, ping_interval: "20s" },
      kubernetes: { spread: "none", extraValues: { service: { enabled: false } } },
    },
  };
}
