import * as pulumi from "@pulumi/pulumi";
import * as hw from "headwater";
import { type ClusterSettings, persistenceCluster } from "./cluster";
import { consumers, streams } from "./persistence-design";

const config = new pulumi.Config();

/** The cluster to make on Kubernetes; without it, or with `false`, servers that run already: `nats:servers`. */
const settings = config.getObject<ClusterSettings | false>("cluster");

/** Caps the replicas of every stream: an environment with one server cannot hold three copies. */
const maxReplicas = config.getNumber("maxReplicas");
/** Multiplies every size limit: an environment with less traffic needs less disk. */
const sizeFactor = config.getNumber("sizeFactor") ?? 1;

const scaled = Object.fromEntries(
  Object.entries(streams).map(([name, spec]) => [
    name,
    {
      ...spec,
      replicas: Math.min(spec.replicas ?? 1, maxReplicas ?? Number.POSITIVE_INFINITY),
      maxBytes: spec.maxBytes === undefined ? undefined : hw.scaleBytes(spec.maxBytes, sizeFactor),
    },
  ]),
);

const cluster = settings ? new hw.NatsCluster("nats", persistenceCluster(settings)) : undefined;
const design = new hw.Topology(
  "persistence",
  { streams: scaled, consumers } as hw.TopologyArgs,
  cluster && { providers: [cluster.provider] },
);

export const streamNames = Object.values(design.streams).map((stream) => stream.name);
export const consumerIds = Object.values(design.consumers).map((consumer) => consumer.id);
/** Where clients in Kubernetes connect, the authority they trust, and their passwords by `ACCOUNT/USER`. */
export const clients = cluster ? { url: cluster.url, ca: cluster.ca, passwords: cluster.passwords } : {};
