import * as pulumi from "@pulumi/pulumi";
import * as hw from "headwater";
import { type ClusterSettings, persistenceCluster } from "./cluster";
import { persistenceTopology } from "./persistence-topology";

const config = new pulumi.Config();

/** The cluster to make on Kubernetes; without it, or with `false`, servers that run already: `nats:servers`. */
const settings = config.getObject<ClusterSettings | false>("cluster");

const cluster = settings ? new hw.NatsCluster("nats", persistenceCluster(settings)) : undefined;
const design = new hw.Topology(
  "persistence",
  persistenceTopology({ maxReplicas: config.getNumber("maxReplicas"), sizeFactor: config.getNumber("sizeFactor") }),
  cluster && { providers: [cluster.provider] },
);

export const streamNames = Object.values(design.streams).map((stream) => stream.name);
export const consumerIds = Object.values(design.consumers).map((consumer) => consumer.id);
/** Where clients in Kubernetes connect, the authority they trust, and their passwords by `ACCOUNT/USER`. */
export const clients = cluster ? { url: cluster.url, ca: cluster.ca, passwords: cluster.passwords } : {};
