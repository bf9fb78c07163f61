import { defineCluster } from "../../../model/cluster/cluster-spec";
import { defineTopology } from "../../../model/topology-spec";

/** A topology and a cluster in which no rule finds anything under `prod`: a test breaks one thing of them. */
export const topology = defineTopology({
  streams: {
    ORDERS_V1: {
      description: "Orders as they were placed",
      subjects: ["orders.v1.placed", "orders.v1.paid"],
      maxAge: "30d",
      maxBytes: "20GiB",
      maxMsgSize: "256KiB",
      replicas: 3,
      duplicateWindow: "2m",
      denyDelete: true,
      denyPurge: true,
      dataClass: "audit",
      metadata: { owner: "orders" },
    },
    JOBS_V1: {
      description: "Work to be done once",
      subjects: ["jobs.v1.resize", "jobs.v1.crop"],
      retention: "workqueue",
      maxAge: "7d",
      maxBytes: "5GiB",
      maxMsgSize: "64KiB",
      replicas: 3,
      dataClass: "standard",
      metadata: { owner: "images" },
    },
    STATUS_V1: {
      description: "Signs of life",
      subjects: ["status.v1.alive"],
      maxAge: "24h",
      maxBytes: "64MiB",
      maxMsgSize: "4KiB",
      storage: "memory",
      dataClass: "ephemeral",
      metadata: { owner: "platform" },
    },
    UNDELIVERED: {
      description: "Messages that were given up",
      subjects: ["$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>"],
      maxAge: "30d",
      maxBytes: "1GiB",
      maxMsgSize: "16KiB",
      replicas: 3,
      dataClass: "standard",
      metadata: { owner: "platform" },
    },
  },
  keyValues: {
    sessions: {
      description: "Who is logged in",
      ttl: "12h",
      maxBytes: "1GiB",
      maxValueSize: "16KiB",
      replicas: 3,
      dataClass: "standard",
      metadata: { owner: "identity" },
    },
  },
  objectStores: {
    invoices: {
      description: "Invoices as they were sent",
      maxBytes: "10GiB",
      replicas: 3,
      dataClass: "standard",
      metadata: { owner: "billing" },
    },
  },
  consumers: [
    {
      stream: "ORDERS_V1",
      name: "billing_orders_paid",
      kind: "pull",
      description: "Writes invoices",
      ackPolicy: "explicit",
      filterSubject: "orders.v1.paid",
      maxDeliver: 4,
      backoff: ["1s", "10s", "1m"],
      maxAckPending: 256,
    },
    {
      stream: "ORDERS_V1",
      name: "mailer_orders_placed",
      kind: "push",
      description: "Confirms orders",
      deliverSubject: "deliver.mailer.v1.placed",
      deliverGroup: "mailer",
      ackPolicy: "explicit",
      filterSubject: "orders.v1.placed",
      maxDeliver: 3,
      backoff: ["1s", "10s"],
      maxAckPending: 128,
    },
    {
      stream: "JOBS_V1",
      name: "resizer_jobs_resize",
      kind: "pull",
      description: "Makes small images",
      ackPolicy: "explicit",
      filterSubject: "jobs.v1.resize",
      maxDeliver: 4,
      backoff: ["5s", "30s", "2m"],
      maxAckPending: 64,
    },
  ],
});

export const cluster = defineCluster({
  name: "nats",
  version: "2.15.1",
  size: 3,
  jetstream: {
    volume: { size: "100GiB" },
    encryption: { key: { secretName: "nats-keys", key: "jetstream" } },
  },
  tls: {
    client: { secretName: "nats-client-tls" },
    cluster: { secretName: "nats-cluster-tls" },
  },
  accounts: {
    SYS: { users: [{ user: "admin", password: { secretName: "nats-logins", key: "admin" } }] },
    SHOP: { users: [{ user: "deploy", role: "applier", password: { secretName: "nats-logins", key: "deploy" } }] },
  },
  kubernetes: { maxUnavailable: 1, spread: "hard" },
});
