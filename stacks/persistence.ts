import * as pulumi from "@pulumi/pulumi";
import * as hw from "headwater";
import { consumers, streams } from "./persistence-design";

const config = new pulumi.Config();

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

const design = new hw.Topology("persistence", { streams: scaled, consumers } as hw.TopologyArgs);

export const streamNames = Object.values(design.streams).map((stream) => stream.name);
export const consumerIds = Object.values(design.consumers).map((consumer) => consumer.id);
