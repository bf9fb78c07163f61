import { DEFAULT_BUS_REPLICAS } from "../../model/event-bus/bus-stream-config";
import { unlessHidden } from "../../preflight/asset";
import { integer } from "../options";
import { defineRule } from "../rule";

/** A bus goes on when a server is lost. */
export const eventBusReplicated = defineRule({
  id: "jetstream-event-bus-replicated",
  title: "A bus has three servers or more",
  severity: "high",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "A bus of one server stops with it: event sources cannot publish, sensors see nothing, and every upgrade of a node is an outage. With three, one may go.",
  fix: "Set replicas to 3, or leave it out: that is the default.",
  topics: ["availability", "durability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.14", "SOC 2 A1.2"],
  options: { least: integer(1, 99, 3, "Fewest servers.") },
  on: "event-bus",
  example: {
    fails: { type: "native", name: "default", version: "2.10.29", replicas: 1 },
    passes: { type: "native", name: "default", version: "2.10.29", replicas: 3 },
  },
  *find({ spec }, { least }) {
    const replicas = unlessHidden(() => (spec.type === "native" ? (spec.replicas ?? DEFAULT_BUS_REPLICAS) : undefined));
    if (replicas === undefined || replicas >= least) return;
    const problem = `${replicas} is less than ${least}`;
    yield {
      field: "replicas",
      value: replicas,
      problem,
      ...(least > 3 && { remedy: `Use ${least} servers or more.` }),
    };
  },
});
