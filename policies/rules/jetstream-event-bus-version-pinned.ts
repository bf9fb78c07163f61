import { unlessHidden } from "../../preflight/asset";
import { defineRule } from "../rule";

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** The servers of a bus are what was tested. */
export const eventBusVersionPinned = defineRule({
  id: "jetstream-event-bus-version-pinned",
  title: "The version of a bus's servers is written out",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "Argo's controller knows a version latest. It means other servers as soon as somebody upgrades the controller or its configuration: then all servers of the bus are replaced, at a time nobody chose.",
  fix: "Write the exact version, one the controller's configuration lists, such as 2.10.29.",
  topics: ["change management"],
  frameworks: ["ISO/IEC 27001:2022 A.8.9", "ISO/IEC 27001:2022 A.8.32", "SOC 2 CC8.1"],
  on: "event-bus",
  example: {
    fails: { type: "native", name: "default", version: "latest" },
    passes: { type: "native", name: "default", version: "2.10.29" },
  },
  *find({ spec }) {
    const version = unlessHidden(() => (spec.type === "native" ? spec.version : undefined));
    if (version === undefined || EXACT.test(version)) return;
    const problem = `${JSON.stringify(version)} is no single version: the servers change when somebody else changes what it means`;
    yield { field: "version", value: version, problem };
  },
});
