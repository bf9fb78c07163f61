import { unlessHidden } from "../../preflight/asset";
import { defineRule } from "../rule";

/** A restart of the pods loses no event. */
export const eventBusPersistenceSet = defineRule({
  id: "jetstream-event-bus-persistence-set",
  title: "A bus keeps its events on volumes",
  severity: "high",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "Without persistence what a server of the bus stores is gone with its pod. When all pods are replaced, by an upgrade of the nodes or of the controller, every event that was not delivered yet is lost, and so is how far each sensor has come. It cannot be added later: the volume claim templates of the servers are fixed.",
  fix: "Set persistence with a volumeSize. Make a new bus for it: that of an existing one cannot be changed.",
  topics: ["durability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.13", "SOC 2 A1.2"],
  on: "event-bus",
  example: {
    fails: { type: "native", name: "default", version: "2.10.29" },
    passes: { type: "native", name: "default", version: "2.10.29", persistence: { volumeSize: "20GiB" } },
  },
  *find({ spec }) {
    if (unlessHidden(() => spec.type === "native" && spec.persistence === undefined))
      yield { field: "persistence", problem: "is not set: what a server stores is gone with its pod" };
  },
});
