import type { EventBusSpec } from "../../../model/event-bus/event-bus-spec";
import { formatFinding } from "../../../model/finding";
import { buildSystem } from "../../../policies/build-system";
import type { PolicyRule } from "../../../policies/rule";
import { runRules } from "../../../policies/run-rules";
import { type PolicyConfig, resolveSettings } from "../../../policies/settings";
import { holdsUnknown } from "./judge";

/** A bus in which no rule finds anything. */
export const bus = {
  type: "native",
  name: "default",
  version: "2.10.29",
  replicas: 3,
  persistence: { volumeSize: "20GiB" },
  streamConfig: { maxAge: "3d", maxMsgs: 100_000, maxBytes: "10GiB", duplicateWindow: "5m", replicas: 3 },
} as const;

export const exotic = {
  type: "exotic",
  name: "default",
  url: "nats://nats:4222",
  streamConfig: bus.streamConfig,
} as const;

/** Whole messages of one rule about an event bus. */
export function busMessages(rule: PolicyRule, spec: object, config?: PolicyConfig[string]): string[] {
  const system = buildSystem([], [], [{ spec: spec as EventBusSpec, isUnknown: holdsUnknown }]);
  return runRules(system, resolveSettings([rule], "prod", config === undefined ? [] : [{ [rule.id]: config }])).map(
    formatFinding,
  );
}
