import { natsCliFiles } from "../../render/nats-cli/nats-cli-files";
import { clusterTarget } from "./cluster-target";
import { eventBusTarget } from "./event-bus-target";
import { jobTarget } from "./job-target";
import { nackTarget } from "./nack-target";
import type { Target } from "./target";
import { topologyTarget } from "./topology-target";

/** Everything files can be rendered to. */
export const TARGETS = {
  values: clusterTarget("values", "values of the official nats chart"),
  objects: clusterTarget("objects", "what Kubernetes needs beside the chart"),
  conf: clusterTarget("conf", "nats.conf of each server on a machine of its own", ["hosts", "storeDir"]),
  compose: clusterTarget("compose", "compose.yaml, and nats.conf of each service"),
  nack: nackTarget,
  cli: topologyTarget("files for the nats tool, and a script of its commands", [], ({ set }) =>
    natsCliFiles(set.topology),
  ),
  job: jobTarget,
  "event-bus": eventBusTarget,
} as const satisfies Readonly<Record<string, Target>>;

/** The target of a name that was checked already. */
export const targetOf = (to: string): Target => TARGETS[to as keyof typeof TARGETS];
